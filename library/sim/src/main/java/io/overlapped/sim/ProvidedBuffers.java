package io.overlapped.sim;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Buffers that a driver was lent for receives that choose their own, and who waits for one. */
final class ProvidedBuffers {
    private final int[] numbers;
    private int first;
    private int count;

    /** By number, those that are here. */
    private @Nullable MemorySegment[] memory = new MemorySegment[64];

    private final ArrayDeque<SimStream> starved = new ArrayDeque<>();
    private long starvedCount;

    ProvidedBuffers(int max) {
        numbers = new int[max];
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return count == numbers.length;
    }

    boolean has(int number) {
        return number < memory.length && memory[number] != null;
    }

    long starvedCount() {
        return starvedCount;
    }

    void add(int number, MemorySegment buffer) {
        if (number >= memory.length) {
            memory = Arrays.copyOf(memory, Math.max(number + 1, 2 * memory.length));
        }
        memory[number] = buffer;
        numbers[(first + count++) % numbers.length] = number;
        while (count > 0 && !starved.isEmpty()) {
            SimStream stream = starved.remove();
            if (stream.isStarved()) {
                stream.fed();
            }
        }
    }

    /** The number of one that is here no more; {@link #taken} has its memory. */
    int take() {
        int number = numbers[first];
        first = (first + 1) % numbers.length;
        count--;
        return number;
    }

    MemorySegment taken(int number) {
        MemorySegment buffer = memory[number];
        memory[number] = null;
        return Objects.requireNonNull(buffer);
    }

    /** A stream has something to receive and no buffer. */
    void await(SimStream stream) {
        starvedCount++;
        starved.add(stream);
    }
}
