package io.overlapped.lab.report;

import io.overlapped.lab.model.About.Text;
import java.util.Locale;

/** Text that is safe in a page, and numbers that a person reads. */
final class Markup {
    private static final double THOUSAND = 1000;
    private static final double TEN = 10;

    private Markup() {}

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** The text in both languages, of which the page shows one. */
    static String both(Text text) {
        return "<span lang=\"en\">%s</span><span lang=\"ko\">%s</span>"
                .formatted(escaped(text.english()), escaped(text.korean()));
    }

    /** Three digits or so, and separators in large numbers. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size >= THOUSAND) {
            return String.format(Locale.ROOT, "%,.0f", value);
        } else if (size >= TEN * TEN || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size >= TEN ? "%.1f" : "%.2f", value);
    }

    /** A coordinate. */
    static String at(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
