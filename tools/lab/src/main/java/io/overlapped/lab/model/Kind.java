package io.overlapped.lab.model;

import java.util.Locale;

/**
 * How a model learns that there is something to do.
 *
 * <p>Threads: a value.
 */
public enum Kind {
    /** It is not told: it asks. */
    POLLING,
    /** It is not told: its call returns when there are bytes, and its thread waits until then. */
    BLOCKING,
    /** It is told that it may read, and then reads; see {@link ReactorShape}. */
    REACTOR,
    /** It has a read started, and is told that it has been read; see {@link ProactorShape}. */
    PROACTOR;

    /** Its name in lower case: {@code polling}, {@code blocking}, {@code reactor}, … */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
