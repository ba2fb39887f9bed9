package io.overlapped;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How many sends of a stream have not ended, and whether a thread of the program is sending one of
 * them by itself.
 *
 * <p>A thread may do so only if there is no other, since bytes leave in the order of the starts;
 * and until it has released the stream, what others start waits. A stream whose output was cut
 * short counts one that never ends.
 *
 * <p>Threads: any.
 */
final class Outgoing {
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Outgoing.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The highest bit, which is on while a thread has claimed the stream; the rest is a count. */
    private static final int CLAIMED = Integer.MIN_VALUE;

    @SuppressWarnings("unused") // through STATE
    private volatile int state;

    void add() {
        int _ = (int) STATE.getAndAdd(this, 1);
    }

    void remove() {
        int _ = (int) STATE.getAndAdd(this, -1);
    }

    /** Counts one send and claims the stream for it, if there is no other. */
    boolean claim() {
        return STATE.compareAndSet(this, 0, CLAIMED + 1);
    }

    boolean isClaimed() {
        return state < 0;
    }

    /** Gives up the claim; whether there are other sends, which may have waited for that. */
    boolean release() {
        int before = (int) STATE.getAndAdd(this, CLAIMED);
        return before != CLAIMED + 1;
    }
}
