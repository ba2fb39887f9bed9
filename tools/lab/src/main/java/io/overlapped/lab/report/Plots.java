package io.overlapped.lab.report;

import io.overlapped.lab.model.About;
import io.overlapped.lab.referee.LabResult;
import io.overlapped.lab.referee.ModelResult;
import io.overlapped.lab.referee.Numbers;
import io.overlapped.lab.referee.RowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The plots of one run. */
final class Plots {
    /** What a pair compares. */
    static final Function<Numbers, Double> THREADS = numbers -> (double) numbers.threads();

    static final Function<Numbers, Double> CPU = Numbers::cpuMicrosPerMessage;
    static final Function<Numbers, Double> P99 = Numbers::p99Micros;

    static final List<String> BY_SIZE = List.of("9000", "1000", "65", "64", "1");
    private static final double KIB = 1024;

    private final LabResult result;
    private final Map<String, About> models;
    private final Frame frame;

    Plots(LabResult result, Map<String, About> models, Frame frame) {
        this.result = result;
        this.models = models;
        this.frame = frame;
    }

    private About about(ModelResult model) {
        return models.getOrDefault(model.model(), Unknown.model(model.model()));
    }

    String idleCost() {
        return largest(
                (row, numbers) ->
                        new Value(
                                numbers.residentBytesPerConnection() / KIB,
                                Markup.number(numbers.residentBytesPerConnection() / KIB)
                                        + " KiB · "
                                        + at(row)));
    }

    String nothingHappens() {
        return largest(
                (row, numbers) ->
                        new Value(
                                numbers.idleCpuPercent(),
                                Markup.number(numbers.idleCpuPercent()) + " % · " + at(row)));
    }

    private static String at(RowResult row) {
        return "n = " + Markup.number(row.row().connections());
    }

    private record Value(double value, String label) {}

    private String largest(BiFunction<RowResult, Numbers, Value> value) {
        return bars(
                model -> {
                    for (String name : BY_SIZE) {
                        Optional<RowResult> row = model.row(name);
                        Numbers numbers = row.map(RowResult::numbers).orElse(null);
                        if (row.isPresent() && numbers != null) {
                            Value shown = value.apply(row.get(), numbers);
                            return Bar.of(about(model), shown.value(), shown.label());
                        }
                    }
                    return Bar.none(about(model), firstReason(model));
                });
    }

    private static String firstReason(ModelResult model) {
        return model.rows().stream()
                .map(RowResult::why)
                .filter(why -> !why.isEmpty())
                .findFirst()
                .orElse("–");
    }

    String burst() {
        return oneRow(
                "burst",
                numbers -> {
                    Double millis = numbers.burstMillis();
                    return millis == null || millis == 0
                            ? null
                            : new Value(millis, Markup.number(millis) + " ms");
                },
                numbers -> "no burst was answered in full in time");
    }

    String systemCalls() {
        return oneRow(
                "64",
                numbers -> {
                    Double calls = numbers.callsPerMessage();
                    return calls == null
                            ? null
                            : new Value(calls, Markup.number(calls) + " · " + numbers.calls());
                },
                Numbers::calls);
    }

    private String oneRow(
            String name,
            Function<Numbers, @Nullable Value> value,
            Function<Numbers, String> whyNot) {
        if (result.models().stream().allMatch(model -> model.row(name).isEmpty())) {
            return "";
        }
        return bars(
                model -> {
                    Numbers numbers = numbers(model, name);
                    if (numbers == null) {
                        return Bar.none(about(model), reason(model, name));
                    }
                    Value shown = value.apply(numbers);
                    return shown == null
                            ? Bar.none(about(model), whyNot.apply(numbers))
                            : Bar.of(about(model), shown.value(), shown.label());
                });
    }

    private String bars(Function<ModelResult, Bar> bar) {
        List<Bar> bars = result.models().stream().map(bar).toList();
        return bars.isEmpty() ? "" : BarChart.of(frame, bars);
    }

    private static @Nullable Numbers numbers(ModelResult model, String row) {
        return model.row(row).map(RowResult::numbers).orElse(null);
    }

    private static String reason(ModelResult model, String row) {
        return model.row(row).map(RowResult::why).filter(why -> !why.isEmpty()).orElse("–");
    }

    String pair(String before, String after, Function<Numbers, Double> value) {
        if (result.models().stream()
                .allMatch(m -> m.row(before).isEmpty() || m.row(after).isEmpty())) {
            return "";
        }
        List<Bar> bars = new ArrayList<>();
        for (ModelResult model : result.models()) {
            Numbers from = numbers(model, before);
            Numbers to = numbers(model, after);
            if (from == null || to == null) {
                String why = reason(model, from == null ? before : after);
                bars.add(Bar.none(about(model), why));
            } else {
                double one = value.apply(from);
                double other = value.apply(to);
                String note = to.note().isEmpty() ? "" : " · " + to.note();
                String label = Markup.number(one) + " → " + Markup.number(other) + note;
                bars.add(new Bar(about(model), one, other, label));
            }
        }
        return PairChart.of(frame, bars);
    }

    String growth() {
        int[] places =
                IntStream.of(1, 64, 1000, 9000)
                        .filter(place -> hasRow(Integer.toString(place)))
                        .toArray();
        if (places.length < 2) {
            return "";
        }
        List<LineChart.Line> lines = new ArrayList<>();
        for (ModelResult model : result.models()) {
            List<@Nullable Double> values = new ArrayList<>();
            for (int place : places) {
                Numbers numbers = numbers(model, Integer.toString(place));
                // Less than the kernel's clock tells has no place on a logarithmic scale.
                double cpuMicros = numbers == null ? 0 : numbers.cpuMicrosPerMessage();
                values.add(cpuMicros > 0 ? cpuMicros : null);
            }
            lines.add(new LineChart.Line(about(model), values));
        }
        return LineChart.of(frame, places, lines);
    }

    private boolean hasRow(String name) {
        return result.models().stream().anyMatch(model -> numbers(model, name) != null);
    }
}
