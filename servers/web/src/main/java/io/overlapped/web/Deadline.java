package io.overlapped.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Until when each of the things that one tunnel waits for must have happened.
 *
 * <p>Threads: any.
 */
final class Deadline {
    /** What a tunnel waits for. */
    enum Wait {
        CONNECT,
        MESSAGE,
        SEND,
        WRITE,
        CLOSE
    }

    private static final Wait[] WAITS = Wait.values();
    private static final long NONE = Long.MAX_VALUE;

    private final long origin = System.nanoTime();
    private final AtomicLongArray nanos = new AtomicLongArray(WAITS.length);

    Deadline() {
        for (Wait wait : WAITS) {
            clear(wait);
        }
    }

    void set(Wait what, Duration timeout) {
        nanos.set(what.ordinal(), elapsed() + timeout.toNanos());
    }

    void setIfNone(Wait what, Duration timeout) {
        nanos.compareAndSet(what.ordinal(), NONE, elapsed() + timeout.toNanos());
    }

    void clear(Wait what) {
        nanos.set(what.ordinal(), NONE);
    }

    /** What should have happened by now and has not; null if nothing. */
    @Nullable Wait missed() {
        long now = elapsed();
        for (Wait wait : WAITS) {
            if (nanos.get(wait.ordinal()) < now) {
                return wait;
            }
        }
        return null;
    }

    private long elapsed() {
        return System.nanoTime() - origin;
    }
}
