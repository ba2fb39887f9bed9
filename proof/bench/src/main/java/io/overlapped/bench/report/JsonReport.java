package io.overlapped.bench.report;

import io.overlapped.bench.Figures;
import io.overlapped.bench.Results;
import io.overlapped.bench.Sample;
import io.overlapped.bench.Series;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** All results as one object. */
public final class JsonReport {
    private JsonReport() {}

    public static String text(Results results) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("environment", results.environment());
        report.put("notes", results.notes());
        report.put("series", results.series().stream().map(one -> series(results, one)).toList());
        report.put("targets", Targets.judge(results).stream().map(JsonReport::target).toList());
        report.put("growth", Growth.of(results).stream().map(JsonReport::growth).toList());
        return Json.text(report);
    }

    private static Map<String, Object> target(Verdict verdict) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("target", verdict.target());
        facts.put("bound", verdict.bound().name());
        facts.put("limit", verdict.limit());
        if (verdict.isKnown()) {
            facts.put("measured", verdict.measured());
            facts.put("met", verdict.isMet());
            facts.put("valid", !verdict.disturbed());
        }
        if (!verdict.remark().isEmpty()) {
            facts.put("remark", verdict.remark());
        }
        return facts;
    }

    private static Map<String, Object> growth(Growth growth) {
        Map<String, Object> curves = new LinkedHashMap<>();
        growth.curves().forEach(curve -> curves.put(curve.row().id(), curve.micros()));
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("against", growth.quantity());
        facts.put("values", growth.values());
        facts.put("cpuMicros", curves);
        return facts;
    }

    private static Map<String, Object> series(Results results, Series series) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("workload", series.workload().id());
        facts.put("row", series.row().id());
        facts.put("family", series.row().family().name());
        series.reason().ifPresent(reason -> facts.put("reason", reason));
        facts.put("failed", series.hasFailed());
        if (series.isMeasured()) {
            measured(results, series, facts);
        }
        return facts;
    }

    private static void measured(Results results, Series series, Map<String, Object> facts) {
        double median = series.median(Sample::value);
        facts.put("measure", series.workload().measure().name());
        facts.put("unit", series.workload().measure().unit());
        facts.put("value", median);
        facts.put("valueMin", series.min(Sample::value));
        facts.put("valueMax", series.max(Sample::value));
        facts.put("values", each(series, Sample::value));
        results.reference(series.workload())
                .ifPresent(
                        other ->
                                facts.put(
                                        "ratioToReference",
                                        Figures.ratio(median, other.median(Sample::value))));
        results.bestPeer(series.workload())
                .ifPresent(
                        best -> {
                            facts.put("bestPeer", best.row().id());
                            facts.put(
                                    "ratioToBestPeer",
                                    Figures.ratio(median, best.median(Sample::value)));
                        });
        facts.put("perSecond", series.median(Sample::perSecond));
        facts.put("cpuMicros", series.median(Sample::cpuMicros));
        facts.put("serverBusy", series.median(Sample::serverBusy));
        facts.put("loadBusy", series.median(Sample::loadBusy));
        facts.put("loadWaiting", series.median(Sample::loadWaiting));
        facts.put("lateShare", series.median(Sample::lateShare));
        facts.put("loadBound", series.isLoadBound());
        facts.put("disturbed", series.isDisturbed());
        facts.put("residentBytes", series.median(Sample::residentBytes));
        if (series.latency().isPresent()) {
            facts.put("p50Micros", series.percentileMicros(50));
            facts.put("p99Micros", series.percentileMicros(99));
            facts.put("p999Micros", series.percentileMicros(99.9));
        }
    }

    private static List<Double> each(Series series, ToDoubleFunction<Sample> figure) {
        return series.samples().stream().map(figure::applyAsDouble).toList();
    }
}
