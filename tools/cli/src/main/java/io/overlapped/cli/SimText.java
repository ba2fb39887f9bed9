package io.overlapped.cli;

import io.overlapped.simulate.Campaign;
import io.overlapped.simulate.Report;
import io.overlapped.simulate.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a simulation has come to, for people. */
final class SimText {
    private SimText() {}

    /**
     * @param profile the faults as they were asked for
     */
    static List<String> lines(Report report, String profile) {
        Campaign campaign = report.campaign();
        List<String> lines = new ArrayList<>();
        lines.add(
                "workloads  %s; %d clients, %d s of faults (%s) in each world"
                        .formatted(
                                String.join(
                                        ", ",
                                        campaign.workloads().stream().map(Workload::name).toList()),
                                campaign.plan().clients(),
                                campaign.plan().faultTime().toSeconds(),
                                profile));
        lines.add(
                "seeds      %d..%d: %s passed, in %s worlds"
                        .formatted(
                                campaign.from(),
                                campaign.to(),
                                count(report.seeds()),
                                count(report.worlds())));
        lines.add(
                "events     %s, %s a second"
                        .formatted(count(report.events()), count(report.eventsPerSecond())));
        lines.add(
                "faults     %s, %s a second"
                        .formatted(count(report.faultCount()), count(report.faultsPerSecond())));
        report.faults()
                .forEach(
                        (fault, times) ->
                                lines.add("  %-16s %12s".formatted(fault.name(), count(times))));
        double real = report.realSeconds();
        lines.add(
                "time       %s s simulated in %s s, %s times as fast"
                        .formatted(
                                count(report.simulatedSeconds()),
                                tenths(real),
                                count(real == 0 ? 0 : report.simulatedSeconds() / real)));
        lines.add("hash       " + report.hash());
        lines.add(report.passed() ? "passed     no violation" : "failed     a violation");
        return lines;
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String count(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }

    private static String tenths(double number) {
        return String.format(Locale.ROOT, "%,.1f", number);
    }
}
