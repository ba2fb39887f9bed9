package io.overlapped.cli;

import io.overlapped.simulate.Report;
import java.io.PrintWriter;
import java.util.Locale;

/** One line on a terminal that says how far a simulation is; nothing in a pipe. */
final class SimProgress {
    private static final long PAUSE_NANOS = 200_000_000;
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintWriter err;
    private final boolean shown;
    private long shownNanos;

    SimProgress(PrintWriter err, boolean shown) {
        this.err = err;
        this.shown = shown;
        shownNanos = System.nanoTime() - PAUSE_NANOS;
    }

    void show(Report report) {
        long now = System.nanoTime();
        if (!shown || now - shownNanos < PAUSE_NANOS) {
            return;
        }
        shownNanos = now;
        long all = report.campaign().to() - report.campaign().from() + 1;
        err.print(
                CLEAR_LINE
                        + String.format(
                                Locale.ROOT,
                                "  %,d of %,d seeds  %,.0f s simulated  %,d events, %,.0f a second  %,d faults",
                                report.seeds(),
                                all,
                                report.simulatedSeconds(),
                                report.events(),
                                report.eventsPerSecond(),
                                report.faultCount()));
        err.flush();
    }

    void clear() {
        if (shown) {
            err.print(CLEAR_LINE);
            err.flush();
        }
    }
}
