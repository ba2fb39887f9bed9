package io.overlapped.reliability;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes {@code docs/RELIABILITY.md}. */
final class Page {
    private static final String HEAD =
            """
            # Reliability

            What is promised, which test holds it, which command repeats it, and what the last run of it said. This page is
            written by `java proof/reliability/src/main/java/io/overlapped/reliability/Reliability.java --write` from `proof/reliability/rows.txt` and the ledger
            `proof/ledger.tsv`; the build fails when it is not what they say, or when a test that it names is not there.

            A figure is what one run on one machine said, at the commit beside it. "Not yet" means that no run is in the ledger.

            """;

    private Page() {}

    static String of(List<Row> rows, Ledger ledger) {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("| | fault | promise | tests | last figures |\n");
        page.append("| --- | --- | --- | --- | --- |\n");
        for (Row row : rows) {
            page.append("| ").append(row.name());
            page.append(" | ").append(row.fault());
            page.append(" | ").append(row.promise());
            page.append(" | ")
                    .append(
                            row.tests().stream()
                                    .map(test -> "`" + test + "`")
                                    .collect(Collectors.joining("<br>")));
            page.append(" | ").append(figures(row, ledger)).append(" |\n");
        }
        page.append("\n## Commands\n\n| | command |\n| --- | --- |\n");
        for (Row row : rows) {
            page.append("| ").append(row.name()).append(" | `").append(row.command());
            page.append("` |\n");
        }
        page.append("\n## The ledger in sum\n\n| what | runs | events | faults | failed |\n");
        page.append("| --- | --- | --- | --- | --- |\n");
        sums(ledger).forEach((what, sum) -> page.append(sum.row(what)));
        return page.toString();
    }

    private static String figures(Row row, Ledger ledger) {
        if (row.ledger().isEmpty()) {
            return "in every build";
        }
        return row.ledger().stream()
                .map(
                        what ->
                                ledger.last(what)
                                        .map(
                                                line ->
                                                        "%s: %s (%s, %s, %s)"
                                                                .formatted(
                                                                        line.what(),
                                                                        line.figures(),
                                                                        line.outcome(),
                                                                        line.date(),
                                                                        line.commit()))
                                        .orElse(what + ": not yet"))
                .collect(Collectors.joining("<br>"));
    }

    private static Map<String, Sum> sums(Ledger ledger) {
        Map<String, Sum> sums = new TreeMap<>();
        for (Ledger.Line line : ledger.lines()) {
            sums.computeIfAbsent(line.what(), _ -> new Sum()).add(line);
        }
        return sums;
    }

    private static final class Sum {
        private int runs;
        private long events;
        private long faults;
        private int failed;

        void add(Ledger.Line line) {
            runs++;
            events += line.events();
            faults += line.faults();
            failed += line.outcome().equals("passed") ? 0 : 1;
        }

        String row(String what) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | %,d | %,d | %d |%n",
                    what,
                    runs,
                    events,
                    faults,
                    failed);
        }
    }
}
