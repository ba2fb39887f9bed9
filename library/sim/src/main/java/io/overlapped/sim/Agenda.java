package io.overlapped.sim;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What will happen, by time, and among what happens at the same time in the order it was added. */
final class Agenda {
    private @Nullable Event[] heap = new Event[256];
    private int count;
    private long sequence;

    boolean isEmpty() {
        return count == 0;
    }

    /** When the next event happens; without limit if there is none. */
    long nextNanos() {
        Event first = heap[0];
        return first == null ? Long.MAX_VALUE : first.atNanos;
    }

    /** Adds an event, or moves it if it is there. */
    void schedule(Event event, long atNanos) {
        if (event.isScheduled()) {
            remove(event);
        }
        event.atNanos = atNanos;
        event.sequence = sequence++;
        if (count == heap.length) {
            heap = Arrays.copyOf(heap, 2 * count);
        }
        up(count++, event);
    }

    @SuppressWarnings("ReferenceEquality") // an event is itself alone
    void remove(Event event) {
        int index = event.index;
        if (index == Event.NOT_SCHEDULED) {
            return;
        }
        Event last = at(--count);
        heap[count] = null;
        event.index = Event.NOT_SCHEDULED;
        if (last != event) {
            down(index, last);
            if (last.index == index) {
                up(index, last);
            }
        }
    }

    Event poll() {
        Event first = at(0);
        remove(first);
        return first;
    }

    private void up(int from, Event event) {
        int index = from;
        while (index > 0) {
            int parent = (index - 1) >>> 1;
            if (!isBefore(event, at(parent))) {
                break;
            }
            put(index, at(parent));
            index = parent;
        }
        put(index, event);
    }

    private void down(int from, Event event) {
        int index = from;
        for (int child = 2 * index + 1; child < count; child = 2 * index + 1) {
            if (child + 1 < count && isBefore(at(child + 1), at(child))) {
                child++;
            }
            if (!isBefore(at(child), event)) {
                break;
            }
            put(index, at(child));
            index = child;
        }
        put(index, event);
    }

    private static boolean isBefore(Event one, Event other) {
        return one.atNanos != other.atNanos
                ? one.atNanos < other.atNanos
                : one.sequence < other.sequence;
    }

    private void put(int index, Event event) {
        heap[index] = event;
        event.index = index;
    }

    private Event at(int index) {
        return Objects.requireNonNull(heap[index]);
    }
}
