package io.overlapped.simulate;

import org.jspecify.annotations.Nullable;

/**
 * Whether something has happened that must never happen. The first thing counts, as the others may
 * follow from it. Recorded and not thrown, as servers catch what their handlers throw.
 *
 * <p>Threads: the world's only one.
 */
public final class Verdict {
    private @Nullable String violation;

    Verdict() {}

    /** Something that must never happen has happened. */
    public void violated(String what) {
        if (violation == null) {
            violation = what;
        }
    }

    public boolean isViolated() {
        return violation != null;
    }

    /** What happened; null if nothing did. */
    public @Nullable String violation() {
        return violation;
    }
}
