package io.overlapped;

import io.overlapped.spi.Driver;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Operations by deadline: a binary heap in which each operation knows its place, so that a cancel
 * costs a logarithm and no search. Deadlines compare by difference, as the clock may wrap.
 */
final class Timers {
    private static final int INITIAL = 64;

    private @Nullable Overlapped[] heap = new Overlapped[INITIAL];
    private int count;

    @Nullable Overlapped peek() {
        return heap[0];
    }

    /** How long until the first deadline; without limit if there is none. */
    long nanosToNext(Driver clock) {
        Overlapped first = heap[0];
        return first == null ? Long.MAX_VALUE : Math.max(0, first.deadlineNanos - clock.nanoTime());
    }

    /** Ends those whose deadline has come. */
    void expire(Driver clock, Delivery delivery) {
        for (Overlapped o = heap[0]; o != null; o = heap[0]) {
            if (o.deadlineNanos - clock.nanoTime() > 0) {
                return;
            }
            remove(o);
            delivery.add(o, 0);
        }
    }

    void forEach(Consumer<Overlapped> action) {
        for (int i = 0; i < count; i++) {
            action.accept(at(i));
        }
    }

    void add(Overlapped o) {
        if (count == heap.length) {
            heap = Arrays.copyOf(heap, 2 * count);
        }
        up(count++, o);
    }

    void remove(Overlapped o) {
        int index = o.heapIndex;
        Overlapped last = at(--count);
        heap[count] = null;
        if (last != o) {
            down(index, last);
            if (last.heapIndex == index) {
                up(index, last);
            }
        }
    }

    private void up(int from, Overlapped o) {
        int index = from;
        while (index > 0) {
            int parent = (index - 1) >>> 1;
            if (o.deadlineNanos - at(parent).deadlineNanos >= 0) {
                break;
            }
            put(index, at(parent));
            index = parent;
        }
        put(index, o);
    }

    private void down(int from, Overlapped o) {
        int index = from;
        for (int child = 2 * index + 1; child < count; child = 2 * index + 1) {
            if (child + 1 < count && at(child + 1).deadlineNanos - at(child).deadlineNanos < 0) {
                child++;
            }
            if (at(child).deadlineNanos - o.deadlineNanos >= 0) {
                break;
            }
            put(index, at(child));
            index = child;
        }
        put(index, o);
    }

    private void put(int index, Overlapped o) {
        heap[index] = o;
        o.heapIndex = index;
    }

    private Overlapped at(int index) {
        return Objects.requireNonNull(heap[index]);
    }
}
