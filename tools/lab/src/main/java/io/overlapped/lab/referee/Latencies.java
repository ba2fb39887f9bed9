package io.overlapped.lab.referee;

/**
 * Counts durations so that percentiles are right to 1 in 32, from nanoseconds to hours.
 *
 * <p>Threads: one.
 */
final class Latencies {
    private static final int SUB_BITS = 6;
    private static final int SUB = 1 << SUB_BITS;

    private final long[] counts = new long[(Long.SIZE - SUB_BITS) * SUB];
    private long count;
    private long maxNanos;

    void record(long nanos) {
        long value = Math.max(0, nanos);
        counts[index(value)]++;
        count++;
        maxNanos = Math.max(maxNanos, value);
    }

    private static int index(long value) {
        int shift = Math.max(0, Long.SIZE - SUB_BITS - Long.numberOfLeadingZeros(value | 1));
        return shift * SUB + (int) (value >>> shift);
    }

    /** The largest value that is counted at {@code index}. */
    private static long highest(int index) {
        return ((index % SUB + 1L) << (index / SUB)) - 1;
    }

    /** The duration that this share of them did not exceed; 0 if there are none. */
    long percentileNanos(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.min(highest(i), maxNanos);
            }
        }
        return 0;
    }

    long maxNanos() {
        return maxNanos;
    }

    long count() {
        return count;
    }

    void clear() {
        java.util.Arrays.fill(counts, 0);
        count = 0;
        maxNanos = 0;
    }
}
