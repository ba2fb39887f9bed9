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
import java.util.function.ToDoubleFunction;

/** What our servers are to reach, beside what they reached in a run. */
final class Targets {
    private static final String ROUTINE = "uring-routine";
    private static final int SMALL = 64;
    private static final int MANY = 1000;
    private static final int LARGE = 16 * 1024;
    private static final String ALLOCATION =
            "not in this run: java proof/allocation/Allocation.java";

    private final Results results;
    private final List<Verdict> verdicts = new ArrayList<>();

    private Targets(Results results) {
        this.results = results;
    }

    /** Every target, also those that the run says nothing of. */
    static List<Verdict> judge(Results results) {
        var targets = new Targets(results);
        List<Workload> run = results.workloads();
        for (Workload workload : Workload.ALL) {
            if (workload.isStandard() || run.contains(workload)) {
                targets.judge(workload);
            }
        }
        targets.growth("connections, 64 to 9,000", "echo-64", "echo-9000");
        targets.growth("size, 64 B to 64 KiB", "echo-64", "echo-64-64k");
        for (String id : Workload.PROACTORS) {
            Workload workload = Workload.of(id);
            targets.against(workload, ROUTINE + "-2", 1.05, ROUTINE);
            targets.against(workload, "nio-routine-2", 1.05, "nio-routine");
        }
        targets.add(
                Verdict.unknown("bytes allocated per operation, uring, all styles", 0, ALLOCATION));
        return targets.verdicts;
    }

    private void judge(Workload workload) {
        switch (workload.measure()) {
            case BYTES_PER_CONNECTION -> {
                idle(workload, ROUTINE, 1024);
                idle(workload, "uring-session", 1536);
            }
            case CPU_PER_MESSAGE -> judgeCost(workload);
            case P99 -> judgeTail(workload);
            case START -> {}
        }
    }

    private void judgeCost(Workload workload) {
        if (workload.kind() == Request.Kind.ECHO) {
            judgeEcho(workload);
        }
        if (workload.kind() == Request.Kind.FAN) {
            boolean alone = workload.inFlight() == 1;
            best(workload, alone ? 1.0 : 1 / 1.2, "best peer", Targets::isPeer);
            rate(workload, alone ? 1.0 : 1.2);
        }
        if (workload.bytes() >= LARGE) {
            best(workload, 1.0, "best of all", row -> !row.id().equals(ROUTINE));
        }
        if (workload.kind() != Request.Kind.STREAM_IN
                && workload.kind() != Request.Kind.STREAM_OUT) {
            judgeTail(workload);
        }
    }

    private void judgeEcho(Workload workload) {
        if (workload.bytes() <= SMALL) {
            against(workload, ROUTINE, 1.03, Row.REFERENCE);
            best(
                    workload,
                    1.0,
                    "best other peer",
                    row -> isPeer(row) && !row.id().equals(Row.REFERENCE));
            against(workload, "uring-port", 1.10, Row.REFERENCE);
        }
        if (workload.connections() >= MANY) {
            best(workload, 0.85, "best Netty", row -> row.id().startsWith("netty"));
        }
        against(workload, "uring-event", 1.0, "virtual-threads");
        against(workload, "nio-routine", 1.0, "nio2");
    }

    private static boolean isPeer(Row row) {
        return row.family() != Row.Family.OURS;
    }

    private void idle(Workload workload, String row, int bytesMax) {
        String target = workload.id() + ": bytes an idle connection holds, " + row;
        Optional<Series> ours = results.find(row, workload.id());
        add(
                ours.map(s -> Verdict.atMost(target, bytesMax, s.median(Sample::value)))
                        .orElseGet(() -> Verdict.unknown(target, bytesMax, missing(workload))));
    }

    private void judgeTail(Workload workload) {
        Optional<Series> best =
                least(
                        workload,
                        row -> row.family() == Row.Family.JAVA,
                        series -> series.percentileMicros(99));
        compare(
                workload,
                "p99 of " + ROUTINE + " ÷ best Java peer",
                Verdict.Bound.AT_MOST,
                1.0,
                best,
                series -> series.percentileMicros(99));
    }

    private void rate(Workload workload, double limit) {
        Optional<Series> best =
                least(workload, Targets::isPeer, series -> -series.median(Sample::perSecond));
        compare(
                workload,
                "deliveries a second of " + ROUTINE + " ÷ best peer",
                Verdict.Bound.AT_LEAST,
                limit,
                best,
                series -> series.median(Sample::perSecond));
    }

    /** The routine style against the best of some rows. */
    private void best(Workload workload, double limit, String name, Predicate<Row> rows) {
        Optional<Series> best = least(workload, rows, series -> series.median(Sample::value));
        compare(
                workload,
                ROUTINE + " ÷ " + name,
                Verdict.Bound.AT_MOST,
                limit,
                best,
                series -> series.median(Sample::value));
    }

    private Optional<Series> least(
            Workload workload, Predicate<Row> rows, ToDoubleFunction<Series> figure) {
        return results.of(workload).stream()
                .filter(series -> series.isMeasured() && !series.row().isDoubled())
                .filter(series -> rows.test(series.row()))
                .filter(series -> !Double.isNaN(figure.applyAsDouble(series)))
                .min(Comparator.comparingDouble(figure));
    }

    private void against(Workload workload, String row, double limit, String other) {
        Optional<Series> ours = results.find(row, workload.id());
        Optional<Series> theirs = results.find(other, workload.id());
        String target = workload.id() + ": " + row + " ÷ " + other;
        if (ours.isPresent() && theirs.isPresent()) {
            double ratio =
                    Figures.ratio(
                            ours.get().median(Sample::value), theirs.get().median(Sample::value));
            add(Verdict.atMost(target, limit, ratio).of(ours.get(), theirs.get()));
        } else {
            add(Verdict.unknown(target, limit, missing(workload)));
        }
    }

    private void compare(
            Workload workload,
            String what,
            Verdict.Bound bound,
            double limit,
            Optional<Series> other,
            ToDoubleFunction<Series> figure) {
        Optional<Series> ours = results.find(ROUTINE, workload.id());
        String target = workload.id() + ": " + what;
        if (ours.isPresent() && other.isPresent()) {
            double ratio =
                    Figures.ratio(
                            figure.applyAsDouble(ours.get()), figure.applyAsDouble(other.get()));
            add(
                    new Verdict(target + " (" + other.get().row().id() + ")", bound, limit, ratio)
                            .of(ours.get(), other.get()));
        } else {
            add(new Verdict(target, bound, limit, Double.NaN, false, missing(workload)));
        }
    }

    /** How much more the one workload costs than the other: ours against C. */
    private void growth(String what, String from, String to) {
        String target = "growth with " + what + ": " + ROUTINE + " ÷ " + Row.REFERENCE;
        double ratio =
                Figures.ratio(growthOf(ROUTINE, from, to), growthOf(Row.REFERENCE, from, to));
        add(
                Double.isNaN(ratio)
                        ? Verdict.unknown(target, 1.03, "not in this run")
                        : Verdict.atMost(target, 1.03, ratio));
    }

    private double growthOf(String row, String from, String to) {
        return Figures.ratio(value(row, to), value(row, from));
    }

    private double value(String row, String workload) {
        return results.find(row, workload)
                .map(series -> series.median(Sample::value))
                .orElse(Double.NaN);
    }

    private String missing(Workload workload) {
        return results.workloads().contains(workload)
                ? "not in this run: a row of it was not measured"
                : "not in this run";
    }

    private void add(Verdict verdict) {
        verdicts.add(verdict);
    }
}
