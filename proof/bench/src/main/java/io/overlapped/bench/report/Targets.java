package io.overlapped.bench.report;

import io.overlapped.bench.Figures;
import io.overlapped.bench.Results;
import io.overlapped.bench.Row;
import io.overlapped.bench.Sample;
import io.overlapped.bench.Series;
import io.overlapped.bench.Workload;
import io.overlapped.bench.load.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What our servers are to reach, beside what they reached; only of what was measured. */
final class Targets {
    /**
     * One target.
     *
     * @param limit what {@code measured} may be at most
     */
    record Verdict(String target, double limit, double measured) {
        boolean isMet() {
            return measured <= limit;
        }
    }

    private static final String ROUTINE = "uring-routine";
    private static final int SMALL = 64;
    private static final int MANY = 1000;
    private static final int LARGE = 16 * 1024;

    private final Results results;
    private final List<Verdict> verdicts = new ArrayList<>();

    private Targets(Results results) {
        this.results = results;
    }

    static List<Verdict> judge(Results results) {
        var targets = new Targets(results);
        results.workloads().forEach(targets::judge);
        return targets.verdicts;
    }

    private void judge(Workload workload) {
        switch (workload.measure()) {
            case BYTES_PER_CONNECTION ->
                    results.find(ROUTINE, workload.id())
                            .ifPresent(
                                    ours ->
                                            add(
                                                    workload,
                                                    "bytes an idle connection holds",
                                                    1024,
                                                    ours.median(Sample::value)));
            case CPU_PER_MESSAGE -> judgeCost(workload);
            case P99 -> judgeTail(workload);
            case START -> {}
        }
    }

    private void judgeCost(Workload workload) {
        boolean echoes = workload.kind() == Request.Kind.ECHO;
        if (echoes && workload.bytes() <= SMALL) {
            against(workload, ROUTINE, 1.03, Row.REFERENCE);
            against(workload, "uring-port", 1.10, Row.REFERENCE);
            against(workload, "uring-event", 1.0, "virtual-threads");
            against(workload, "nio-routine", 1.0, "nio2");
            best(workload, 1.0, "best other peer", row -> !row.id().equals(Row.REFERENCE));
            judgeTail(workload);
        }
        if (echoes && workload.connections() >= MANY) {
            best(workload, 0.85, "best Netty", row -> row.id().startsWith("netty"));
        }
        if (workload.kind() == Request.Kind.FAN) {
            double limit = workload.inFlight() == 1 ? 1.0 : 1 / 1.2;
            best(workload, limit, "best peer", _ -> true);
        }
        if (workload.bytes() >= LARGE) {
            best(workload, 1.0, "best peer", _ -> true);
        }
    }

    private void judgeTail(Workload workload) {
        Optional<Series> ours = results.find(ROUTINE, workload.id());
        results.of(workload).stream()
                .filter(series -> series.isMeasured() && series.row().family() == Row.Family.JAVA)
                .mapToDouble(series -> series.percentileMicros(99))
                .min()
                .ifPresent(
                        least ->
                                ours.ifPresent(
                                        series ->
                                                add(
                                                        workload,
                                                        "p99 ÷ best Java peer",
                                                        1.0,
                                                        Figures.ratio(
                                                                series.percentileMicros(99),
                                                                least))));
    }

    private void against(Workload workload, String row, double limit, String other) {
        Optional<Series> ours = results.find(row, workload.id());
        Optional<Series> theirs = results.find(other, workload.id());
        if (ours.isPresent() && theirs.isPresent()) {
            add(workload, row + " ÷ " + other, limit, ratio(ours.get(), theirs.get()));
        }
    }

    /** The routine style against the best of some peers. */
    private void best(Workload workload, double limit, String name, Predicate<Row> peers) {
        Optional<Series> ours = results.find(ROUTINE, workload.id());
        Optional<Series> best =
                results.of(workload).stream()
                        .filter(Series::isMeasured)
                        .filter(series -> series.row().family() != Row.Family.OURS)
                        .filter(series -> peers.test(series.row()))
                        .min(Comparator.comparingDouble(series -> series.median(Sample::value)));
        if (ours.isPresent() && best.isPresent()) {
            String target = ROUTINE + " ÷ " + name + " (" + best.get().row().id() + ")";
            add(workload, target, limit, ratio(ours.get(), best.get()));
        }
    }

    private static double ratio(Series ours, Series theirs) {
        return Figures.ratio(ours.median(Sample::value), theirs.median(Sample::value));
    }

    private void add(Workload workload, String target, double limit, double measured) {
        verdicts.add(new Verdict(workload.id() + ": " + target, limit, measured));
    }
}
