package io.overlapped;

import io.overlapped.spi.Probe;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Completed operations on their way to whoever is to know. They are collected first and delivered
 * after, so that a routine runs neither inside the driver nor on top of another.
 */
final class Delivery {
    private final Probe probe;
    private final Counters counters;
    private final Observation observation;
    private final OpQueue ready = new OpQueue();
    private boolean delivering;
    private @Nullable Overlapped delivered;
    private long count;

    Delivery(Probe probe, Counters counters, Observation observation) {
        this.probe = probe;
        this.counters = counters;
        this.observation = observation;
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
        counters.completed(o);
        if (observation.on) {
            observation.completed(o);
        }
    }

    void forEach(Consumer<Overlapped> action) {
        ready.forEach(action);
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
                if (observation.on) {
                    observation.deliver(o, probe);
                } else {
                    o.deliver(probe);
                }
            } while (delivered != last);
        } finally {
            delivering = false;
        }
        delivered = null;
        int deliveredNow = (int) (count - before);
        counters.delivered(deliveredNow);
        return deliveredNow;
    }
}
