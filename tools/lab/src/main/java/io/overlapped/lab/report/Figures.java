package io.overlapped.lab.report;

import io.overlapped.lab.referee.LabResult;
import io.overlapped.lab.referee.ModelResult;
import io.overlapped.lab.referee.Numbers;
import io.overlapped.lab.referee.RowResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Figures of a run by row and model, which the sentences of the page are made from. */
final class Figures {
    /** A figure of a model. */
    record Figure(String model, double value) {
        String text(String unit) {
            return model + " (" + Markup.number(value) + unit + ")";
        }

        String korean(String unit) {
            return model + "(" + Markup.number(value) + unit + ")";
        }
    }

    private static final Comparator<Figure> BY_VALUE = Comparator.comparingDouble(Figure::value);

    private final LabResult result;

    Figures(LabResult result) {
        this.result = result;
    }

    Optional<RowResult> row(String model, String row) {
        return result.models().stream()
                .filter(one -> one.model().equals(model))
                .findFirst()
                .flatMap(one -> one.row(row));
    }

    @Nullable Numbers numbers(String model, String row) {
        return row(model, row).map(RowResult::numbers).orElse(null);
    }

    /** What each model that did the row has there, least first. */
    List<Figure> of(String row, Function<Numbers, ? extends @Nullable Double> figure) {
        List<Figure> figures = new ArrayList<>();
        for (ModelResult model : result.models()) {
            Numbers numbers = model.row(row).map(RowResult::numbers).orElse(null);
            Double value = numbers == null ? null : figure.apply(numbers);
            if (value != null) {
                figures.add(new Figure(model.model(), value));
            }
        }
        figures.sort(BY_VALUE);
        return figures;
    }

    /** How many times as much each has in the second row as in the first, least first. */
    List<Figure> change(String from, String to, Function<Numbers, Double> figure) {
        List<Figure> changes = new ArrayList<>();
        for (ModelResult model : result.models()) {
            Numbers before = numbers(model.model(), from);
            Numbers after = numbers(model.model(), to);
            double divisor = before == null ? 0 : figure.apply(before);
            if (divisor > 0 && after != null) {
                changes.add(new Figure(model.model(), figure.apply(after) / divisor));
            }
        }
        changes.sort(BY_VALUE);
        return changes;
    }

    /** The largest of the rows that only differ in size which two models or more have done. */
    String largest(String otherwise) {
        for (String row : Plots.BY_SIZE) {
            if (of(row, Plots.CPU).size() > 1) {
                return row;
            }
        }
        return otherwise;
    }
}
