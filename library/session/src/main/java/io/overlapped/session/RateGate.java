package io.overlapped.session;

/**
 * What a session may still send us: two buckets of tokens, one for frames and one for bytes, that
 * fill as time passes. The frame that empties a bucket is still taken; the debt is paid by waiting.
 *
 * <p>Threads: one.
 */
final class RateGate {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double LOOK_SECONDS = 2 * Wheel.TICK_NANOS / NANOS_PER_SECOND;
    private static final long STRIKE_NANOS = 1_000_000_000;
    private static final long STRIKES_FORGOTTEN_NANOS = 30_000_000_000L;

    private final Limits.Input limits;
    private double frames;
    private double bytes;
    private long filledNanos;
    private boolean closed;

    private int strikes;
    private long firstStrikeNanos;
    private long lastStrikeNanos;

    RateGate(Limits.Input limits, long nowNanos) {
        this.limits = limits;
        frames = limits.framesBurst();
        bytes = limits.bytesPerSecond();
        filledNanos = nowNanos;
    }

    /** Whether another frame may be taken now. */
    boolean isOpen(long nowNanos) {
        if (nowNanos != filledNanos) {
            fill(nowNanos);
        }
        closed = frames < 1 || bytes <= 0;
        return !closed;
    }

    private void fill(long nowNanos) {
        double seconds = (nowNanos - filledNanos) / NANOS_PER_SECOND;
        filledNanos = nowNanos;
        frames = Math.min(framesMost(), frames + seconds * limits.framesPerSecond());
        bytes = Math.min(limits.bytesPerSecond(), bytes + seconds * limits.bytesPerSecond());
    }

    /** What had to wait is no burst: at the next look as much of it is taken as the rate allows. */
    private double framesMost() {
        double between = closed ? LOOK_SECONDS * limits.framesPerSecond() : 0;
        return Math.max(limits.framesBurst(), between);
    }

    /** A frame was taken. */
    void charge(int frameBytes) {
        frames -= 1;
        bytes -= frameBytes;
    }

    /** It is closed although more has come. Whether that happened too often. */
    boolean strike(long nowNanos) {
        if (strikes > 0 && nowNanos - firstStrikeNanos > STRIKES_FORGOTTEN_NANOS) {
            strikes = 0;
        }
        if (strikes > 0 && nowNanos - lastStrikeNanos < STRIKE_NANOS) {
            return false;
        }
        if (strikes++ == 0) {
            firstStrikeNanos = nowNanos;
        }
        lastStrikeNanos = nowNanos;
        return strikes > limits.strikesMax();
    }
}
