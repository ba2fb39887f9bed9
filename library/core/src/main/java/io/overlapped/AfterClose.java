package io.overlapped;

import io.overlapped.spi.Errno;
import io.overlapped.spi.Probe;

/**
 * Completions that no proactor can deliver any more. Events and ports learn of them on the thread
 * that found it out; routines, which no start may call, run on {@link Background}.
 *
 * <p>Threads: any.
 */
final class AfterClose {
    private AfterClose() {}

    /** Ends an operation that was started on a proactor that is closed. */
    static void refuse(Overlapped o) {
        o.refuse(o.operation() == Operation.CLOSE ? 0 : Errno.EBADF);
        deliver(o);
    }

    /** Tells of an operation that has its result. */
    static void deliver(Overlapped o) {
        if (o.isOwn()) {
            return;
        }
        if (o.routine() == null) {
            o.deliver(Probe.NONE);
        } else {
            Background.runWithoutHaste(() -> deliverRoutine(o));
        }
    }

    private static void deliverRoutine(Overlapped o) {
        try {
            o.deliver(Probe.NONE);
        } catch (Throwable e) {
            Log.error("a completion routine threw after its proactor was closed", e);
        }
    }
}
