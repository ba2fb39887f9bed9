package io.overlapped;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A first-in, first-out queue of operations, linked through themselves: no capacity, no garbage.
 */
class OpQueue {
    private @Nullable Overlapped head;
    private @Nullable Overlapped tail;

    boolean isEmpty() {
        return head == null;
    }

    @Nullable Overlapped peek() {
        return head;
    }

    @Nullable Overlapped last() {
        return tail;
    }

    void add(Overlapped o) {
        o.next = null;
        if (tail == null) {
            head = o;
        } else {
            tail.next = o;
        }
        tail = o;
    }

    void addFirst(Overlapped o) {
        o.next = head;
        head = o;
        if (tail == null) {
            tail = o;
        }
    }

    @Nullable Overlapped poll() {
        Overlapped first = head;
        if (first != null) {
            head = first.next;
            if (head == null) {
                tail = null;
            }
            first.next = null;
        }
        return first;
    }

    void forEach(Consumer<Overlapped> action) {
        for (Overlapped o = head; o != null; o = o.next) {
            action.accept(o);
        }
    }

    /** Takes {@code o} out wherever it is; false if it is not here. */
    boolean remove(Overlapped o) {
        Overlapped before = null;
        for (Overlapped at = head; at != null; at = at.next) {
            if (at == o) {
                if (before == null) {
                    head = at.next;
                } else {
                    before.next = at.next;
                }
                if (tail == o) {
                    tail = before;
                }
                o.next = null;
                return true;
            }
            before = at;
        }
        return false;
    }
}
