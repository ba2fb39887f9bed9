package io.overlapped;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Who keeps the memory of a pool, which lives as long as anybody may use it: until its proactor has
 * ended and the last keeper has let go. Whoever does the last of these frees it, once.
 *
 * <p>Keepers are the loans to other proactors, and after a close each buffer that the program still
 * has. What is lent to its own proactor needs none: that one ends only after its operations.
 *
 * <p>Threads: any.
 */
final class Keepers {
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Keepers.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The highest bit, which is on when the proactor has ended; the rest is a count of keepers. */
    private static final int ENDED = Integer.MIN_VALUE;

    private final Runnable freeing;
    private volatile int state;

    Keepers(Runnable freeing) {
        this.freeing = freeing;
    }

    /** One more keeper, unless the memory is gone; whether it is not. */
    boolean keep() {
        while (true) {
            int seen = state;
            if (seen == ENDED) {
                return false;
            }
            if (STATE.compareAndSet(this, seen, seen + 1)) {
                return true;
            }
        }
    }

    /** One keeper less; whether it was the last, so that the memory is gone. */
    boolean letGo() {
        int before = (int) STATE.getAndAdd(this, -1);
        boolean last = before == ENDED + 1;
        if (last) {
            freeing.run();
        }
        return last;
    }

    /** The proactor has ended; {@code keepers} of its buffers live on. */
    void end(int keepers) {
        int before = (int) STATE.getAndAdd(this, ENDED + keepers);
        if (before + keepers == 0) {
            freeing.run();
        }
    }
}
