package io.overlapped;

/** Counts the pauses that accepts make for want of descriptors; logs one line in ten seconds. */
final class AcceptPauses {
    private static final System.Logger LOG = System.getLogger("io.overlapped");
    private static final long LOG_PAUSE_NANOS = 10_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private long count;
    private long loggedNanos;

    long count() {
        return count;
    }

    void add(TcpListener listener, int errno, long pauseNanos, long nowNanos) {
        if (count++ > 0 && nowNanos - loggedNanos < LOG_PAUSE_NANOS) {
            return;
        }
        loggedNanos = nowNanos;
        LOG.log(
                System.Logger.Level.WARNING,
                "accept on {0} pauses {1} ms: {2}; raise the limit (ulimit -n) or close"
                        + " connections",
                listener.address(),
                pauseNanos / NANOS_PER_MILLI,
                Status.of(errno));
    }
}
