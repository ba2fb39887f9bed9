package io.overlapped.nio;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The channel group's thread pool, which is no pool: it keeps the completion handlers it is given
 * until the driver's own thread runs them. So all state of the driver belongs to one thread.
 *
 * <p>Threads: {@link #execute} and {@link #wake} from any thread; the rest from the thread that
 * made it.
 */
final class HandlerQueue extends AbstractExecutorService {
    private final Thread owner = Thread.currentThread();
    private final ConcurrentLinkedQueue<Runnable> handlers = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean parked = new AtomicBoolean();
    private volatile boolean woken;
    private volatile boolean shutdown;
    private volatile @Nullable Thread poller;
    private long wakeups;

    @Override
    @SuppressWarnings("ReferenceEquality") // a thread is itself alone
    public void execute(Runnable handler) {
        handlers.add(handler);
        Thread current = Thread.currentThread();
        if (current != owner) {
            if (poller == null) {
                poller = current;
            }
            unparkOwner();
        }
    }

    /** Makes the present or else the next {@link #await} return at once. */
    void wake() {
        woken = true;
        unparkOwner();
    }

    /**
     * Waits for a handler or a wake, at most {@code timeoutNanos}. An interrupt does not end it, as
     * it would not end a wait in the kernel; it is kept for whom it was meant.
     */
    void await(long timeoutNanos) {
        if (timeoutNanos > 0 && handlers.isEmpty() && !woken) {
            boolean interrupted = park(timeoutNanos);
            wakeups++;
            if (interrupted) {
                owner.interrupt();
            }
        }
        woken = false;
    }

    /** Runs the handlers there are. */
    void runHandlers() {
        boolean interrupted = owner.isInterrupted();
        for (Runnable handler = handlers.poll(); handler != null; handler = handlers.poll()) {
            handler.run();
        }
        if (interrupted) {
            // Each handler's caller clears it.
            owner.interrupt();
        }
    }

    /** How often a wait has ended. */
    long wakeups() {
        return wakeups;
    }

    /** The group's thread that polls, once it has brought a handler. */
    @Nullable Thread poller() {
        return poller;
    }

    private boolean park(long timeoutNanos) {
        boolean interrupted = false;
        boolean limited = timeoutNanos != Long.MAX_VALUE;
        long start = limited ? System.nanoTime() : 0;
        long left = timeoutNanos;
        // Set before the queue is looked at, so that what is added after the look unparks.
        parked.set(true);
        while (handlers.isEmpty() && !woken && left > 0) {
            if (limited) {
                LockSupport.parkNanos(this, left);
                left = timeoutNanos - (System.nanoTime() - start);
            } else {
                LockSupport.park(this);
            }
            interrupted |= Thread.interrupted();
            parked.set(true);
        }
        parked.set(false);
        return interrupted;
    }

    private void unparkOwner() {
        if (parked.get() && parked.compareAndSet(true, false)) {
            LockSupport.unpark(owner);
        }
    }

    /** The group ends it; what is closed meanwhile may still add handlers. */
    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }
}
