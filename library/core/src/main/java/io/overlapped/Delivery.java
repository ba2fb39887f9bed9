package io.overlapped;

import io.overlapped.spi.Errno;
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
    private final Deadlines deadlines;
    private final RoutineFailures failures;
    private final OpQueue ready = new OpQueue();
    private boolean delivering;
    private @Nullable Overlapped delivered;
    private long count;

    Delivery(
            Probe probe,
            Counters counters,
            Observation observation,
            Deadlines deadlines,
            RoutineFailures failures) {
        this.deadlines = deadlines;
        this.failures = failures;
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
        if (o.deadlineSlot != Deadlines.NOWHERE) {
            deadlines.remove(o);
        }
        o.finish(o.expired && result == -Errno.ECANCELED ? -Errno.ETIME : result);
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
                deliver(o);
            } while (delivered != last);
        } finally {
            delivering = false;
        }
        delivered = null;
        int deliveredNow = (int) (count - before);
        counters.delivered(deliveredNow);
        return deliveredNow;
    }

    private void deliver(Overlapped o) {
        TcpStream stream = o.stream;
        Endpoint endpoint = o.endpoint;
        try {
            if (observation.on) {
                observation.deliver(o, probe);
            } else {
                o.deliver(probe);
            }
        } catch (Throwable e) {
            failures.threw(o, stream, endpoint instanceof TcpListener from ? from : null, e);
        }
    }
}
