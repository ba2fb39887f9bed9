package io.overlapped.lab.report;

import io.overlapped.lab.model.About;
import java.util.function.UnaryOperator;

/** What all charts share: their measures, names that lead to the source, and reasons. */
final class Frame {
    static final int WIDTH = 860;
    static final int NAMES = 150;
    static final int LABELS = 300;
    static final int LINE = 26;
    static final int TOP = 8;
    static final int PLOT = WIDTH - NAMES - LABELS;
    private static final int BASELINE = 17;
    private static final int REASON_MAX = 88;

    private final UnaryOperator<String> link;

    /**
     * @param link from a model's source file to its address in the page
     */
    Frame(UnaryOperator<String> link) {
        this.link = link;
    }

    static String open(int height, String title) {
        return "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n"
                .formatted(WIDTH, height, Markup.escaped(title));
    }

    /** The model's name at the left of line {@code index}. */
    String name(About model, int index) {
        return name(model, NAMES - 10, TOP + index * LINE + BASELINE, "end");
    }

    String name(About model, double x, double y, String anchor) {
        return "<a href=\"%s\"><text x=\"%s\" y=\"%s\" text-anchor=\"%s\" class=\"name %s\">%s</text></a>%n"
                .formatted(
                        Markup.escaped(link.apply(model.source())),
                        Markup.at(x),
                        Markup.at(y),
                        anchor,
                        model.kind().label(),
                        Markup.escaped(model.name()));
    }

    static String label(double x, int index, String text) {
        return "<text x=\"%s\" y=\"%d\" class=\"value\">%s</text>%n"
                .formatted(Markup.at(x), TOP + index * LINE + BASELINE, Markup.escaped(text));
    }

    /** Why the model has no value here. */
    static String reason(int index, String why) {
        String shown = why.length() > REASON_MAX ? why.substring(0, REASON_MAX) + "…" : why;
        return "<text x=\"%d\" y=\"%d\" class=\"reason\">%s<title>%s</title></text>%n"
                .formatted(
                        NAMES,
                        TOP + index * LINE + BASELINE,
                        Markup.escaped(shown),
                        Markup.escaped(why));
    }
}
