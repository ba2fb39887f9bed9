package io.overlapped.simulate;

import java.util.random.RandomGenerator;

/** Texts that are said: a number, and something of any length behind it. */
final class Talk {
    private static final String FILLER =
            "All work and no play makes a dull simulation, 그래도 재미있다. ".repeat(40);
    private static final int SHORT_MAX = 60;
    private static final int LONG_MAX = 1200;
    private static final int LONG_ONE_IN = 32;

    private Talk() {}

    static String text(int number, RandomGenerator random) {
        boolean isLong = random.nextInt(LONG_ONE_IN) == 0;
        int length = random.nextInt(isLong ? LONG_MAX : SHORT_MAX);
        return number + " " + FILLER.substring(0, length);
    }

    /** The number a text begins with; −1 if it begins with none. */
    static int number(String text) {
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ') {
                return number;
            }
            if (c < '0' || c > '9') {
                return -1;
            }
            number = 10 * number + (c - '0');
        }
        return -1;
    }
}
