package io.overlapped;

import io.overlapped.spi.Errno;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of a proactor: closes what is open, delivers every completion, frees the rest. What
 * routines throw meanwhile is thrown at the end, so that it stops nothing.
 */
final class ProactorClose {
    /** How long threads of the program that have learned of the end may keep their buffers. */
    private static final long HOLD_NANOS = 500_000_000;

    private final Proactor proactor;
    private @Nullable Throwable failure;

    ProactorClose(Proactor proactor) {
        this.proactor = proactor;
    }

    void run() {
        if (proactor.delivery().isUnderWay()) {
            throw new IllegalStateException(
                    "a completion routine may not close its proactor; stop it instead");
        }
        proactor.buffers().markHeld();
        proactor.submission().close();
        long timeoutNanos = Waiters.nanos(proactor.options().shutdownTimeout());
        long start = proactor.nanoTime();
        long left = timeoutNanos;
        do {
            proactor.sockets().closeAll();
            proactor.submission().cancelTimers();
            pass(proactor.isQuiet() ? 0 : left);
            left = timeoutNanos - (proactor.nanoTime() - start);
        } while (!proactor.isQuiet() && left > 0);
        String leaks = proactor.buffers().leaks(Math.min(left, HOLD_NANOS));
        proactor.free();
        if (leaks != null) {
            Log.warning(leaks);
        }
        rethrow();
    }

    /**
     * Ends one whose thread has ended, on another thread, which has made itself its owner: the
     * driver can be driven by nobody any more, so what is pending is cancelled without it.
     */
    void bury() {
        List<Overlapped> pending = proactor.leaveAll();
        for (Overlapped o : pending) {
            if (o.place != Overlapped.Place.READY) {
                o.finish(-Errno.ECANCELED);
            }
        }
        pending.forEach(AfterClose::deliver);
        var _ = proactor.free();
        Log.warning(
                "{0} ended without closing its proactor; {1} operations were cancelled",
                proactor.openedBy(), pending.size());
    }

    @SuppressWarnings("ReferenceEquality") // an exception cannot suppress itself
    private void pass(long timeoutNanos) {
        try {
            proactor.pass(timeoutNanos);
        } catch (RuntimeException | Error e) {
            if (failure == null) {
                failure = e;
            } else if (failure != e) {
                failure.addSuppressed(e);
            }
        }
    }

    private void rethrow() {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }
}
