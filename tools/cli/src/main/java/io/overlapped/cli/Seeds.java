package io.overlapped.cli;

import java.util.function.Function;

/** A range of seeds: {@code 100} for 1 to 100, {@code 5..9} for 5 to 9. */
record Seeds(long from, long to) {
    private static final String DOTS = "..";

    /**
     * @param wrong makes what is thrown when the text is no range
     */
    static Seeds of(String text, Function<String, ? extends RuntimeException> wrong) {
        int dots = text.indexOf(DOTS);
        long from;
        long to;
        try {
            from = dots < 0 ? 1 : Long.parseLong(text.substring(0, dots));
            to = Long.parseLong(dots < 0 ? text : text.substring(dots + DOTS.length()));
        } catch (NumberFormatException e) {
            throw wrong.apply(
                    "'" + text + "' are no seeds: write how many, or the first and the last, 5..9");
        }
        if (from > to) {
            throw wrong.apply("the seeds " + text + " are none: the smaller one comes first");
        }
        return new Seeds(from, to);
    }
}
