package io.overlapped.bench.report;

import io.overlapped.bench.Figures;
import io.overlapped.bench.Results;
import io.overlapped.bench.Sample;
import io.overlapped.bench.Series;
import io.overlapped.bench.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All results for a terminal: a table a workload, medians and ratios. */
public final class TextTable {
    private static final double MIB = 1 << 20;
    private static final int TITLE_WIDTH = 26;

    private TextTable() {}

    public static String text(Results results) {
        List<String> lines = new ArrayList<>();
        lines.add(facts(results.environment()));
        results.notes().forEach(note -> lines.add("note: " + note));
        for (Workload workload : results.workloads()) {
            lines.add("");
            lines.add(workload.id() + ": " + workload.title());
            lines.add(head(workload));
            results.of(workload).forEach(series -> lines.add(line(results, series)));
        }
        if (results.series().stream().anyMatch(Series::isLoadBound)) {
            lines.add("");
            lines.add("L: the load generator, not the server, set the pace.");
        }
        if (results.series().stream().anyMatch(Series::isDisturbed)) {
            lines.add("");
            lines.add("D: something else used the cores meanwhile; the figures are not valid.");
        }
        Growth.of(results).forEach(growth -> growth(growth, lines));
        targets(results, lines);
        return String.join("\n", lines);
    }

    private static void growth(Growth growth, List<String> lines) {
        lines.add("");
        lines.add("how cost grows: server CPU/message µs against " + growth.quantity());
        var head = new StringBuilder(" ".repeat(TITLE_WIDTH));
        growth.values().forEach(value -> head.append("%9s".formatted("%,d".formatted(value))));
        lines.add(head.append("   last ÷ first").toString());
        for (Growth.Curve curve : growth.curves()) {
            var line =
                    new StringBuilder(
                            ("%-" + TITLE_WIDTH + "s").formatted("  " + curve.row().title()));
            curve.micros().forEach(one -> line.append("%9s".formatted(Figures.brief(one))));
            lines.add(line.append("%15s".formatted(Figures.brief(curve.factor()))).toString());
        }
    }

    /** Those the run says something of; the page and the object have them all. */
    private static void targets(Results results, List<String> lines) {
        List<Verdict> all = Targets.judge(results);
        List<Verdict> known = all.stream().filter(Verdict::isKnown).toList();
        lines.add("");
        lines.add(
                "targets: %d met, %d not met, %d not valid, %d not in this run"
                        .formatted(
                                known.stream().filter(Verdict::isMet).count(),
                                known.stream().filter(Verdict::isMissed).count(),
                                known.stream().filter(Verdict::disturbed).count(),
                                all.size() - known.size()));
        for (Verdict verdict : known) {
            lines.add(
                    "  %-9s %8s of %-8s %s  %s"
                            .formatted(
                                    verdict.status(),
                                    Figures.brief(verdict.measured()),
                                    verdict.limitText(),
                                    verdict.target(),
                                    verdict.remark())
                            .stripTrailing());
        }
    }

    private static String facts(Map<String, String> environment) {
        return environment.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static String head(Workload workload) {
        return columns(
                "",
                workload.measure().title() + " " + workload.measure().unit(),
                "(min to max)",
                "× C",
                "× peer",
                "msg/s",
                "p50 µs",
                "p99",
                "p99.9",
                "busy %",
                "RSS MiB");
    }

    private static String line(Results results, Series series) {
        String title = "  " + series.row().title();
        if (!series.isMeasured()) {
            String why = series.reason().orElse("not measured");
            String what = series.hasFailed() ? "FAILED: " : "not run: ";
            return ("%-" + TITLE_WIDTH + "s %s").formatted(title, what + why);
        }
        double median = series.median(Sample::value);
        boolean hasMessages = series.median(Sample::perSecond) > 0;
        boolean hasLatency = series.latency().isPresent();
        String line =
                columns(
                        title,
                        Figures.brief(median),
                        "(" + brief(series.min(Sample::value), series.max(Sample::value)) + ")",
                        ratio(median, results.reference(series.workload())),
                        ratio(median, results.bestPeer(series.workload())),
                        hasMessages ? Figures.brief(series.median(Sample::perSecond)) : "",
                        hasLatency ? Figures.brief(series.percentileMicros(50)) : "",
                        hasLatency ? Figures.brief(series.percentileMicros(99)) : "",
                        hasLatency ? Figures.brief(series.percentileMicros(99.9)) : "",
                        hasMessages ? busy(series) : "",
                        Figures.brief(series.median(Sample::residentBytes) / MIB));
        return series.hasFailed() ? line + "  FAILED: " + series.reason().orElse("") : line;
    }

    private static String brief(double min, double max) {
        return Figures.brief(min) + " to " + Figures.brief(max);
    }

    private static String busy(Series series) {
        return "%.0f%s".formatted(series.median(Sample::serverBusy) * 100, marks(series));
    }

    private static String marks(Series series) {
        return (series.isLoadBound() ? " L" : "") + (series.isDisturbed() ? " D" : "");
    }

    private static String ratio(double value, Optional<Series> other) {
        return other.map(
                        series ->
                                "%.2f"
                                        .formatted(
                                                Figures.ratio(value, series.median(Sample::value))))
                .orElse("–");
    }

    private static String columns(String title, String... cells) {
        var line = new StringBuilder(("%-" + TITLE_WIDTH + "s").formatted(title));
        int[] widths = {22, 18, 6, 6, 12, 9, 9, 9, 8, 8};
        for (int i = 0; i < cells.length; i++) {
            line.append(String.format(Locale.ROOT, " %" + widths[i] + "s", cells[i]));
        }
        return line.toString().stripTrailing();
    }
}
