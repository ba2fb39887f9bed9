package io.overlapped.lab.report;

import java.util.List;

/** Two values a model, on a logarithmic scale: a ring before, a disc after. */
final class PairChart {
    private static final double MARGIN = 8;
    private static final int MIDDLE = 12;

    private PairChart() {}

    static String of(Frame frame, String title, List<Bar> bars) {
        double min = Double.MAX_VALUE;
        double max = 0;
        for (Bar bar : bars) {
            for (Double value : new Double[] {bar.before(), bar.value()}) {
                if (value != null && value > 0) {
                    min = Math.min(min, value);
                    max = Math.max(max, value);
                }
            }
        }
        Scale scale = new Scale(min, max, Frame.NAMES + MARGIN, Frame.NAMES + Frame.PLOT - MARGIN);
        int bottom = Frame.TOP + bars.size() * Frame.LINE;
        StringBuilder svg = new StringBuilder(Frame.open(bottom + 24, title));
        for (double tick : scale.ticks()) {
            svg.append(
                    "<line x1=\"%1$s\" x2=\"%1$s\" y1=\"%2$d\" y2=\"%3$d\" class=\"grid\"/><text x=\"%1$s\" y=\"%4$d\" text-anchor=\"middle\" class=\"tick\">%5$s</text>%n"
                            .formatted(
                                    Markup.at(scale.at(tick)),
                                    Frame.TOP,
                                    bottom,
                                    bottom + 16,
                                    Markup.number(tick)));
        }
        for (int i = 0; i < bars.size(); i++) {
            svg.append(frame.name(bars.get(i).model(), i)).append(line(scale, bars.get(i), i));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String line(Scale scale, Bar bar, int index) {
        Double before = bar.before();
        Double after = bar.value();
        if (before == null || after == null) {
            return Frame.reason(index, bar.label());
        }
        return "<g class=\"%5$s\"><line x1=\"%1$s\" x2=\"%2$s\" y1=\"%3$d\" y2=\"%3$d\" class=\"link\"/><circle cx=\"%1$s\" cy=\"%3$d\" r=\"5\" class=\"before\"/><circle cx=\"%2$s\" cy=\"%3$d\" r=\"5\"/></g>%n%4$s"
                .formatted(
                        Markup.at(scale.at(before)),
                        Markup.at(scale.at(after)),
                        Frame.TOP + index * Frame.LINE + MIDDLE,
                        Frame.label(Frame.NAMES + Frame.PLOT + MARGIN, index, bar.label()),
                        bar.model().kind().label());
    }
}
