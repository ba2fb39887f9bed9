package io.overlapped.cli;

import io.overlapped.simulate.Campaign;
import io.overlapped.simulate.Outcome;
import io.overlapped.simulate.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The file to which long runs append what came of them, a line for each workload with tabs between
 * the columns: the ledger in {@code proof}, from which the page on reliability is written.
 */
final class SimLedger {
    private static final String COLUMNS =
            "# date\tcommit\twhat\tscope\tevents\tfaults\toutcome\tfigures\n";
    private static final double NANOS_PER_HOUR = 3.6e12;

    private SimLedger() {}

    /**
     * Appends to the file, under a line of titles if it is new.
     *
     * @param profile the faults as they were asked for
     * @throws UserError if the file cannot be written
     */
    static void append(Path file, Report report, String profile) {
        try {
            boolean isNew = Files.notExists(file);
            String lines = String.join("\n", lines(report, profile)) + "\n";
            Files.writeString(
                    file,
                    isNew ? COLUMNS + lines : lines,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UserError(
                    "the ledger " + file + " cannot be written: " + e,
                    "name a file in a folder that is there");
        }
    }

    private static List<String> lines(Report report, String profile) {
        Campaign campaign = report.campaign();
        String scope =
                "seeds %d..%d, %d clients, %d s, %s"
                        .formatted(
                                campaign.from(),
                                campaign.to(),
                                campaign.plan().clients(),
                                campaign.plan().faultTime().toSeconds(),
                                profile);
        Outcome violation = report.violation();
        List<String> lines = new ArrayList<>();
        report.shares()
                .forEach(
                        (workload, share) -> {
                            boolean isBad =
                                    violation != null && violation.workload().equals(workload);
                            lines.add(
                                    String.join(
                                            "\t",
                                            LocalDate.now(ZoneOffset.UTC).toString(),
                                            Build.running().commit(),
                                            "sim " + workload,
                                            scope,
                                            Long.toString(share.events()),
                                            Long.toString(share.faults()),
                                            isBad ? "failed" : "passed",
                                            figures(share, isBad ? violation : null)));
                        });
        return lines;
    }

    private static String figures(Report.Share share, @Nullable Outcome violation) {
        if (violation != null) {
            String what = String.valueOf(violation.violation()).replaceAll("\\s+", " ");
            return "seed " + violation.seed() + ": " + what;
        }
        return String.format(
                Locale.ROOT,
                "%,d worlds, %,.1f hours, %,d faults",
                share.worlds(),
                share.simulatedNanos() / NANOS_PER_HOUR,
                share.faults());
    }
}
