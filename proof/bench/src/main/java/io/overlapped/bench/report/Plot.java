package io.overlapped.bench.report;

import io.overlapped.bench.Figures;
import java.util.List;
import java.util.Locale;

/** Draws bars and lines as SVG. */
final class Plot {
    /**
     * One bar, with a whisker from the least to the greatest measurement.
     *
     * @param style a class of the page's style sheet
     */
    record Bar(String label, double value, double min, double max, String style) {}

    /** A line through points; {@code hue} is its colour, in degrees. */
    record Line(String label, List<Point> points, int hue, boolean isOurs) {}

    /** A point of a line. */
    record Point(double x, double y) {}

    /** How an axis divides its range. */
    enum Scale {
        LINEAR,
        LOG;

        double place(double value, double min, double max) {
            return this == LINEAR || max <= min
                    ? (value - min) / Math.max(max - min, 1e-12)
                    : Math.log(value / min) / Math.log(max / min);
        }
    }

    private static final int WIDTH = 760;
    private static final int LABELS = 170;
    private static final int BAR = 20;
    private static final int HEIGHT = 360;
    private static final int LEFT = 70;
    private static final int LEGEND = 180;
    private static final int BOTTOM = 46;
    private static final int TOP = 12;
    private static final int TICKS = 5;

    private Plot() {}

    static String bars(String title, List<Bar> bars) {
        double most = bars.stream().mapToDouble(Bar::max).max().orElse(1);
        int height = bars.size() * BAR + 8;
        var svg = open(title, WIDTH, height);
        int y = 4;
        for (Bar bar : bars) {
            double scale = (WIDTH - LABELS - 90) / Math.max(most, 1e-12);
            double end = LABELS + bar.value() * scale;
            text(svg, LABELS - 6, y + 14, "end", bar.label());
            add(
                    svg,
                    "<rect class='%s' x='%d' y='%d' width='%.1f' height='%d'/>",
                    bar.style(),
                    LABELS,
                    y + 2,
                    Math.max(bar.value() * scale, 0.5),
                    BAR - 4);
            add(
                    svg,
                    "<line class='spread' x1='%.1f' x2='%.1f' y1='%d' y2='%d'/>",
                    LABELS + bar.min() * scale,
                    LABELS + bar.max() * scale,
                    y + BAR / 2,
                    y + BAR / 2);
            double edge = Math.max(end, LABELS + bar.max() * scale);
            text(svg, edge + 5, y + 14, "start", Figures.brief(bar.value()));
            y += BAR;
        }
        return svg.append("</svg>").toString();
    }

    static String lines(
            String title,
            String xTitle,
            String yTitle,
            Scale xScale,
            Scale yScale,
            List<Line> lines) {
        var frame = new Frame(lines, xScale, yScale);
        var svg = open(title, WIDTH + LEGEND, HEIGHT);
        frame.axes(svg, xTitle, yTitle);
        int y = TOP + 8;
        for (Line line : lines) {
            var points = new StringBuilder();
            for (Point point : line.points()) {
                points.append(
                        String.format(
                                Locale.ROOT, "%.1f,%.1f ", frame.x(point.x()), frame.y(point.y())));
            }
            String colour = "hsl(" + line.hue() + " 70% 45%)";
            String wide = line.isOurs() ? "3" : "1.3";
            add(
                    svg,
                    "<polyline fill='none' stroke='%s' stroke-width='%s' points='%s'/>",
                    colour,
                    wide,
                    points.toString().strip());
            add(
                    svg,
                    "<line x1='%d' x2='%d' y1='%d' y2='%d' stroke='%s' stroke-width='%s'/>",
                    WIDTH + 8,
                    WIDTH + 30,
                    y,
                    y,
                    colour,
                    wide);
            text(svg, WIDTH + 36, y + 4, "start", line.label());
            y += 18;
        }
        return svg.append("</svg>").toString();
    }

    /** Where values lie in a plot of lines. */
    private static final class Frame {
        private final Scale xScale;
        private final Scale yScale;
        private final double xMin;
        private final double xMax;
        private final double yMin;
        private final double yMax;

        Frame(List<Line> lines, Scale xScale, Scale yScale) {
            this.xScale = xScale;
            this.yScale = yScale;
            List<Point> all = lines.stream().flatMap(line -> line.points().stream()).toList();
            xMin = all.stream().mapToDouble(Point::x).min().orElse(1);
            xMax = all.stream().mapToDouble(Point::x).max().orElse(2);
            double least = all.stream().mapToDouble(Point::y).min().orElse(1);
            yMin = yScale == Scale.LOG ? least : 0;
            yMax = all.stream().mapToDouble(Point::y).max().orElse(2);
        }

        double x(double value) {
            return LEFT + xScale.place(value, xMin, xMax) * (WIDTH - LEFT - 10);
        }

        double y(double value) {
            return HEIGHT - BOTTOM - yScale.place(value, yMin, yMax) * (HEIGHT - BOTTOM - TOP);
        }

        void axes(StringBuilder svg, String xTitle, String yTitle) {
            for (int i = 0; i <= TICKS; i++) {
                double x = tick(xScale, xMin, xMax, i);
                double y = tick(yScale, yMin, yMax, i);
                add(
                        svg,
                        "<line class='grid' x1='%.1f' x2='%.1f' y1='%d' y2='%d'/>",
                        x(x),
                        x(x),
                        TOP,
                        HEIGHT - BOTTOM);
                add(
                        svg,
                        "<line class='grid' x1='%d' x2='%d' y1='%.1f' y2='%.1f'/>",
                        LEFT,
                        WIDTH - 10,
                        y(y),
                        y(y));
                text(svg, x(x), HEIGHT - BOTTOM + 16, "middle", Figures.brief(x));
                text(svg, LEFT - 6, y(y) + 4, "end", Figures.brief(y));
            }
            text(svg, (LEFT + WIDTH) / 2.0, HEIGHT - 8, "middle", xTitle);
            add(
                    svg,
                    "<text transform='rotate(-90)' x='%d' y='12' text-anchor='middle'>%s</text>",
                    -(HEIGHT - BOTTOM) / 2,
                    Markup.escape(yTitle));
        }

        private static double tick(Scale scale, double min, double max, int i) {
            double part = (double) i / TICKS;
            return scale == Scale.LINEAR
                    ? min + (max - min) * part
                    : min * Math.pow(max / min, part);
        }
    }

    private static StringBuilder open(String title, int width, int height) {
        var svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' role='img'><title>%s</title>",
                width,
                height,
                Markup.escape(title));
        return svg;
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        add(
                svg,
                "<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>",
                x,
                y,
                anchor,
                Markup.escape(text));
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
