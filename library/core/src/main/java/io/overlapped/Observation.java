package io.overlapped;

import io.overlapped.spi.Driver;
import io.overlapped.spi.Probe;

/**
 * Whether anybody watches, and what they are told. It is decided once a pass, so that while nobody
 * does an operation pays for plain fields that are false, and allocates nothing.
 */
final class Observation {
    private final Driver driver;
    private final Counters counters;
    private final boolean timed;
    private final long slowNanos;
    private boolean recording;
    private long overflowCount;

    /**
     * Whether starts and ends are to be told to {@link #submitted}, {@link #completed}, {@link
     * #cancelRequested} and {@link #deliver}. The proactor's thread.
     */
    boolean on;

    /** Whether starts are dated. Any thread; one that sees it late leaves a start undated. */
    boolean dating;

    Observation(Options options, Driver driver, Counters counters) {
        this.driver = driver;
        this.counters = counters;
        timed = options.diagnosis().timed();
        slowNanos = Waiters.nanos(options.diagnosis().slowRoutine());
        refresh();
    }

    /** Looks whether a recording has begun or ended. */
    void refresh() {
        boolean wanted = Events.areWanted();
        if (wanted) {
            lookForOverflow();
        }
        recording = wanted;
        dating = timed || (wanted && Events.needAges());
        on = wanted || slowNanos != Long.MAX_VALUE;
    }

    /** The date of an operation that starts now: odd, so that 0 says that there is none. */
    long date() {
        return dating ? driver.nanoTime() | 1 : 0;
    }

    /** How long ago {@code o} was started, in nanoseconds; −1 if that is not known. */
    long age(Overlapped o) {
        return o.startedNanos == 0 ? -1 : Math.max(0, driver.nanoTime() - o.startedNanos);
    }

    void submitted(Overlapped o) {
        if (recording) {
            Events.submitted(o);
        }
    }

    void completed(Overlapped o) {
        if (recording) {
            Events.completed(o, age(o));
        }
    }

    void cancelRequested(Overlapped o) {
        if (recording) {
            Events.cancelRequested(o, age(o));
        }
    }

    /** Delivers with an eye on the time the routine takes. */
    void deliver(Overlapped o, Probe probe) {
        if (o.routine() == null) {
            o.deliver(probe);
            return;
        }
        RecordedEvents.SlowRoutine event = Events.routineBegins(o);
        long start = driver.nanoTime();
        try {
            o.deliver(probe);
        } finally {
            long nanos = driver.nanoTime() - start;
            counters.routine(nanos, nanos >= slowNanos);
            Events.routineEnds(event);
        }
    }

    private void lookForOverflow() {
        long total = driver.overflowCount();
        if (recording && total != overflowCount) {
            Events.overflowed(total - overflowCount, total);
        }
        overflowCount = total;
    }
}
