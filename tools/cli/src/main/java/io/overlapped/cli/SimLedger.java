package io.overlapped.cli;

import io.overlapped.simulate.Campaign;
import io.overlapped.simulate.Report;
import io.overlapped.simulate.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The file to which simulations append a line each: tabs between the columns. */
final class SimLedger {
    private static final String COLUMNS =
            String.join(
                    "\t",
                    "date",
                    "commit",
                    "workloads",
                    "seeds",
                    "clients",
                    "seconds",
                    "profile",
                    "events",
                    "faults",
                    "hash",
                    "passed");

    private SimLedger() {}

    /**
     * Appends a line, under a line of titles if it is the first.
     *
     * @throws UserError if the file cannot be written
     */
    static void append(Path file, Report report, String profile) {
        Campaign campaign = report.campaign();
        String line =
                String.join(
                        "\t",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                        Build.running().commit(),
                        String.join(
                                ",", campaign.workloads().stream().map(Workload::name).toList()),
                        campaign.from() + ".." + campaign.to(),
                        Integer.toString(campaign.plan().clients()),
                        Long.toString(campaign.plan().faultTime().toSeconds()),
                        profile,
                        Long.toString(report.events()),
                        Long.toString(report.faultCount()),
                        report.hash(),
                        report.passed() ? "yes" : "no");
        try {
            boolean isNew = Files.notExists(file) || Files.size(file) == 0;
            Files.writeString(
                    file,
                    (isNew ? COLUMNS + "\n" : "") + line + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UserError(
                    "the ledger " + file + " cannot be written: " + e,
                    "name a file in a folder that is there");
        }
    }
}
