package io.overlapped.bench;

import java.util.Arrays;

/** The referee's arithmetic. */
public final class Figures {
    /** A process that uses more of its core than this has no more to give. */
    static final double BUSY = 0.95;

    /** An open loop of which more was sent late than this says more of the load than the server. */
    static final double LATE = 0.01;

    /** Something else runs when the load generator waits for its core for more than this. */
    static final double DISTURBED = 0.1;

    private Figures() {}

    /** The middle one, or the mean of the middle two; NaN of none. */
    public static double median(double... values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** How much of {@code reference} a value is; NaN if there is nothing to compare. */
    public static double ratio(double value, double reference) {
        return reference > 0 ? value / reference : Double.NaN;
    }

    /** A number with three significant digits, or {@code –}. */
    public static String brief(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        if (size >= 100) {
            return "%,.0f".formatted(value);
        }
        return (size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f").formatted(value);
    }
}
