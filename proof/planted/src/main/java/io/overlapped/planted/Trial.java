package io.overlapped.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
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

    private static final int COMPILE_SECONDS = 300;
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
        Scratch.Ended compiled = compile(List.of());
        if (!compiled.isGood()) {
            throw new IOException("the sources do not compile: " + errors(compiled.log()));
        }
        return run(Optional.empty(), Stage.of(modules()), compiled, CONTROL_SECONDS);
    }

    Finding plant(Patch patch) throws IOException, InterruptedException {
        scratch.apply(patch, false);
        try {
            scratch.forgetClasses(patch);
            Scratch.Ended compiled = compile(patch.modules());
            if (!compiled.isGood()) {
                String errors = "it does not compile: " + errors(compiled.log());
                return new Finding(Optional.of(patch), false, errors, 0, 0, commit);
            }
            return run(Optional.of(patch), Stage.of(patch.modules()), compiled, boundSeconds);
        } finally {
            scratch.apply(patch, true);
            scratch.forgetClasses(patch);
            dirty.addAll(patch.modules());
        }
    }

    private static List<String> modules() {
        return Stage.ORDER.stream().map(Stage::module).distinct().toList();
    }

    private Scratch.Ended compile(Collection<String> modules)
            throws IOException, InterruptedException {
        dirty.addAll(modules);
        dirty.removeIf(module -> !scratch.has(module));
        Scratch.Ended compiled = scratch.maven(dirty, COMPILE_SECONDS, "test-compile");
        dirty.clear();
        return compiled;
    }

    private Finding run(
            Optional<Patch> patch,
            SortedMap<Integer, List<Stage>> rounds,
            Scratch.Ended compiled,
            double bound)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        double compiling = compiled.seconds();
        for (List<Stage> stages : rounds.values()) {
            List<Stage> there = stages.stream().filter(s -> scratch.has(s.module())).toList();
            double left = bound - seconds(start);
            if (left <= 0) {
                break;
            }
            Scratch.Ended ended = test(there, left);
            double tested = seconds(start);
            if (ended.isGood()) {
                continue;
            }
            Optional<String> failed = firstFailure(there, ended);
            if (failed.isPresent()) {
                return new Finding(patch, true, failed.get(), compiling, tested, commit);
            }
            if (ended.inTime()) {
                return new Finding(patch, false, errors(ended.log()), compiling, tested, commit);
            }
        }
        boolean inTime = seconds(start) < bound;
        String why = inTime ? GREEN : "no test failed within " + (int) bound + " s";
        return new Finding(patch, false, why, compiling, seconds(start), commit);
    }

    private Scratch.Ended test(List<Stage> stages, double seconds)
            throws IOException, InterruptedException {
        for (Stage stage : stages) {
            Reports.delete(scratch.reports(stage.module()));
        }
        return scratch.maven(
                stages.stream().map(Stage::module).distinct().toList(),
                seconds,
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
        return crashed(ended.log())
                ? Optional.of("the JVM of the tests crashed")
                : Optional.empty();
    }

    private static boolean crashed(Path log) throws IOException {
        return Files.readString(log).contains("The forked VM terminated without properly");
    }

    private static String errors(Path log) throws IOException {
        List<String> lines =
                Files.readAllLines(log).stream()
                        .filter(
                                line ->
                                        line.startsWith("[ERROR]")
                                                || line.startsWith("[WARNING] /"))
                        .limit(12)
                        .toList();
        return String.join("\n", lines);
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
