package io.overlapped;

import io.overlapped.spi.Errno;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait for operations: an operation's field holds none, one thread, or a chain of
 * them. A thread may stay listed after it gave up; being woken for nothing does no harm.
 */
final class Waiters {
    /** How long an interrupt may go unnoticed on a proactor's own thread. */
    private static final long LOOK_NANOS = 50_000_000;

    private record Chain(Thread thread, Object rest) {}

    private Waiters() {}

    static long nanos(Duration timeout) {
        if (timeout.isNegative()) {
            return 0;
        }
        try {
            return timeout.toNanos();
        } catch (ArithmeticException tooLong) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * Returns when it has completed. An interrupt cancels it; if that is what it has completed
     * with, this throws, else the interrupt is kept.
     */
    static void awaitInterruptibly(Overlapped o) throws InterruptedException {
        while (o.isPending() && !Thread.currentThread().isInterrupted()) {
            awaitChange(o);
        }
        if (o.isPending()) {
            o.cancel();
            var _ = awaitOne(o, Long.MAX_VALUE);
            if (o.errno() == Errno.ECANCELED && Thread.interrupted()) {
                throw new InterruptedException(
                        "interrupted; its " + o.operation() + " is cancelled");
            }
        }
    }

    /** Waits until it has completed, the thread is interrupted, or for no reason at all. */
    private static void awaitChange(Overlapped o) {
        if (own(o) != null) {
            var _ = awaitOne(o, LOOK_NANOS);
            return;
        }
        enlist(o);
        if (o.isPending()) {
            LockSupport.park(o);
        }
    }

    /** The proactor that this thread has to drive so that {@code o} ends; null if another does. */
    private static @Nullable Proactor own(Overlapped o) {
        Proactor tells = o.proactor;
        Proactor carriesOut = o.startedOn();
        if (tells == null || carriesOut == null) {
            throw new IllegalStateException("it was never started");
        }
        if (tells != carriesOut && tells.isOwner() && carriesOut.isOwner()) {
            throw new IllegalStateException(
                    "this thread drives the listener's proactor and the stream's; it cannot wait in"
                            + " both, poll them in turn");
        }
        return tells.isOwner() ? tells : carriesOut.isOwner() ? carriesOut : null;
    }

    static boolean awaitOne(Overlapped o, long timeoutNanos) {
        Proactor proactor = own(o);
        if (proactor != null) {
            return drive(proactor, timeoutNanos, o, one -> !one.isPending());
        }
        long start = System.nanoTime();
        while (o.isPending()) {
            enlist(o);
            if (!o.isPending()) {
                break;
            }
            if (!park(o, start, timeoutNanos)) {
                return false;
            }
        }
        return true;
    }

    static @Nullable Overlapped awaitAny(List<Overlapped> operations, long timeoutNanos) {
        Proactor own = ownProactor(operations);
        if (own != null) {
            drive(own, timeoutNanos, operations, all -> firstDone(all) != null);
            return firstDone(operations);
        }
        long start = System.nanoTime();
        while (true) {
            Overlapped done = firstDone(operations);
            if (done != null || operations.isEmpty()) {
                return done;
            }
            operations.forEach(Waiters::enlist);
            if (firstDone(operations) == null && !park(operations, start, timeoutNanos)) {
                return firstDone(operations);
            }
        }
    }

    static boolean awaitAll(List<Overlapped> operations, long timeoutNanos) {
        Proactor own = ownProactor(operations);
        if (own != null) {
            return drive(
                    own,
                    timeoutNanos,
                    operations,
                    all -> all.stream().noneMatch(Overlapped::isPending));
        }
        long start = System.nanoTime();
        for (Overlapped o : operations) {
            long left =
                    timeoutNanos == Long.MAX_VALUE
                            ? Long.MAX_VALUE
                            : Math.max(0, timeoutNanos - (System.nanoTime() - start));
            if (!awaitOne(o, left)) {
                return false;
            }
        }
        return true;
    }

    static void wake(@Nullable Object waiters) {
        Object rest = waiters;
        while (rest instanceof Chain chain) {
            LockSupport.unpark(chain.thread);
            rest = chain.rest;
        }
        if (rest instanceof Thread thread) {
            LockSupport.unpark(thread);
        }
    }

    private static void enlist(Overlapped o) {
        Thread self = Thread.currentThread();
        while (true) {
            Object listed = o.waiters();
            if (contains(listed, self)) {
                return;
            }
            Object wanted = listed == null ? self : new Chain(self, listed);
            if (o.setWaiters(listed, wanted)) {
                return;
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // a thread is itself alone
    private static boolean contains(@Nullable Object listed, Thread self) {
        Object rest = listed;
        while (rest instanceof Chain chain) {
            if (chain.thread == self) {
                return true;
            }
            rest = chain.rest;
        }
        return rest == self;
    }

    /** Parks once; false when the time is over. An interrupt is kept for the caller. */
    private static boolean park(Object blocker, long start, long timeoutNanos) {
        boolean interrupted = Thread.interrupted();
        try {
            if (timeoutNanos == Long.MAX_VALUE) {
                LockSupport.park(blocker);
                return true;
            }
            long left = timeoutNanos - (System.nanoTime() - start);
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(blocker, left);
            return true;
        } finally {
            interrupted |= Thread.interrupted();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static @Nullable Overlapped firstDone(List<Overlapped> operations) {
        for (Overlapped o : operations) {
            if (!o.isPending()) {
                return o;
            }
        }
        return null;
    }

    /** The proactor of this thread among theirs; it must then be the only one. */
    private static @Nullable Proactor ownProactor(List<Overlapped> operations) {
        Proactor own = null;
        for (Overlapped o : operations) {
            Proactor p = own(o);
            own = p == null ? own : p;
        }
        if (own != null) {
            for (Overlapped o : operations) {
                if (own(o) != own) {
                    throw new IllegalStateException(
                            "a proactor's own thread can wait for that proactor's operations only");
                }
            }
        }
        return own;
    }

    /**
     * Drives until {@code done} holds of {@code subject}, which spares an object that binds both.
     */
    private static <T> boolean drive(
            Proactor proactor, long timeoutNanos, T subject, Predicate<T> done) {
        long start = proactor.nanoTime();
        while (!done.test(subject)) {
            long left = timeoutNanos;
            if (timeoutNanos != Long.MAX_VALUE) {
                left = timeoutNanos - (proactor.nanoTime() - start);
                if (left <= 0) {
                    // One look without waiting, so that a timeout of 0 is a real question.
                    proactor.pass(0);
                    return done.test(subject);
                }
            }
            proactor.pass(left);
        }
        return true;
    }
}
