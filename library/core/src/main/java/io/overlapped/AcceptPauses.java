package io.overlapped;

/** Counts the pauses that accepts make for want of descriptors; logs one line in ten seconds. */
final class AcceptPauses {
    private static final long LOG_PAUSE_NANOS = 10_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private long count;
    private volatile boolean hasLogged;
    private long silentUntilNanos;

    long count() {
        return count;
    }

    void add(TcpListener listener, int errno, long pauseNanos, long nowNanos) {
        count++;
        if (hasLogged && nowNanos - silentUntilNanos < 0) {
            return;
        }
        silentUntilNanos = nowNanos + LOG_PAUSE_NANOS;
        hasLogged = true;
        Log.warningSoon(
                written -> hasLogged = written,
                "accept on {0} pauses {1} ms: {2}; raise the limit (ulimit -n) or close"
                        + " connections",
                listener.address(),
                pauseNanos / NANOS_PER_MILLI,
                Status.of(errno));
    }
}
