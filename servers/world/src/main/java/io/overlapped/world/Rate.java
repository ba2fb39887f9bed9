package io.overlapped.world;

/** So many at once and so many a second in the long run: a bucket of tokens. */
final class Rate {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final long burst;
    private final long perSecond;
    private long tokens;
    private long filledNanos;

    Rate(long burst, long perSecond, long nowNanos) {
        this.burst = burst;
        this.perSecond = perSecond;
        tokens = burst;
        filledNanos = nowNanos;
    }

    /** Whether so many more are allowed; takes them if so. */
    boolean take(long count, long nowNanos) {
        long elapsedNanos = nowNanos - filledNanos;
        if (elapsedNanos >= SECOND_NANOS * burst / perSecond) {
            tokens = burst;
            filledNanos = nowNanos;
        } else {
            long more = elapsedNanos * perSecond / SECOND_NANOS;
            if (more > 0) {
                // Only the time that made whole tokens is used up.
                tokens = Math.min(burst, tokens + more);
                filledNanos += more * SECOND_NANOS / perSecond;
            }
        }
        if (count > tokens) {
            return false;
        }
        tokens -= count;
        return true;
    }
}
