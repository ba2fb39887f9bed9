package io.overlapped.lab.report;

import java.util.List;

/** One bar a model, from zero. */
final class BarChart {
    private static final double LEAST = 0.3;

    private BarChart() {}

    static String of(Frame frame, List<Bar> bars) {
        double max = 0;
        for (Bar bar : bars) {
            max = Math.max(max, bar.value() == null ? 0 : bar.value());
        }
        StringBuilder chart = new StringBuilder(Frame.OPEN);
        for (Bar bar : bars) {
            Double value = bar.value();
            if (value == null) {
                chart.append(frame.reason(bar));
                continue;
            }
            double width = max == 0 ? LEAST : Math.max(LEAST, Frame.PERCENT * value / max);
            String drawn =
                    "<rect y=\"4\" width=\"%s%%\" height=\"14\" rx=\"2\"/>"
                            .formatted(Markup.at(width));
            chart.append(frame.line(bar, drawn));
        }
        return chart.append(Frame.CLOSE).toString();
    }
}
