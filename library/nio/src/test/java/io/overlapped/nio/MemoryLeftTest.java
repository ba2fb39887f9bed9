package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A driver that ended with nothing in flight leaves no memory. */
class MemoryLeftTest {
    /** A word for each page, see proc_pid_pagemap(5). */
    private static final Path PAGES = Path.of("/proc/self/pagemap");

    private static final int PAGE_BYTES = 4096;
    private static final int MAPPED_BYTES = 64 << 20;
    private static final int USED_BYTES = 1 << 20;
    private static final int BIG_BYTES = 300_000;
    private static final int LARGE_BYTES = 64 * 1024;

    /** What was allocated and is not free yet. */
    private static final class Counted implements BlockMemory {
        private final BlockMemory memory = BlockMemory.best();
        private long allocated;
        private long left;

        @Override
        public ByteBuffer allocate(int bytes) {
            allocated += bytes;
            left += bytes;
            return memory.allocate(bytes);
        }

        @Override
        public void free(ByteBuffer its) {
            left -= its.capacity();
            memory.free(its);
        }
    }

    private final Counted memory = new Counted();

    @Test
    void ofConnectionsThatAreIdleBusyResetAndLeftOpen() throws IOException {
        DriverHarness harness = new DriverHarness(memory);
        int listener = harness.listen();
        List<Socket> peers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            peers.add(harness.connectTo(listener));
            int socket = harness.accept(listener);
            receiveAll(harness, socket, peers.get(i));
            harness.await(harness.send(socket, "x".repeat(BIG_BYTES)));
            long idle = harness.receive(socket);
            assertTrue(harness.isPending(idle));
            if (i == 1) {
                peers.get(i).setSoLinger(true, 0);
                peers.get(i).close();
                assertEquals(-Errno.ECONNRESET, harness.await(idle).result());
            }
            if (i == 2) {
                harness.driver.cancel(idle, socket);
                harness.closeSocket(socket);
            }
        }
        assertTrue(memory.left >= 2 * LARGE_BYTES, () -> "there is memory: " + memory.left);
        harness.close();
        assertEquals(0, memory.left);
        for (Socket peer : peers) {
            peer.close();
        }
    }

    @Test
    void ofManyBlocksOfWhichNotAllAreKept() {
        MemoryBlocks blocks = new MemoryBlocks(memory);
        List<MemoryBlocks.Block> taken = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            taken.add(blocks.take(i % 3));
            taken.add(blocks.take(MemoryBlocks.MEDIUM));
        }
        taken.forEach(blocks::give);
        assertTrue(memory.left < memory.allocated, "some were freed at once");
        blocks.free();
        assertEquals(0, memory.left);
    }

    @Test
    void mappedMemoryCostsWhatWasUsedOfItAndGoesBack() throws IOException {
        assumeTrue(MappedMemory.isAvailable() && Files.isReadable(PAGES), "Linux, native access");
        MappedMemory mapped = new MappedMemory();
        MemorySegment memory;
        try (Arena arena = Arena.ofShared()) {
            memory = mapped.allocate(arena, MAPPED_BYTES, PAGE_BYTES);
            assertEquals(0, presentBytes(memory));
            memory.asSlice(0, USED_BYTES).fill((byte) 1);
            assertTrue(presentBytes(memory) >= USED_BYTES);
            assertTrue(presentBytes(memory) < MAPPED_BYTES);
        }
        assertTrue(presentBytes(memory) < USED_BYTES, "it is gone");
        ByteBuffer buffer = mapped.allocate(USED_BYTES);
        MemorySegment all = MemorySegment.ofBuffer(buffer);
        all.fill((byte) 1);
        assertEquals(USED_BYTES, presentBytes(all));
        buffer.position(17);
        mapped.free(buffer);
        assertTrue(presentBytes(all) < USED_BYTES, "it is gone");
    }

    private static void receiveAll(DriverHarness harness, int socket, Socket peer)
            throws IOException {
        peer.getOutputStream().write(new byte[BIG_BYTES]);
        MemorySegment into = harness.memory(BIG_BYTES);
        for (int left = BIG_BYTES; left > 0; ) {
            long token = harness.token();
            harness.driver.receive(token, socket, DriverHarness.vector(into));
            DriverHarness.Completion received = harness.await(token);
            assertEquals(Driver.NO_FLAGS, received.flags());
            left -= received.result();
        }
    }

    /** How much of it the system has given pages to. */
    private static long presentBytes(MemorySegment memory) throws IOException {
        ByteBuffer entries =
                ByteBuffer.allocate((int) (memory.byteSize() / PAGE_BYTES * Long.BYTES))
                        .order(ByteOrder.nativeOrder());
        try (FileChannel pages = FileChannel.open(PAGES, StandardOpenOption.READ)) {
            pages.read(entries, memory.address() / PAGE_BYTES * Long.BYTES);
        }
        long present = 0;
        for (int at = 0; at < entries.capacity(); at += Long.BYTES) {
            // The highest bit says that the page is in memory.
            present += entries.getLong(at) < 0 ? PAGE_BYTES : 0;
        }
        return present;
    }
}
