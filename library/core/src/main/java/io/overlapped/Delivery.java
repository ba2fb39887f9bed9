package io.overlapped;

import io.overlapped.spi.Probe;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Completed operations on their way to whoever is to know. They are collected first and delivered
 * after, so that a routine runs neither inside the driver nor on top of another.
 */
final class Delivery {
    private final Probe probe;
    private final OpQueue ready = new OpQueue();
    private boolean delivering;
    private @Nullable Overlapped delivered;
    private long count;

    Delivery(Probe probe) {
        this.probe = probe;
    }

    boolean isEmpty() {
        return ready.isEmpty();
    }

    boolean isUnderWay() {
        return delivering;
    }

    /** How many have been delivered. */
    long count() {
        return count;
    }

    /** The operation whose routine threw, after {@link #deliver} has thrown. */
    @Nullable Overlapped last() {
        return delivered;
    }

    void add(Overlapped o, int result) {
        o.finish(result);
        o.place = Overlapped.Place.READY;
        ready.add(o);
    }

    /**
     * Delivers what was ready when it began, so that a routine that keeps posting cannot keep the
     * driver waiting. Returns how many.
     */
    int deliver() {
        Overlapped last = ready.last();
        if (last == null) {
            return 0;
        }
        long before = count;
        delivering = true;
        try {
            do {
                Overlapped o = Objects.requireNonNull(ready.poll());
                delivered = o;
                count++;
                o.deliver(probe);
            } while (delivered != last);
        } finally {
            delivering = false;
        }
        delivered = null;
        return (int) (count - before);
    }
}
