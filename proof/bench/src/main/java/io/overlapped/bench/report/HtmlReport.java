package io.overlapped.bench.report;

import io.overlapped.bench.Figures;
import io.overlapped.bench.Results;
import io.overlapped.bench.Row;
import io.overlapped.bench.Sample;
import io.overlapped.bench.Series;
import io.overlapped.bench.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All results as one page that needs nothing else: it is XML, with its plots and its style in it.
 */
public final class HtmlReport {
    private static final String STYLE =
            """
            body { font: 15px/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem;
                   color-scheme: light dark; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: .6rem 0; }
            th, td { padding: .15rem .6rem; text-align: right; border-bottom: 1px solid #8884; }
            th:first-child, td:first-child { text-align: left; }
            td.reason { text-align: left; opacity: .75; }
            tr.ours td:first-child { font-weight: 600; }
            svg { width: 100%; height: auto; } svg text { font-size: 12px; fill: currentColor; }
            rect.ours { fill: #2a78d0; } rect.java { fill: #d08a2a; } rect.native { fill: #5d8a4a; }
            line.spread { stroke: currentColor; stroke-width: 2; }
            line.grid { stroke: #8884; }
            .failed { color: #c22; } .open { opacity: .6; }
            .targets td { white-space: nowrap; } .targets td:last-child { text-align: left; white-space: normal; }
            """;

    private final Results results;
    private final Charts charts;
    private final StringBuilder page = new StringBuilder();

    private HtmlReport(Results results) {
        this.results = results;
        charts = new Charts(results);
    }

    public static String page(Results results) {
        return new HtmlReport(results).write();
    }

    private String write() {
        page.append("<!DOCTYPE html>\n<html xmlns='http://www.w3.org/1999/xhtml' lang='en'><head>")
                .append(
                        "<meta charset='utf-8'/><meta name='viewport' content='width=device-width'/>")
                .append("<title>Overlapped: benchmark</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>Overlapped: benchmark</h1>");
        environment();
        targets();
        growth();
        results.workloads().forEach(this::workload);
        return page.append("</body></html>\n").toString();
    }

    private void environment() {
        page.append("<table>");
        results.environment().forEach((name, value) -> row("", name, value));
        page.append("</table>");
        for (String note : results.notes()) {
            page.append(Markup.tag("p", "Note: " + Markup.escape(note)));
        }
        page.append(
                "<p>Bars are medians over the rounds; the black line on a bar is the spread from the"
                        + " least to the greatest. Blue is ours, orange Java, green C and C++. A server"
                        + " is a process on one core, the load another on another core, and every byte"
                        + " of an answer is verified. Streams into a server are verified by one byte of"
                        + " every MiB.</p>");
    }

    /** Those that the run says something of first. */
    private void targets() {
        List<Verdict> verdicts = Targets.judge(results);
        page.append("<h2>Targets</h2><table class='targets'>")
                .append(
                        "<tr><th>target</th><th>limit</th><th>measured</th><th></th><th></th></tr>");
        verdicts.stream().filter(Verdict::isKnown).forEach(this::verdict);
        verdicts.stream().filter(verdict -> !verdict.isKnown()).forEach(this::verdict);
        page.append("</table>");
    }

    private void verdict(Verdict verdict) {
        boolean says = verdict.isKnown() && !verdict.disturbed();
        row(
                verdict.isMissed() ? "failed" : says ? "" : "open",
                verdict.target(),
                verdict.limitText(),
                Figures.brief(verdict.measured()),
                verdict.status(),
                verdict.remark());
    }

    private void growth() {
        String plots =
                charts.costOfConnections()
                        + charts.costOfSize()
                        + charts.openLoop(50)
                        + charts.openLoop(99)
                        + charts.openLoop(99.9);
        if (!plots.isEmpty()) {
            page.append("<h2>How cost grows</h2>").append(plots);
        }
        Growth.of(results).forEach(this::table);
    }

    private void table(Growth growth) {
        page.append("<table><tr><th>µs a message, by ").append(growth.quantity()).append("</th>");
        for (int value : growth.values()) {
            page.append(Markup.tag("th", "%,d".formatted(value)));
        }
        page.append("<th>last ÷ first</th></tr>");
        for (Growth.Curve curve : growth.curves()) {
            List<String> cells = new ArrayList<>(List.of(curve.row().title()));
            curve.micros().forEach(micros -> cells.add(Figures.brief(micros)));
            cells.add(Figures.brief(curve.factor()));
            row(style(curve.row()), cells.toArray(String[]::new));
        }
        page.append("</table>");
    }

    private static String style(Row row) {
        return row.family().name().toLowerCase(Locale.ROOT);
    }

    private void workload(Workload workload) {
        page.append(Markup.tag("h2", Markup.escape(workload.id() + ": " + workload.title())));
        table(workload);
        if (results.of(workload).stream().noneMatch(Series::isMeasured)) {
            return;
        }
        page.append(charts.figure(workload));
        if (results.of(workload).stream().anyMatch(HtmlReport::hasMessages)) {
            page.append(charts.throughput(workload));
        }
        if (results.of(workload).stream().anyMatch(series -> series.latency().isPresent())) {
            page.append(Markup.tag("h4", "latency")).append(charts.percentiles(workload));
        }
    }

    private static boolean hasMessages(Series series) {
        return series.isMeasured() && series.median(Sample::perSecond) > 0;
    }

    private void table(Workload workload) {
        String measure = workload.measure().title() + ", " + workload.measure().unit();
        page.append("<table><tr><th></th>");
        for (String head :
                new String[] {
                    measure,
                    "× C",
                    "× best peer",
                    "messages/s",
                    "p50 µs",
                    "p99",
                    "p99.9",
                    "busy %",
                    "RSS MiB"
                }) {
            page.append(Markup.tag("th", Markup.escape(head)));
        }
        page.append("</tr>");
        results.of(workload).forEach(this::series);
        page.append("</table>");
    }

    private void series(Series series) {
        if (!series.isMeasured()) {
            page.append("<tr><td>")
                    .append(Markup.escape(series.row().title()))
                    .append("</td><td class='reason' colspan='9'>")
                    .append(series.hasFailed() ? "FAILED: " : "not run: ")
                    .append(Markup.escape(series.reason().orElse("not measured")))
                    .append("</td></tr>");
            return;
        }
        double value = series.median(Sample::value);
        boolean talks = series.median(Sample::perSecond) > 0;
        boolean hasLatency = series.latency().isPresent();
        row(
                series.hasFailed() ? "failed" : style(series.row()),
                title(series),
                Figures.brief(value),
                ratio(value, results.reference(series.workload())),
                ratio(value, results.bestPeer(series.workload())),
                talks ? Figures.brief(series.median(Sample::perSecond)) : "",
                hasLatency ? Figures.brief(series.percentileMicros(50)) : "",
                hasLatency ? Figures.brief(series.percentileMicros(99)) : "",
                hasLatency ? Figures.brief(series.percentileMicros(99.9)) : "",
                talks ? "%.0f".formatted(series.median(Sample::serverBusy) * 100) : "",
                Figures.brief(series.median(Sample::residentBytes) / (1 << 20)));
    }

    private static String title(Series series) {
        return series.row().title()
                + (series.isLoadBound() ? " (load-bound)" : "")
                + (series.isDisturbed() ? " (disturbed)" : "");
    }

    private static String ratio(double value, Optional<Series> other) {
        return other.map(
                        series ->
                                "%.2f"
                                        .formatted(
                                                Figures.ratio(value, series.median(Sample::value))))
                .orElse("–");
    }

    private void row(String style, String... cells) {
        page.append("<tr class='").append(style).append("'>");
        for (String cell : cells) {
            page.append(Markup.tag("td", Markup.escape(cell)));
        }
        page.append("</tr>");
    }
}
