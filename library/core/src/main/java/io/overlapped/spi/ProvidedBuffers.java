package io.overlapped.spi;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The buffers that a driver was lent for receives that choose their own, and the receives that wait
 * for one, in the order in which they came.
 *
 * <p>Threads: the one that drives.
 *
 * @param <W> what waits for a buffer
 */
public final class ProvidedBuffers<W> {
    /** No buffer is here. */
    public static final int NONE = -1;

    private static final int INITIAL = 64;

    /** By number, those that are here, and those that were taken until they are asked for. */
    private @Nullable MemorySegment[] memory = new MemorySegment[INITIAL];

    private int[] free = new int[INITIAL];
    private int count;
    private final ArrayDeque<W> waiting = new ArrayDeque<>();
    private long waitCount;

    public ProvidedBuffers() {}

    public void add(int number, MemorySegment itsMemory) {
        if (number >= memory.length) {
            memory = Arrays.copyOf(memory, Math.max(number + 1, 2 * memory.length));
        }
        if (count == free.length) {
            free = Arrays.copyOf(free, 2 * count);
        }
        memory[number] = itsMemory;
        free[count++] = number;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** How many are here. */
    public int count() {
        return count;
    }

    public boolean has(int number) {
        return number < memory.length && memory[number] != null;
    }

    /** The number of one that is here no more, or {@link #NONE}; {@link #taken} has its memory. */
    public int take() {
        return count == 0 ? NONE : free[--count];
    }

    /** The memory of a buffer that was taken; asked for once. */
    public MemorySegment taken(int number) {
        MemorySegment its = Objects.requireNonNull(memory[number]);
        memory[number] = null;
        return its;
    }

    /** It has something to receive and no buffer. */
    public void await(W receive) {
        waitCount++;
        waiting.add(receive);
    }

    public void stopWaiting(W receive) {
        waiting.remove(receive);
    }

    /** Who waits longest, and does so no more; null if nobody does. */
    public @Nullable W nextWaiting() {
        return waiting.poll();
    }

    /** How often a receive had to wait. */
    public long waitCount() {
        return waitCount;
    }
}
