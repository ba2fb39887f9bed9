package io.overlapped.bench.report;

import io.overlapped.bench.Results;
import io.overlapped.bench.Row;
import io.overlapped.bench.Sample;
import io.overlapped.bench.Series;
import io.overlapped.bench.Workload;
import io.overlapped.bench.load.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** What is plotted of the results. */
final class Charts {
    private static final double[] PERCENTILES = {
        50, 75, 90, 95, 98, 99, 99.5, 99.8, 99.9, 99.95, 99.99
    };
    private static final int CIRCLE = 360;

    private final Results results;

    Charts(Results results) {
        this.results = results;
    }

    /** The figure that matters, the best first, with its spread over the rounds. */
    String figure(Workload workload) {
        return bars(
                workload.measure().title() + ", " + workload.measure().unit(),
                workload,
                Sample::value,
                Comparator.naturalOrder());
    }

    String throughput(Workload workload) {
        return bars("messages a second", workload, Sample::perSecond, Comparator.reverseOrder());
    }

    private String bars(
            String title,
            Workload workload,
            ToDoubleFunction<Sample> figure,
            Comparator<Double> order) {
        List<Plot.Bar> bars =
                measured(workload).stream()
                        .sorted(Comparator.comparing(series -> series.median(figure), order))
                        .map(
                                series ->
                                        new Plot.Bar(
                                                series.row().title(),
                                                series.median(figure),
                                                series.min(figure),
                                                series.max(figure),
                                                style(series.row())))
                        .toList();
        return Markup.tag("h4", Markup.escape(title)) + Plot.bars(title, bars);
    }

    private static String style(Row row) {
        return row.family().name().toLowerCase(Locale.ROOT);
    }

    private List<Series> measured(Workload workload) {
        return results.of(workload).stream().filter(Series::isMeasured).toList();
    }

    /** Latency against percentile: 90, 99 and 99.9 % lie one step apart. */
    String percentiles(Workload workload) {
        List<Plot.Line> lines = new ArrayList<>();
        for (Series series : measured(workload)) {
            Optional<Histogram> latency = series.latency();
            latency.ifPresent(all -> lines.add(line(series.row(), percentilesOf(all))));
        }
        String title = "latency against percentile: " + workload.title();
        return Plot.lines(
                title,
                "1 of so many messages takes longer (2 = median, 100 = p99)",
                "µs",
                Plot.Scale.LOG,
                Plot.Scale.LOG,
                lines);
    }

    private static List<Plot.Point> percentilesOf(Histogram latency) {
        List<Plot.Point> points = new ArrayList<>();
        for (double percentile : PERCENTILES) {
            double micros = Math.max(latency.getValueAtPercentile(percentile) / 1e3, 1e-3);
            points.add(new Plot.Point(100 / (100 - percentile), micros));
        }
        return points;
    }

    /** Server CPU a message against the number of connections. */
    String costOfConnections() {
        return against(
                "server CPU per message against connections",
                "connections",
                Workload::growsWithConnections,
                Workload::connections,
                series -> series.median(Sample::cpuMicros),
                Plot.Scale.LINEAR);
    }

    /** Server CPU a message against its size. */
    String costOfSize() {
        return against(
                "server CPU per message against its size",
                "bytes",
                Workload::growsWithSize,
                Workload::bytes,
                series -> series.median(Sample::cpuMicros),
                Plot.Scale.LOG);
    }

    /** A percentile of the open loop against its rate. */
    String openLoop(double percentile) {
        return against(
                "open loop: p" + trimmed(percentile) + " against rate",
                "messages a second",
                workload -> workload.kind() == Request.Kind.OPEN,
                Workload::perSecond,
                series -> series.percentileMicros(percentile),
                Plot.Scale.LOG);
    }

    private static String trimmed(double percentile) {
        return percentile == Math.rint(percentile) ? "%.0f".formatted(percentile) : "" + percentile;
    }

    /** Lines through the workloads of a kind; nothing if there are not two of them. */
    private String against(
            String title,
            String xTitle,
            Predicate<Workload> kind,
            ToDoubleFunction<Workload> x,
            ToDoubleFunction<Series> y,
            Plot.Scale yScale) {
        List<Workload> workloads =
                results.workloads().stream()
                        .filter(kind)
                        .sorted(Comparator.comparingDouble(x))
                        .toList();
        if (workloads.size() < 2) {
            return "";
        }
        List<Plot.Line> lines = new ArrayList<>();
        for (Row row : Row.ALL) {
            List<Plot.Point> points = new ArrayList<>();
            for (Workload workload : workloads) {
                results.find(row.id(), workload.id())
                        .ifPresent(
                                series ->
                                        points.add(
                                                new Plot.Point(
                                                        x.applyAsDouble(workload),
                                                        y.applyAsDouble(series))));
            }
            if (points.size() > 1) {
                lines.add(line(row, points));
            }
        }
        return Markup.tag("h3", Markup.escape(title))
                + Plot.lines(title, xTitle, "µs", Plot.Scale.LOG, yScale, lines);
    }

    private static Plot.Line line(Row row, List<Plot.Point> points) {
        int hue = Row.ALL.indexOf(row) * CIRCLE / Row.ALL.size();
        return new Plot.Line(row.title(), points, hue, row.family() == Row.Family.OURS);
    }
}
