package io.overlapped.spi;

import java.lang.foreign.MemorySegment;

/**
 * The pieces of memory one transfer works on, in order: a scatter for a receive, a gather for a
 * send. One instance is filled again for each call, so a driver copies what it needs beyond the
 * call; the memory itself stays valid until the transfer has completed.
 *
 * <p>Threads: the one that drives.
 */
public final class IoVector {
    /** The most pieces one transfer can have. */
    public static final int PIECES_MAX = 16;

    private final MemorySegment[] memory = new MemorySegment[PIECES_MAX];
    private final int[] starts = new int[PIECES_MAX];
    private final int[] lengths = new int[PIECES_MAX];
    private int count;

    public IoVector() {}

    public void clear() {
        count = 0;
    }

    public boolean isFull() {
        return count == PIECES_MAX;
    }

    /** Adds the bytes [{@code start}, {@code start + bytes}) of {@code segment}. */
    public void add(MemorySegment segment, int start, int bytes) {
        memory[count] = segment;
        starts[count] = start;
        lengths[count] = bytes;
        count++;
    }

    public int count() {
        return count;
    }

    public MemorySegment memory(int index) {
        return memory[index];
    }

    public int start(int index) {
        return starts[index];
    }

    public int bytes(int index) {
        return lengths[index];
    }

    public long totalBytes() {
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += lengths[i];
        }
        return total;
    }
}
