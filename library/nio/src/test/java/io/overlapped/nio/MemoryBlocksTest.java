package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.nio.MemoryBlocks.Block;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryBlocksTest {
    private final MemoryBlocks blocks = new MemoryBlocks(ByteBuffer::allocateDirect);

    @Test
    void noTwoBlocksShareMemory() {
        Set<Long> addresses = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            Block block = blocks.take(MemoryBlocks.SMALL);
            assertEquals(512, block.memory.byteSize());
            assertEquals(512, block.buffer.remaining());
            assertTrue(addresses.add(block.memory.address() / 512 * 512), "overlaps");
        }
        assertEquals(300 * 512, blocks.bytesInUse());
    }

    @Test
    void aBlockThatCameBackIsUsedAgain() {
        Block block = blocks.take(MemoryBlocks.LARGE);
        block.buffer.position(17);
        blocks.give(block);
        assertEquals(0, blocks.bytesInUse());
        assertSame(block, blocks.take(MemoryBlocks.LARGE));
        assertEquals(64 * 1024, block.buffer.remaining());
    }

    @Test
    void whatManyConnectionsUseInTurnIsAllocatedOnce() {
        for (int size : List.of(MemoryBlocks.MEDIUM, MemoryBlocks.LARGE)) {
            Set<Block> first = Set.copyOf(turn(size, 500));
            for (int i = 0; i < 10; i++) {
                assertEquals(first, Set.copyOf(turn(size, 500)), "size " + size);
            }
        }
    }

    private List<Block> turn(int size, int count) {
        List<Block> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(blocks.take(size));
        }
        taken.forEach(blocks::give);
        return taken;
    }

    @Test
    void overTheLimitALargeBlockIsAMediumOne() {
        List<Block> taken = new ArrayList<>();
        Block last;
        do {
            last = blocks.take(MemoryBlocks.LARGE);
            taken.add(last);
        } while (last.size == MemoryBlocks.LARGE);
        assertEquals(512 + 1, taken.size());
        assertEquals(8 * 1024, last.bytes());
        blocks.give(taken.getFirst());
        assertEquals(MemoryBlocks.LARGE, blocks.take(MemoryBlocks.LARGE).size);
    }

    @Test
    void theSizeIsTheSmallestThatFits() {
        assertEquals(MemoryBlocks.SMALL, MemoryBlocks.sizeFor(512));
        assertEquals(MemoryBlocks.MEDIUM, MemoryBlocks.sizeFor(513));
        assertEquals(MemoryBlocks.LARGE, MemoryBlocks.sizeFor(8 * 1024 + 1));
        assertEquals(MemoryBlocks.LARGE, MemoryBlocks.sizeFor(Integer.MAX_VALUE));
    }

    @Test
    void withoutMemoryForALargeBlockASmallerOneDoes() {
        MemoryBlocks scarce = new MemoryBlocks(bytes -> allocateOnce(bytes));
        assertEquals(MemoryBlocks.SMALL, scarce.take(MemoryBlocks.LARGE).size);
        for (int i = 1; i < 128; i++) {
            assertEquals(MemoryBlocks.SMALL, scarce.take(MemoryBlocks.SMALL).size);
        }
        assertNull(scarce.take(MemoryBlocks.LARGE));
        assertEquals(64 * 1024, scarce.bytesInUse());
    }

    private int asked;

    /** Memory for the third that asks alone. */
    private ByteBuffer allocateOnce(int bytes) {
        if (++asked != 3) {
            throw new OutOfMemoryError("as a JVM says at its limit");
        }
        return ByteBuffer.allocateDirect(bytes);
    }
}
