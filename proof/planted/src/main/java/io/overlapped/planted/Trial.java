package io.overlapped.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the stages on the copy, unpatched or with one bug in it.
 *
 * <p>Threads: one.
 */
final class Trial {
    private static final int COMPILE_SECONDS = 300;
    private static final int CONTROL_SECONDS = 1_800;

    private final Scratch scratch;
    private final int boundSeconds;

    /** Modules whose classes are not those of the unpatched sources. */
    private final Set<String> dirty = new LinkedHashSet<>();

    Trial(Scratch scratch, int boundSeconds) {
        this.scratch = scratch;
        this.boundSeconds = boundSeconds;
        Stage.ORDER.forEach(stage -> dirty.add(stage.module()));
    }

    /** All tests, without a bug. */
    Finding control() throws IOException, InterruptedException {
        Scratch.Ended compiled = compile(List.of());
        if (!compiled.isGood()) {
            throw new IOException("the sources do not compile: " + errors(compiled.log()));
        }
        return run(Optional.empty(), Stage.ORDER, compiled, CONTROL_SECONDS);
    }

    Finding plant(Patch patch) throws IOException, InterruptedException {
        scratch.apply(patch, false);
        try {
            scratch.forgetClasses(patch);
            Scratch.Ended compiled = compile(patch.modules());
            if (!compiled.isGood()) {
                String errors = "it does not compile: " + errors(compiled.log());
                return new Finding(Optional.of(patch), false, errors, 0, 0);
            }
            return run(Optional.of(patch), Stage.of(patch.modules()), compiled, boundSeconds);
        } finally {
            scratch.apply(patch, true);
            scratch.forgetClasses(patch);
            dirty.addAll(patch.modules());
        }
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
            Optional<Patch> patch, List<Stage> stages, Scratch.Ended compiled, double bound)
            throws IOException, InterruptedException {
        double compiling = compiled.seconds();
        long start = System.nanoTime();
        for (Stage stage : stages) {
            if (!scratch.has(stage.module())) {
                continue;
            }
            double left = bound - seconds(start);
            if (left <= 0) {
                break;
            }
            Reports.delete(scratch.reports(stage.module()));
            Scratch.Ended ended =
                    scratch.maven(
                            List.of(stage.module()),
                            left,
                            "test",
                            "-Dtest=" + stage.tests(),
                            "-Dsurefire.failIfNoSpecifiedTests=false",
                            "-Dsurefire.skipAfterFailureCount=1");
            double tested = seconds(start);
            if (ended.isGood()) {
                continue;
            }
            Optional<String> failed = Reports.firstFailure(scratch.reports(stage.module()));
            if (failed.isEmpty() && crashed(ended.log())) {
                failed = Optional.of(stage.module() + ": the JVM of the tests crashed");
            }
            if (failed.isPresent() || ended.inTime()) {
                String by =
                        failed.isPresent()
                                ? failed.get()
                                : stage.module() + ": " + errors(ended.log());
                return new Finding(patch, failed.isPresent(), by, compiling, tested);
            }
        }
        boolean inTime = seconds(start) < bound;
        String why = inTime ? "every test passed" : "no test failed within " + (int) bound + " s";
        return new Finding(patch, false, why, compiling, seconds(start));
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
