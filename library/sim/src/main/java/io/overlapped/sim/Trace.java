package io.overlapped.sim;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Everything that happens, folded into one number, and written out for whoever wants to read. */
final class Trace {
    private static final long NANOS_PER_MICRO = 1000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private long hash;
    private @Nullable Consumer<String> reader;

    Trace(long seed) {
        hash = SimRandom.mixed(seed);
    }

    long hash() {
        return hash;
    }

    void readBy(Consumer<String> lines) {
        reader = lines;
    }

    boolean isRead() {
        return reader != null;
    }

    void fold(long what) {
        hash = SimRandom.mixed(hash ^ what) + what;
    }

    void line(long nanos, String who, String what) {
        Consumer<String> lines = reader;
        if (lines != null) {
            long micros = nanos / NANOS_PER_MICRO;
            lines.accept(
                    "%5d.%06d s  %-10s  %s"
                            .formatted(
                                    micros / MICROS_PER_SECOND,
                                    micros % MICROS_PER_SECOND,
                                    who,
                                    what));
        }
    }
}
