package io.overlapped.planted;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Runs the stages on the copy, unpatched or with one bug in it.
 *
 * <p>Threads: one.
 */
final class Trial {
    /** Why a bug was not found, and what the control says when all is well. */
    static final String GREEN = "every test passed";

    private static final int COMPILE_SECONDS = 120;
    private static final int CONTROL_SECONDS = 1_800;

    private final Scratch scratch;
    private final int boundSeconds;
    private final String commit;

    /** Modules whose classes are not those of the unpatched sources. */
    private final Set<String> dirty = new LinkedHashSet<>();

    Trial(Scratch scratch, int boundSeconds) {
        this.scratch = scratch;
        commit = scratch.commit();
        this.boundSeconds = boundSeconds;
        dirty.addAll(modules());
    }

    /** All tests, without a bug. */
    Finding control() throws IOException, InterruptedException {
        return run(Optional.empty(), Stage.of(modules()), CONTROL_SECONDS);
    }

    Finding plant(Patch patch) throws IOException, InterruptedException {
        scratch.apply(patch, false);
        scratch.forgetClasses(patch);
        dirty.addAll(patch.modules());
        try {
            return run(Optional.of(patch), Stage.of(patch.modules()), boundSeconds);
        } finally {
            scratch.apply(patch, true);
            scratch.forgetClasses(patch);
            dirty.addAll(patch.modules());
        }
    }

    private static List<String> modules() {
        return Stage.ORDER.stream().map(Stage::module).distinct().toList();
    }

    private Finding run(Optional<Patch> patch, SortedMap<Integer, List<Stage>> rounds, double bound)
            throws IOException, InterruptedException {
        double compiling = 0;
        double testing = 0;
        for (List<Stage> stages : rounds.values()) {
            List<Stage> there = stages.stream().filter(s -> scratch.has(s.module())).toList();
            Scratch.Ended ended = test(there, bound - testing);
            double before = MavenLog.secondsBeforeTests(ended.log(), ended.seconds());
            compiling += before;
            testing += ended.seconds() - before;
            if (ended.isGood()) {
                continue;
            }
            Optional<String> failed = firstFailure(there, ended);
            if (failed.isPresent()) {
                return new Finding(patch, true, failed.get(), compiling, testing, commit);
            }
            String why =
                    ended.inTime()
                            ? MavenLog.errors(ended.log())
                            : "no test failed within " + (int) bound + " s";
            return new Finding(patch, false, why, compiling, testing, commit);
        }
        return new Finding(patch, false, GREEN, compiling, testing, commit);
    }

    /** Compiles what has changed and runs these tests. */
    private Scratch.Ended test(List<Stage> stages, double seconds)
            throws IOException, InterruptedException {
        Set<String> modules = new LinkedHashSet<>(dirty);
        dirty.clear();
        modules.removeIf(module -> !scratch.has(module));
        for (Stage stage : stages) {
            modules.add(stage.module());
            Reports.delete(scratch.reports(stage.module()));
        }
        return scratch.maven(
                modules,
                COMPILE_SECONDS + seconds,
                "test",
                "-Dtest=" + stages.stream().map(Stage::tests).collect(Collectors.joining(",")),
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "-Dsurefire.skipAfterFailureCount=1");
    }

    private Optional<String> firstFailure(List<Stage> stages, Scratch.Ended ended)
            throws IOException {
        for (Stage stage : stages) {
            Optional<String> failed = Reports.firstFailure(scratch.reports(stage.module()));
            if (failed.isPresent()) {
                return failed;
            }
        }
        return MavenLog.tellsOfCrash(ended.log())
                ? Optional.of("the JVM of the tests crashed")
                : Optional.empty();
    }
}
