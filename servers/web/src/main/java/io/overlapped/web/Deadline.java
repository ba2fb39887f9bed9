package io.overlapped.web;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
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

    private static final long NONE = Long.MAX_VALUE;

    private final long origin = System.nanoTime();
    private final Map<Wait, AtomicLong> nanos = new EnumMap<>(Wait.class);

    Deadline() {
        for (Wait wait : Wait.values()) {
            nanos.put(wait, new AtomicLong(NONE));
        }
    }

    void set(Wait what, Duration timeout) {
        of(what).set(elapsed() + timeout.toNanos());
    }

    void setIfNone(Wait what, Duration timeout) {
        of(what).compareAndSet(NONE, elapsed() + timeout.toNanos());
    }

    void clear(Wait what) {
        of(what).set(NONE);
    }

    /** What should have happened by now and has not; null if nothing. */
    @Nullable Wait missed() {
        long now = elapsed();
        for (Map.Entry<Wait, AtomicLong> wait : nanos.entrySet()) {
            if (wait.getValue().get() < now) {
                return wait.getKey();
            }
        }
        return null;
    }

    private AtomicLong of(Wait what) {
        return Objects.requireNonNull(nanos.get(what));
    }

    private long elapsed() {
        return System.nanoTime() - origin;
    }
}
