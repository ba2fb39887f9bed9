package io.overlapped.sim;

import org.jspecify.annotations.Nullable;

/**
 * Something happened in a simulated world that must never happen. The message tells the seed, with
 * which it happens again.
 */
public final class SimulationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long seed;

    SimulationException(long seed, String what, @Nullable Throwable cause) {
        super("seed " + seed + ": " + what, cause);
        this.seed = seed;
    }

    /** The seed with which it happens again. */
    public long seed() {
        return seed;
    }
}
