package io.overlapped.lab.report;

import java.util.ArrayList;
import java.util.List;

/** A logarithmic scale between two coordinates. */
final class Scale {
    private static final double TEN = 10;

    private final double low;
    private final double high;
    private final double from;
    private final double to;

    Scale(double min, double max, double from, double to) {
        double least = min > max ? 1 : min;
        low = Math.log10(least) - 0.05;
        high = Math.max(low + 1, Math.log10(Math.max(least, max)) + 0.05);
        this.from = from;
        this.to = to;
    }

    double at(double value) {
        double log = Math.clamp(value <= 0 ? low : Math.log10(value), low, high);
        return from + (to - from) * (log - low) / (high - low);
    }

    /** The powers of ten that lie on it. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (int power = (int) Math.ceil(low); power <= high; power++) {
            ticks.add(Math.pow(TEN, power));
        }
        return ticks;
    }
}
