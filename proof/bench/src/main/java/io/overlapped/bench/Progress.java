package io.overlapped.bench;

import java.io.PrintStream;

/** Shows on a terminal how far the run is; on anything else it says nothing. */
final class Progress {
    private final PrintStream out;
    private final boolean shown;
    private final int total;
    private final long startNanos = System.nanoTime();
    private int done;

    Progress(PrintStream out, boolean shown, int total) {
        this.out = out;
        this.shown = shown;
        this.total = total;
    }

    void step(Workload workload, int round, Row row) {
        if (shown) {
            long seconds = (System.nanoTime() - startNanos) / 1_000_000_000;
            String left =
                    done == 0 ? "" : "  about %d s left".formatted(seconds * (total - done) / done);
            out.printf(
                    "\r\033[K  %d/%d  %s, round %d: %s%s",
                    done + 1, total, workload.id(), round, row.id(), left);
            out.flush();
        }
        done++;
    }

    void end() {
        if (shown) {
            out.print("\r\033[K");
            out.flush();
        }
    }
}
