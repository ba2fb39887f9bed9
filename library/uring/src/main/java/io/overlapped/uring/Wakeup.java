package io.overlapped.uring;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends a wait from another thread: an eventfd that the ring always reads. It is written only when
 * nobody has written it since the last read, and its count outlasts the gap between two reads, so
 * no wake-up is lost.
 */
final class Wakeup {
    private final int fd;
    private final MemorySegment count;
    private final MemorySegment one;
    private final Libc writing;
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final Object lock = new Object();
    private boolean closed;

    Wakeup(Libc libc, Arena arena) {
        fd = libc.eventfd();
        if (fd < 0) {
            throw Refusal.of("eventfd", -fd).toException();
        }
        count = arena.allocate(JAVA_LONG);
        one = arena.allocateFrom(JAVA_LONG, 1);
        writing = new Libc(arena);
    }

    int fd() {
        return fd;
    }

    long countAddress() {
        return count.address();
    }

    /** The ring has read it; what is signalled from now on ends the next wait. */
    void taken() {
        signalled.set(false);
    }

    /** From any thread. */
    void signal() {
        if (!signalled.compareAndSet(false, true)) {
            return;
        }
        synchronized (lock) {
            if (!closed) {
                int written = writing.write(fd, one);
                if (written < 0) {
                    throw new AssertionError("write to eventfd failed: errno " + -written);
                }
            }
        }
    }

    void close(Libc libc) {
        synchronized (lock) {
            closed = true;
            libc.close(fd);
        }
    }
}
