package io.overlapped.lab.referee;

import java.util.Locale;

/**
 * What became of a row.
 *
 * <p>Threads: a value.
 */
public enum Outcome {
    /** Measured, and every byte verified. */
    DONE,
    /** The model, or the system it runs on, does not do this; it says why. */
    CANNOT,
    /** Answers were missing when the time was over. */
    LATE,
    /** Bytes came that nobody had sent, or other ones than were sent. */
    WRONG,
    /** Not tried: no time was left, or it is not part of a quick run. */
    LEFT_OUT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
