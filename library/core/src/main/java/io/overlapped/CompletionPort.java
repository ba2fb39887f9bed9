package io.overlapped;

import io.overlapped.spi.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A queue of completions that any number of threads take from, as an I/O completion port is.
 *
 * <p>It cannot overflow: an {@link Overlapped} waits in it once at most, linked through itself.
 * Completions leave in the order in which they came. A thread that owns a proactor which feeds this
 * port drives that proactor while it waits here, so one worker needs no other thread; a worker
 * thread without a proactor parks, and each completion costs it a hand-over.
 *
 * <p>Threads: any.
 */
public final class CompletionPort implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final OpQueue queue = new OpQueue();
    private int waiting;
    private boolean closed;
    private volatile Proactor[] feeders = {};

    public CompletionPort() {}

    /**
     * The next completion, waiting for one.
     *
     * @return null once the port is closed and empty
     */
    public @Nullable Overlapped dequeue() {
        return take(Long.MAX_VALUE);
    }

    /**
     * The next completion, waiting at most {@code timeout} for one.
     *
     * @return null when the time is over, or once the port is closed and empty
     */
    public @Nullable Overlapped dequeue(Duration timeout) {
        return take(Waiters.nanos(timeout));
    }

    /**
     * Takes as many completions as there are and fit, waiting at most {@code timeout} for the
     * first.
     *
     * @return how many; 0 when the time is over, or once the port is closed and empty
     */
    public int dequeue(Overlapped[] into, Duration timeout) {
        if (into.length == 0) {
            throw new IllegalArgumentException("there is no room for a completion");
        }
        Overlapped first = take(Waiters.nanos(timeout));
        if (first == null) {
            return 0;
        }
        into[0] = first;
        int count = 1;
        lock.lock();
        try {
            for (; count < into.length; count++) {
                Overlapped o = queue.poll();
                if (o == null) {
                    break;
                }
                into[count] = o;
                o.dequeued();
            }
        } finally {
            lock.unlock();
        }
        return count;
    }

    /**
     * Queues a completion of the caller's own, with {@link Operation#POST}.
     *
     * @param overlapped one that was made with this port and is not pending
     * @throws IllegalStateException if the port is closed
     */
    public void post(Overlapped overlapped) {
        if (overlapped.port() != this) {
            throw new IllegalArgumentException("the operation was not made with this port");
        }
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the port is closed");
            }
            // Under the lock, so that whoever finds the port closed and empty has missed nothing.
            overlapped.begin(Operation.POST, null, null);
            overlapped.deliver(Probe.NONE);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Wakes everyone who waits here. Completions that are here may still be taken, and those of
     * operations in flight still arrive.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        for (Proactor feeder : feeders) {
            feeder.wakeUnlessOwner();
        }
    }

    void enqueue(Overlapped o) {
        lock.lock();
        try {
            queue.add(o);
            if (waiting > 0) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
        for (Proactor feeder : feeders) {
            feeder.wakeUnlessOwner();
        }
    }

    /** Those of {@code proactor} that nobody has dequeued. */
    void forEachOf(Proactor proactor, Consumer<Overlapped> action) {
        lock.lock();
        try {
            queue.forEach(
                    o -> {
                        if (o.proactor == proactor) {
                            action.accept(o);
                        }
                    });
        } finally {
            lock.unlock();
        }
    }

    /** Remembers that {@code proactor} feeds this port. */
    void fedBy(Proactor proactor) {
        for (Proactor feeder : feeders) {
            if (feeder == proactor) {
                return;
            }
        }
        lock.lock();
        try {
            if (List.of(feeders).contains(proactor)) {
                return;
            }
            Proactor[] more = Arrays.copyOf(feeders, feeders.length + 1);
            more[feeders.length] = proactor;
            feeders = more;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets {@code proactor}, which is closed. */
    void notFedBy(Proactor proactor) {
        lock.lock();
        try {
            List<Proactor> rest = new ArrayList<>(List.of(feeders));
            rest.remove(proactor);
            feeders = rest.toArray(new Proactor[0]);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Overlapped take(long timeoutNanos) {
        for (Proactor feeder : feeders) {
            if (feeder.isOwner()) {
                return takeDriving(feeder, timeoutNanos);
            }
        }
        return takeWaiting(timeoutNanos);
    }

    private @Nullable Overlapped takeDriving(Proactor proactor, long timeoutNanos) {
        long start = proactor.nanoTime();
        while (true) {
            Overlapped o = takeNow();
            if (o != null || isOver()) {
                return o;
            }
            long left = timeoutNanos;
            if (timeoutNanos != Long.MAX_VALUE) {
                left = timeoutNanos - (proactor.nanoTime() - start);
                if (left <= 0) {
                    proactor.pass(0);
                    return takeNow();
                }
            }
            proactor.pass(left);
        }
    }

    private @Nullable Overlapped takeWaiting(long timeoutNanos) {
        lock.lock();
        try {
            long left = timeoutNanos;
            waiting++;
            try {
                while (queue.isEmpty() && !closed && left > 0) {
                    if (timeoutNanos == Long.MAX_VALUE) {
                        changed.awaitUninterruptibly();
                    } else {
                        left = awaitNanos(left);
                    }
                }
            } finally {
                waiting--;
            }
            return pollLocked();
        } finally {
            lock.unlock();
        }
    }

    /** Waits; an interrupt does not end the wait early for good, and stays set. */
    @SuppressWarnings("WaitNotInLoop") // its caller loops
    private long awaitNanos(long nanos) {
        long start = System.nanoTime();
        boolean interrupted = Thread.interrupted();
        try {
            return changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            interrupted = true;
            return nanos - (System.nanoTime() - start);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isOver() {
        lock.lock();
        try {
            return closed && queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Overlapped takeNow() {
        lock.lock();
        try {
            return pollLocked();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Overlapped pollLocked() {
        Overlapped o = queue.poll();
        if (o != null) {
            o.dequeued();
        }
        return o;
    }
}
