package io.overlapped.lab.watch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A step that a watched server has printed.
 *
 * @param nanos since the server's first step
 * @param what its word, such as {@code ready}
 */
record Step(long nanos, String thread, long connection, String what, String detail) {
    private static final Pattern FIELD =
            Pattern.compile("\"(\\w+)\":(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(-?\\d+))");

    /** Reads a line of JSON; empty if it is none of a step. */
    static Optional<Step> parse(String line) {
        long nanos = -1;
        long connection = 0;
        String thread = "";
        String what = "";
        String detail = "";
        Matcher field = FIELD.matcher(line);
        while (line.startsWith("{") && field.find()) {
            String text = field.group(2);
            String value = text == null ? field.group(3) : text.replaceAll("\\\\(.)", "$1");
            switch (field.group(1)) {
                case "nanos" -> nanos = Long.parseLong(value);
                case "connection" -> connection = Long.parseLong(value);
                case "thread" -> thread = value;
                case "step" -> what = value;
                case "detail" -> detail = value;
                default -> {}
            }
        }
        return nanos < 0 || what.isEmpty()
                ? Optional.empty()
                : Optional.of(new Step(nanos, thread, connection, what, detail));
    }

    boolean isLike(Step other) {
        return what.equals(other.what)
                && connection == other.connection
                && detail.equals(other.detail);
    }
}
