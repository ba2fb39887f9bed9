package io.overlapped.planted;

import java.util.Locale;
import java.util.Optional;

/**
 * What became of one bug, or of the control.
 *
 * @param patch none for the control
 * @param by the test that failed first; or why there is no verdict, when it was not found
 * @param compileSeconds how long compiling took
 * @param testSeconds how long the tests ran until one failed, the start of their JVMs included
 * @param commit of the sources
 *     <p>Threads: a value.
 */
record Finding(
        Optional<Patch> patch,
        boolean isFound,
        String by,
        double compileSeconds,
        double testSeconds,
        String commit) {
    Finding of(Optional<Patch> which) {
        return new Finding(which, isFound, by, compileSeconds, testSeconds, commit);
    }

    String name() {
        return patch.map(Patch::name).orElse("control");
    }

    String line() {
        return "%-48s %-9s %6.1f s  %s"
                .formatted(name(), isFound ? "found" : "NOT FOUND", testSeconds, by);
    }

    static String seconds(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
