package io.overlapped.cli;

import io.overlapped.lab.referee.Progress;
import io.overlapped.lab.referee.Row;
import io.overlapped.lab.referee.RowResult;
import java.io.PrintWriter;

/** One line at the bottom of the terminal that says what is being measured. */
final class LabProgress implements Progress {
    private static final String NEW_LINE = "\r\u001b[K";

    private final PrintWriter out;

    LabProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void begins(String model, Row row, int done, int all) {
        out.printf("%s%d of %d  %s  %s", NEW_LINE, done + 1, all, model, row.name());
        out.flush();
    }

    @Override
    public void ended(String model, RowResult result) {
        out.print(NEW_LINE);
        out.flush();
    }
}
