package io.overlapped.lab.report;

import java.util.List;

/** One bar a model, from zero. */
final class BarChart {
    private static final int THICKNESS = 16;

    private BarChart() {}

    static String of(Frame frame, String title, List<Bar> bars) {
        double max = 0;
        for (Bar bar : bars) {
            max = Math.max(max, bar.value() == null ? 0 : bar.value());
        }
        StringBuilder svg =
                new StringBuilder(Frame.open(2 * Frame.TOP + bars.size() * Frame.LINE, title));
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            svg.append(frame.name(bar.model(), i));
            Double value = bar.value();
            if (value == null) {
                svg.append(Frame.reason(i, bar.label()));
                continue;
            }
            double width = max == 0 ? 1 : Math.max(1, Frame.PLOT * value / max);
            svg.append(
                    "<rect x=\"%d\" y=\"%d\" width=\"%s\" height=\"%d\" rx=\"2\" class=\"%s\"/>%n"
                            .formatted(
                                    Frame.NAMES,
                                    Frame.TOP + i * Frame.LINE + 4,
                                    Markup.at(width),
                                    THICKNESS,
                                    bar.model().kind().label()));
            svg.append(Frame.label(Frame.NAMES + width + 8, i, bar.label()));
        }
        return svg.append("</svg>\n").toString();
    }
}
