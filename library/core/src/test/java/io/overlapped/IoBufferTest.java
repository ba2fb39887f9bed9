package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.spi.Probe;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IoBufferTest {
    private final AtomicInteger refills = new AtomicInteger();

    private BufferPool pool(int buffers) {
        Options options = Options.defaults().withBuffers(buffers, 64, 1);
        return new BufferPool(
                options, Thread.currentThread(), Probe.NONE, refills::incrementAndGet);
    }

    @Test
    void whatIsAppendedIsReadableInOrder() {
        IoBuffer buffer = pool(1).take();
        buffer.append("ab").append(new byte[] {1, 2, 3}, 1, 2).appendByte(0xFF);
        assertEquals(5, buffer.readable());
        assertEquals(59, buffer.writable());
        assertEquals('a', buffer.byteAt(0));
        assertEquals((byte) 0xFF, buffer.byteAt(4));
        byte[] copy = new byte[3];
        buffer.copyTo(1, copy, 0, 3);
        assertArrayEquals(new byte[] {'b', 2, 3}, copy);
    }

    @Test
    void withoutMemoryForMoreThePoolMakesDoWithTheBuffersItHas() {
        Options options = Options.defaults().withBuffers(3, 1 << 20, 1);
        Probe scarce =
                new Probe() {
                    private boolean given;

                    @Override
                    public MemorySegment allocate(Arena arena, long bytes, long alignmentBytes) {
                        if (given) {
                            throw new OutOfMemoryError("as a JVM says at its limit");
                        }
                        given = true;
                        return arena.allocate(bytes, alignmentBytes);
                    }
                };
        BufferPool pool = new BufferPool(options, Thread.currentThread(), scarce, () -> {});
        IoBuffer first = pool.take();
        assertNull(pool.tryTake());
        String message = assertThrows(IllegalStateException.class, pool::take).getMessage();
        assertTrue(
                message.startsWith("all 1 buffers are taken and the JVM has no memory"), message);
        first.close();
        pool.take().close();
        pool.close();
    }

    @Test
    void consumingAndCompactingKeepTheBytesThatAreLeft() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            IoBuffer buffer = pool(1).take();
            List<Byte> model = new ArrayList<>();
            for (int step = 0; step < 200; step++) {
                switch (random.nextInt(3)) {
                    case 0 -> {
                        if (buffer.writable() > 0) {
                            byte value = (byte) random.nextInt();
                            buffer.appendByte(value);
                            model.add(value);
                        }
                    }
                    case 1 -> {
                        int count = random.nextInt(model.size() + 1);
                        buffer.consume(count);
                        model.subList(0, count).clear();
                    }
                    default -> buffer.compact();
                }
                assertEquals(model.size(), buffer.readable(), "seed " + seed);
                for (int i = 0; i < model.size(); i++) {
                    assertEquals(model.get(i), buffer.byteAt(i), "seed " + seed);
                }
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefusedAndNothingIsWritten() {
        IoBuffer buffer = pool(1).take();
        assertThrows(
                IllegalArgumentException.class,
                () -> buffer.append(MemorySegment.ofArray(new byte[65])));
        assertEquals(0, buffer.readable());
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.consume(1));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.byteAt(0));
    }

    @Test
    void aBufferLentToASendCanBeReadAndSentAgainButNotChangedOrClosed() {
        IoBuffer buffer = pool(1).take();
        buffer.append("x");
        buffer.borrowToSend();
        buffer.borrowToSend();
        assertEquals('x', buffer.byteAt(0));
        assertThrows(IllegalStateException.class, () -> buffer.append("y"));
        assertThrows(IllegalStateException.class, buffer::clear);
        assertThrows(IllegalStateException.class, buffer::compact);
        assertThrows(IllegalStateException.class, () -> buffer.consume(1));
        assertThrows(IllegalStateException.class, buffer::close);
        assertThrows(IllegalStateException.class, buffer::borrowToReceive);
        buffer.giveBack();
        assertThrows(IllegalStateException.class, buffer::close);
        buffer.giveBack();
        assertFalse(buffer.isLent());
        buffer.close();
    }

    @Test
    void aBufferLentToAReceiveCannotBeTouchedAtAll() {
        IoBuffer buffer = pool(1).take();
        buffer.append("x");
        buffer.borrowToReceive();
        assertThrows(IllegalStateException.class, () -> buffer.byteAt(0));
        assertThrows(IllegalStateException.class, buffer::bytes);
        assertThrows(IllegalStateException.class, buffer::text);
        assertThrows(IllegalStateException.class, () -> buffer.append("y"));
        assertThrows(IllegalStateException.class, buffer::close);
        assertThrows(IllegalStateException.class, buffer::borrowToSend);
        assertThrows(IllegalStateException.class, buffer::borrowToReceive);
        buffer.giveBack();
        assertEquals("x", buffer.text());
    }

    @Test
    void aClosedBufferCannotBeUsedOrClosedAgain() {
        IoBuffer buffer = pool(1).take();
        buffer.close();
        assertThrows(IllegalStateException.class, buffer::close);
        assertThrows(IllegalStateException.class, buffer::bytes);
        assertThrows(IllegalStateException.class, () -> buffer.append("y"));
        assertThrows(IllegalStateException.class, buffer::borrowToReceive);
    }

    @Test
    void thePoolHasAsManyBuffersAsItMayAndTheyDoNotOverlap() {
        BufferPool pool = pool(100);
        List<IoBuffer> taken = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            IoBuffer buffer = pool.take();
            while (buffer.writable() > 0) {
                buffer.appendByte(i);
            }
            taken.add(buffer);
        }
        assertNull(pool.tryTake());
        assertTrue(
                assertThrows(IllegalStateException.class, pool::take)
                        .getMessage()
                        .contains("Options.withBuffers"));
        assertEquals(100, pool.leased());
        for (int i = 0; i < 100; i++) {
            for (int at = 0; at < 64; at++) {
                assertEquals((byte) i, taken.get(i).byteAt(at));
            }
            taken.get(i).close();
        }
        assertEquals(0, pool.leased());
    }

    @Test
    void whoeverFoundThePoolEmptyIsToldWhenABufferComesBack() {
        BufferPool pool = pool(1);
        IoBuffer only = pool.take();
        assertNull(pool.takeToProvide());
        assertEquals(0, refills.get());
        only.close();
        assertEquals(1, refills.get());
        IoBuffer provided = pool.takeToProvide();
        assertSame(only, provided);
        assertNotNull(provided);
        assertEquals(0, pool.leased());
    }
}
