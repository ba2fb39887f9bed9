package io.overlapped.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The runs that were worth keeping, a line each, the newest last: date, commit, what, scope,
 * events, faults, outcome and figures, with tabs between them.
 */
final class Ledger {
    private static final int COLUMNS = 8;

    /** One run. */
    record Line(
            String date,
            String commit,
            String what,
            String scope,
            long events,
            long faults,
            String outcome,
            String figures) {}

    private final List<Line> lines = new ArrayList<>();

    Ledger(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] columns = line.split("\t", -1);
            if (columns.length != COLUMNS) {
                throw new IllegalArgumentException(
                        file + " has a line of " + columns.length + " columns, not 8: " + line);
            }
            lines.add(
                    new Line(
                            columns[0],
                            columns[1],
                            columns[2],
                            columns[3],
                            Long.parseLong(columns[4]),
                            Long.parseLong(columns[5]),
                            columns[6],
                            columns[7]));
        }
    }

    Optional<Line> last(String what) {
        return lines.reversed().stream().filter(line -> line.what().equals(what)).findFirst();
    }

    List<Line> lines() {
        return lines;
    }
}
