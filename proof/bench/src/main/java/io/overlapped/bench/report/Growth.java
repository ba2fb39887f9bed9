package io.overlapped.bench.report;

import io.overlapped.bench.Results;
import io.overlapped.bench.Row;
import io.overlapped.bench.Sample;
import io.overlapped.bench.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * The server's CPU time for a message against one quantity: a curve a row.
 *
 * @param quantity what grows
 * @param values of the quantity, the least first
 */
record Growth(String quantity, List<Integer> values, List<Curve> curves) {
    /** Fewer points are no curve. */
    private static final int POINTS_MIN = 3;

    /**
     * One row's.
     *
     * @param micros CPU time for a message at each value; NaN where it was not measured
     */
    record Curve(Row row, List<Double> micros) {
        /** How many times as much the last costs as the first. */
        double factor() {
            return micros.getLast() / micros.getFirst();
        }
    }

    /** All that a run has enough points of. */
    static List<Growth> of(Results results) {
        List<Growth> all = new ArrayList<>();
        all.add(of(results, "connections", Workload::growsWithConnections, Workload::connections));
        all.add(of(results, "bytes", Workload::growsWithSize, Workload::bytes));
        return all.stream().filter(growth -> growth.values.size() >= POINTS_MIN).toList();
    }

    private static Growth of(
            Results results,
            String quantity,
            Predicate<Workload> isPoint,
            ToIntFunction<Workload> value) {
        List<Workload> points =
                results.workloads().stream()
                        .filter(isPoint)
                        .sorted(Comparator.comparingInt(value))
                        .toList();
        List<Curve> curves = new ArrayList<>();
        for (Row row : Row.ALL) {
            List<Double> micros =
                    points.stream().map(point -> micros(results, row, point)).toList();
            if (micros.stream().anyMatch(Double::isFinite)) {
                curves.add(new Curve(row, micros));
            }
        }
        return new Growth(
                quantity, points.stream().mapToInt(value).boxed().toList(), List.copyOf(curves));
    }

    private static double micros(Results results, Row row, Workload workload) {
        return results.find(row.id(), workload.id())
                .map(series -> series.median(Sample::cpuMicros))
                .orElse(Double.NaN);
    }
}
