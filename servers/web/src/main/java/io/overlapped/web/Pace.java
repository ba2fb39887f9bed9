package io.overlapped.web;

/**
 * How often something may happen: a bucket that fills with time, so that a burst passes.
 *
 * <p>Threads: one at a time.
 */
final class Pace {
    private static final double NANOS_PER_SECOND = 1e9;

    private final int burst;
    private final int perSecond;
    private double tokens;
    private long filledNanos;

    Pace(int burst, int perSecond, long nowNanos) {
        this.burst = burst;
        this.perSecond = perSecond;
        tokens = burst;
        filledNanos = nowNanos;
    }

    /** Whether it may happen now. */
    boolean take(long nowNanos) {
        tokens = Math.min(burst, tokens + (nowNanos - filledNanos) * perSecond / NANOS_PER_SECOND);
        filledNanos = nowNanos;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
