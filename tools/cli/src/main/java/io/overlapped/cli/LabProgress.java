package io.overlapped.cli;

import io.overlapped.lab.referee.Outcome;
import io.overlapped.lab.referee.Progress;
import io.overlapped.lab.referee.Row;
import io.overlapped.lab.referee.RowResult;
import java.io.PrintWriter;
import java.time.Duration;

/**
 * Says what is being measured and how long the rest takes: one line that is written over on a
 * terminal, else a line for each model.
 */
final class LabProgress implements Progress {
    private static final String NEW_LINE = "\r\u001b[K";
    private static final int MINUTE_SECONDS = 60;

    private final PrintWriter out;
    private final boolean terminal;
    private final Duration budget;
    private final long startNanos = System.nanoTime();
    private String latest = "";

    /**
     * @param budget how long the run may take at most, if it is short enough to be said
     */
    LabProgress(PrintWriter out, boolean terminal, Duration budget) {
        this.out = out;
        this.terminal = terminal;
        this.budget = budget;
    }

    @Override
    public void begins(String model, Row row, int done, int all) {
        if (terminal) {
            out.printf(
                    "%s%3d %%  %-18s %-9s  %s",
                    NEW_LINE, 100 * done / all, model, row.name(), left(done, all));
            out.flush();
        } else if (!latest.equals(model)) {
            out.printf("%3d %%  %s%n", 100 * done / all, model);
            out.flush();
        }
        latest = model;
    }

    private String left(int done, int all) {
        long nanos = System.nanoTime() - startNanos;
        long seconds = Duration.ofNanos(nanos).toSeconds();
        if (done == 0) {
            return "";
        }
        long rest = seconds * (all - done) / done;
        rest = Math.min(rest, Math.max(1, budget.toSeconds() - seconds));
        return rest < MINUTE_SECONDS
                ? rest + " s left"
                : (rest + MINUTE_SECONDS / 2) / MINUTE_SECONDS + " min left";
    }

    @Override
    public void ended(String model, RowResult result) {
        if (!terminal) {
            return;
        }
        out.print(NEW_LINE);
        if (result.outcome() == Outcome.WRONG || result.outcome() == Outcome.LATE) {
            // What is wrong is said at once, not after the many minutes of a full run.
            out.printf(
                    "%s, row %s: %s: %s%n",
                    model, result.row().name(), result.outcome(), result.why());
        }
        out.flush();
    }
}
