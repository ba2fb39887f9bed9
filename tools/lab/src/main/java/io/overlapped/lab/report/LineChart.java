package io.overlapped.lab.report;

import io.overlapped.lab.model.About;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line a model over the number of connections, both on logarithmic scales. */
final class LineChart {
    private static final int HEIGHT = 460;
    private static final int LEFT = 60;
    private static final int BOTTOM = HEIGHT - 30;
    private static final int WIDTH = 860;
    private static final int TOP = 8;
    private static final int RIGHT = WIDTH - 150;
    private static final int NAME_STEP = 15;

    /**
     * One model's line.
     *
     * @param values one a place on the horizontal axis; null where it has none
     */
    record Line(About model, List<@Nullable Double> values) {
        int last() {
            int last = values.size() - 1;
            while (last >= 0 && values.get(last) == null) {
                last--;
            }
            return last;
        }
    }

    private final Frame frame;
    private final int[] places;
    private final List<Line> lines;
    private final Scale across;
    private final Scale up;

    private LineChart(Frame frame, int[] places, List<Line> lines) {
        this.frame = frame;
        this.places = places;
        this.lines = lines;
        double min = Double.MAX_VALUE;
        double max = 0;
        for (Line line : lines) {
            for (Double value : line.values()) {
                if (value != null && value > 0) {
                    min = Math.min(min, value);
                    max = Math.max(max, value);
                }
            }
        }
        across = new Scale(places[0], places[places.length - 1], LEFT, RIGHT);
        up = new Scale(min, max, BOTTOM, TOP + NAME_STEP);
    }

    static String of(Frame frame, int[] places, List<Line> lines) {
        return new LineChart(frame, places, lines).svg();
    }

    private String svg() {
        StringBuilder svg =
                new StringBuilder(
                        "<div class=\"chart scroll\"><svg viewBox=\"0 0 %d %d\" class=\"wide\">%n"
                                .formatted(WIDTH, HEIGHT));
        for (double tick : up.ticks()) {
            svg.append(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%3$s\" y2=\"%3$s\" class=\"grid\"/><text x=\"%4$d\" y=\"%3$s\" dy=\"4\" text-anchor=\"end\" class=\"tick\">%5$s</text>%n"
                            .formatted(
                                    LEFT,
                                    RIGHT,
                                    Markup.at(up.at(tick)),
                                    LEFT - 6,
                                    Markup.number(tick)));
        }
        for (int place : places) {
            svg.append(
                    "<text x=\"%s\" y=\"%d\" text-anchor=\"middle\" class=\"tick\">%s</text>%n"
                            .formatted(
                                    Markup.at(across.at(place)),
                                    BOTTOM + 20,
                                    Markup.number(place)));
        }
        lines.forEach(line -> svg.append(path(line)));
        return svg.append(names()).append("</svg></div>\n").toString();
    }

    private String path(Line line) {
        StringBuilder path = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        for (int i = 0; i < places.length; i++) {
            Double value = line.values().get(i);
            if (value != null) {
                String x = Markup.at(across.at(places[i]));
                String y = Markup.at(up.at(value));
                path.append(path.isEmpty() ? "M" : "L").append(x).append(' ').append(y);
                dots.append("<circle cx=\"%s\" cy=\"%s\" r=\"3\"/>".formatted(x, y));
            }
        }
        return "<g class=\"%s\"><path d=\"%s\" class=\"line\"/>%s</g>%n"
                .formatted(line.model().kind().label(), path, dots);
    }

    /** Each name beside the end of its line, none upon another. */
    private String names() {
        List<Line> ordered = new ArrayList<>(lines.stream().filter(l -> l.last() >= 0).toList());
        ordered.sort(Comparator.comparingDouble(this::endOf));
        double[] heights = new double[ordered.size()];
        double above = TOP;
        for (int i = 0; i < heights.length; i++) {
            heights[i] = Math.max(endOf(ordered.get(i)) + 4, above + NAME_STEP);
            above = heights[i];
        }
        double below = BOTTOM + NAME_STEP;
        for (int i = heights.length - 1; i >= 0; i--) {
            heights[i] = Math.min(heights[i], below);
            below = heights[i] - NAME_STEP;
        }
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < heights.length; i++) {
            Line line = ordered.get(i);
            boolean whole = line.last() == places.length - 1;
            double x = whole ? RIGHT + 10 : across.at(places[line.last()]) + 10;
            names.append(frame.name(line.model(), x, heights[i]));
        }
        return names.toString();
    }

    private double endOf(Line line) {
        Double value = line.values().get(line.last());
        return up.at(value == null ? 0 : value);
    }
}
