package io.overlapped.nio;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What comes in from any thread on its way to the one that drives, and that thread's wait for it.
 * Any thread adds to a stack, which is taken whole and turned round, so that what one thread adds
 * keeps its order.
 *
 * <p>Threads: {@link #add} and {@link #wake} from any; the rest from the one that drives.
 */
final class Arrivals {
    private final AtomicReference<@Nullable Arrival> newest = new AtomicReference<>();
    private final AtomicReference<@Nullable Thread> parked = new AtomicReference<>();
    private volatile boolean woken;

    /** Taken, the oldest first. */
    private @Nullable Arrival taken;

    private long wakeups;

    /** Each only once at a time. */
    void add(Arrival arrival) {
        Arrival before;
        do {
            before = newest.get();
            arrival.next = before;
        } while (!newest.compareAndSet(before, arrival));
        unpark();
    }

    /** Makes the present or else the next {@link #await} return at once. */
    void wake() {
        woken = true;
        unpark();
    }

    /**
     * Waits for an arrival or a wake, at most {@code timeoutNanos}. An interrupt does not end it,
     * as it would not end a wait in the kernel; it is kept for whom it was meant.
     */
    void await(long timeoutNanos) {
        if (timeoutNanos > 0 && isEmpty() && !woken) {
            boolean interrupted = park(timeoutNanos);
            wakeups++;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        woken = false;
    }

    /** Delivers those there are. */
    void deliver() {
        for (Arrival next = poll(); next != null; next = poll()) {
            next.arrived();
        }
    }

    /** How often a wait has ended. */
    long wakeups() {
        return wakeups;
    }

    private boolean isEmpty() {
        return taken == null && newest.get() == null;
    }

    private @Nullable Arrival poll() {
        if (taken == null) {
            if (newest.get() == null) {
                return null;
            }
            takeAll();
        }
        Arrival first = taken;
        if (first != null) {
            taken = first.next;
            first.next = null;
        }
        return first;
    }

    private void takeAll() {
        Arrival rest = newest.getAndSet(null);
        Arrival first = null;
        while (rest != null) {
            Arrival after = rest.next;
            rest.next = first;
            first = rest;
            rest = after;
        }
        taken = first;
    }

    private boolean park(long timeoutNanos) {
        boolean interrupted = false;
        boolean limited = timeoutNanos != Long.MAX_VALUE;
        long start = limited ? System.nanoTime() : 0;
        long left = timeoutNanos;
        Thread current = Thread.currentThread();
        // Set before the stack is looked at, so that what is added after the look unparks.
        parked.set(current);
        while (isEmpty() && !woken && left > 0) {
            if (limited) {
                LockSupport.parkNanos(this, left);
                left = timeoutNanos - (System.nanoTime() - start);
            } else {
                LockSupport.park(this);
            }
            interrupted |= Thread.interrupted();
            parked.set(current);
        }
        parked.set(null);
        return interrupted;
    }

    private void unpark() {
        Thread waits = parked.get();
        if (waits != null && parked.compareAndSet(waits, null)) {
            LockSupport.unpark(waits);
        }
    }
}
