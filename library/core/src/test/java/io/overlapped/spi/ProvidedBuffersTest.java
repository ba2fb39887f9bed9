package io.overlapped.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProvidedBuffersTest {
    private static final MemorySegment MEMORY = MemorySegment.ofArray(new byte[8]);

    private final ProvidedBuffers<String> buffers = new ProvidedBuffers<>();

    @Test
    void eachIsTakenOnceAndWithItsMemory() {
        for (int i = 0; i < 1000; i++) {
            buffers.add(i, MemorySegment.ofArray(new byte[1 + i]));
        }
        assertEquals(1000, buffers.count());
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            int number = buffers.take();
            assertTrue(taken.add(number), "taken twice");
            assertTrue(buffers.has(number));
            assertEquals(1 + number, buffers.taken(number).byteSize());
            assertFalse(buffers.has(number));
        }
        assertTrue(buffers.isEmpty());
        assertEquals(ProvidedBuffers.NONE, buffers.take());
    }

    @Test
    void theMemoryOfOneThatIsNotHereIsNotGiven() {
        buffers.add(3, MEMORY);
        assertSame(MEMORY, buffers.taken(buffers.take()));
        assertThrows(NullPointerException.class, () -> buffers.taken(3));
    }

    @Test
    void whoWaitsLongestIsNext() {
        buffers.await("first");
        buffers.await("cancelled");
        buffers.await("second");
        buffers.stopWaiting("cancelled");
        assertEquals("first", buffers.nextWaiting());
        assertEquals("second", buffers.nextWaiting());
        assertNull(buffers.nextWaiting());
        assertEquals(3, buffers.waitCount());
    }
}
