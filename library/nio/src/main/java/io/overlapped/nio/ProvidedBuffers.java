package io.overlapped.nio;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The buffers the proactor has lent for receives that choose their own, and the receives that wait
 * for one, in the order in which they came.
 *
 * <p>Threads: the one that drives.
 */
final class ProvidedBuffers {
    static final int NONE = -1;

    private @Nullable MemorySegment[] memory = new MemorySegment[64];
    private int[] free = new int[64];
    private int freeCount;
    private final ArrayDeque<Landing> waiting = new ArrayDeque<>();
    private long waits;

    /** Takes a buffer back, for whoever waits. */
    void add(int number, MemorySegment itsMemory) {
        if (number >= memory.length) {
            memory = Arrays.copyOf(memory, Math.max(number + 1, 2 * memory.length));
        }
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * freeCount);
        }
        memory[number] = itsMemory;
        free[freeCount++] = number;
        Landing first = waiting.poll();
        if (first != null) {
            first.bufferProvided();
        }
    }

    /** A buffer's number, or {@link #NONE}. */
    int take() {
        return freeCount == 0 ? NONE : free[--freeCount];
    }

    MemorySegment memory(int number) {
        MemorySegment found = memory[number];
        if (found == null) {
            throw new AssertionError("buffer " + number + " was never provided");
        }
        return found;
    }

    void await(Landing landing) {
        waits++;
        waiting.add(landing);
    }

    void stopWaiting(Landing landing) {
        waiting.remove(landing);
    }

    /** How often a receive had to wait. */
    long waits() {
        return waits;
    }
}
