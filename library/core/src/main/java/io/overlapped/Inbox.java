package io.overlapped;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Operations started by other threads, on their way to the proactor's: a stack that many push and
 * one takes whole, turned round so that each thread's starts keep their order.
 */
final class Inbox {
    private static final Overlapped CLOSED = new Overlapped();

    private final AtomicReference<@Nullable Overlapped> head = new AtomicReference<>();

    /** False once the inbox is closed. */
    boolean push(Overlapped o) {
        while (true) {
            Overlapped first = head.get();
            if (first == CLOSED) {
                return false;
            }
            o.next = first;
            if (head.compareAndSet(first, o)) {
                return true;
            }
        }
    }

    boolean isEmpty() {
        Overlapped first = head.get();
        return first == null || first == CLOSED;
    }

    /** For whoever takes from it: those who push change nothing below the newest of now. */
    void forEach(Consumer<Overlapped> action) {
        Overlapped first = head.get();
        for (Overlapped o = first == CLOSED ? null : first; o != null; o = o.next) {
            action.accept(o);
        }
    }

    /** All there are, the oldest first, linked by {@code next}. */
    @Nullable Overlapped takeAll() {
        return isEmpty() ? null : reversed(head.getAndSet(null));
    }

    /** As {@link #takeAll}, and nothing can be pushed from then on. */
    @Nullable Overlapped close() {
        Overlapped first = head.getAndSet(CLOSED);
        return first == CLOSED ? null : reversed(first);
    }

    private static @Nullable Overlapped reversed(@Nullable Overlapped newest) {
        Overlapped rest = newest;
        Overlapped first = null;
        while (rest != null) {
            Overlapped after = rest.next;
            rest.next = first;
            first = rest;
            rest = after;
        }
        return first;
    }
}
