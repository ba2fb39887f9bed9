package io.overlapped.nio;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The driver's own memory, which channels read into and write from, in blocks of three sizes.
 *
 * <p>Blocks are used again and again. As many are kept as a turn of thousands of connections needs,
 * 32 MiB of each size at most; small ones are cut from slabs and all stay. There is a limit to
 * large blocks in use: over it a medium one is handed out.
 *
 * <p>Threads: the one that drives.
 */
final class MemoryBlocks {
    static final int SMALL = 0;
    static final int MEDIUM = 1;
    static final int LARGE = 2;

    private static final int[] BYTES = {512, 8 * 1024, 64 * 1024};
    private static final int LARGE_MAX = 512;
    private static final int[] KEPT_MAX = {Integer.MAX_VALUE, 4096, LARGE_MAX};
    private static final int SLAB_BYTES = 64 * 1024;

    /** A piece of memory, as channels want it and as it is copied. */
    static final class Block {
        final ByteBuffer buffer;
        final MemorySegment memory;
        final int size;

        private Block(ByteBuffer buffer, int size) {
            this.buffer = buffer;
            this.size = size;
            memory = MemorySegment.ofBuffer(buffer.duplicate().clear());
        }

        int bytes() {
            return BYTES[size];
        }
    }

    private final List<ArrayDeque<Block>> kept =
            List.of(new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>());
    private final List<ByteBuffer> slabs = new ArrayList<>();
    private final BlockMemory memory;
    private int largeInUse;
    private long bytesInUse;

    /**
     * @param memory what blocks are cut from
     */
    MemoryBlocks(BlockMemory memory) {
        this.memory = memory;
    }

    /** The smallest size that holds {@code bytes}, or else the largest. */
    static int sizeFor(int bytes) {
        int size = SMALL;
        while (size < LARGE && BYTES[size] < bytes) {
            size++;
        }
        return size;
    }

    /** A block of this size, or a smaller one if that is all there may be; null if none is. */
    @Nullable Block take(int wanted) {
        int size = wanted == LARGE && largeInUse >= LARGE_MAX ? MEDIUM : wanted;
        for (; size >= SMALL; size--) {
            Block block = kept.get(size).poll();
            if (block == null) {
                block = make(size);
            }
            if (block != null) {
                largeInUse += size == LARGE ? 1 : 0;
                bytesInUse += block.bytes();
                block.buffer.clear();
                return block;
            }
        }
        return null;
    }

    void give(Block block) {
        if (block.size == LARGE) {
            largeInUse--;
        }
        bytesInUse -= block.bytes();
        ArrayDeque<Block> free = kept.get(block.size);
        if (free.size() < KEPT_MAX[block.size]) {
            free.push(block);
        } else {
            memory.free(block.buffer);
        }
    }

    /** Frees all of it; every block was given back, and none is taken any more. */
    void free() {
        slabs.forEach(memory::free);
        slabs.clear();
        kept.get(SMALL).clear();
        for (int size = MEDIUM; size <= LARGE; size++) {
            kept.get(size).forEach(block -> memory.free(block.buffer));
            kept.get(size).clear();
        }
    }

    long bytesInUse() {
        return bytesInUse;
    }

    /** Null when the JVM's limit to such memory is reached. */
    private @Nullable Block make(int size) {
        try {
            return size == SMALL ? cutSlab() : new Block(memory.allocate(BYTES[size]), size);
        } catch (OutOfMemoryError e) {
            return null;
        }
    }

    private Block cutSlab() {
        ByteBuffer slab = memory.allocate(SLAB_BYTES);
        slabs.add(slab);
        ArrayDeque<Block> free = kept.get(SMALL);
        int bytes = BYTES[SMALL];
        for (int at = bytes; at < SLAB_BYTES; at += bytes) {
            free.push(new Block(slab.slice(at, bytes), SMALL));
        }
        return new Block(slab.slice(0, bytes), SMALL);
    }
}
