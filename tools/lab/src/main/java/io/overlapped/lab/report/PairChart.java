package io.overlapped.lab.report;

import java.util.List;

/** Two values a model, on a logarithmic scale: a ring before, a disc after. */
final class PairChart {
    private static final double MARGIN = 2;

    private PairChart() {}

    static String of(Frame frame, List<Bar> bars) {
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
        Scale scale = new Scale(min, max, MARGIN, Frame.PERCENT - MARGIN);
        StringBuilder grid = new StringBuilder();
        StringBuilder ticks = new StringBuilder();
        for (double tick : scale.ticks()) {
            String x = Markup.at(scale.at(tick));
            grid.append(
                    "<line x1=\"%1$s%%\" x2=\"%1$s%%\" y1=\"0\" y2=\"22\" class=\"grid\"/>"
                            .formatted(x));
            ticks.append(
                    "<text x=\"%s%%\" y=\"14\" text-anchor=\"middle\" class=\"tick\">%s</text>"
                            .formatted(x, Markup.number(tick)));
        }
        StringBuilder chart = new StringBuilder(Frame.OPEN);
        for (Bar bar : bars) {
            Double before = bar.before();
            Double after = bar.value();
            chart.append(
                    before == null || after == null
                            ? frame.reason(bar)
                            : frame.line(bar, grid + drawn(scale, before, after)));
        }
        return chart.append(Frame.axis(ticks.toString())).append(Frame.CLOSE).toString();
    }

    private static String drawn(Scale scale, double before, double after) {
        return "<line x1=\"%1$s%%\" x2=\"%2$s%%\" y1=\"11\" y2=\"11\" class=\"link\"/><circle cx=\"%1$s%%\" cy=\"11\" r=\"5\" class=\"before\"/><circle cx=\"%2$s%%\" cy=\"11\" r=\"5\"/>"
                .formatted(Markup.at(scale.at(before)), Markup.at(scale.at(after)));
    }
}
