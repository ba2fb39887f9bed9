package io.overlapped.lab.report;

import io.overlapped.lab.model.About;
import java.util.function.UnaryOperator;

/**
 * What all charts share: names that lead to the source, lines, and reasons. A line is a name, a
 * drawing that is as wide as there is room, and a label, which go below each other on a phone.
 */
final class Frame {
    static final double PERCENT = 100;
    static final String OPEN = "<div class=\"chart\">\n";
    static final String CLOSE = "</div>\n";

    private final UnaryOperator<String> link;

    /**
     * @param link from a model's source file to its address in the page
     */
    Frame(UnaryOperator<String> link) {
        this.link = link;
    }

    /** A model's line, with what is drawn in it. */
    String line(Bar bar, String drawn) {
        return "<div class=\"line %s\">%s<svg height=\"22\" aria-hidden=\"true\">%s</svg><span class=\"value\">%s</span></div>%n"
                .formatted(
                        bar.model().kind().label(),
                        name(bar.model()),
                        drawn,
                        Reasons.both(bar.label()));
    }

    /** Why the model has no value here. */
    String reason(Bar bar) {
        return "<div class=\"line %s\">%s<span class=\"reason\">%s</span></div>%n"
                .formatted(
                        bar.model().kind().label(), name(bar.model()), Reasons.both(bar.label()));
    }

    /** The scale below the lines. */
    static String axis(String ticks) {
        return "<div class=\"line axis\"><span></span><svg height=\"18\" aria-hidden=\"true\">%s</svg><span></span></div>%n"
                .formatted(ticks);
    }

    /** The model's name, which leads to its source. */
    String name(About model) {
        return "<a href=\"%s\" class=\"name\">%s</a>"
                .formatted(
                        Markup.escaped(link.apply(model.source())), Markup.escaped(model.name()));
    }

    /** The name in a drawing of its own. */
    String name(About model, double x, double y) {
        return "<a href=\"%s\"><text x=\"%s\" y=\"%s\" class=\"name %s\">%s</text></a>%n"
                .formatted(
                        Markup.escaped(link.apply(model.source())),
                        Markup.at(x),
                        Markup.at(y),
                        model.kind().label(),
                        Markup.escaped(model.name()));
    }
}
