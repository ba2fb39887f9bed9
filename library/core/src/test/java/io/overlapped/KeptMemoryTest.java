package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.spi.Probe;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** The memory of a pool lives until its proactor has ended and nobody can use any of it. */
@SuppressWarnings("restricted") // memory whose end is counted
class KeptMemoryTest {
    private int freed;
    private final BufferPool pool =
            new BufferPool(
                    Options.defaults().withBuffers(16, 64, 4),
                    Thread.currentThread(),
                    new Probe() {
                        @Override
                        public MemorySegment allocate(Arena arena, long bytes, long alignment) {
                            MemorySegment plain = Arena.global().allocate(bytes, alignment);
                            return plain.reinterpret(arena, _ -> freed++);
                        }
                    },
                    () -> {});
    private final BufferPool another =
            new BufferPool(
                    Options.defaults().withBuffers(1, 64, 1),
                    Thread.currentThread(),
                    Probe.NONE,
                    () -> {});

    private static String refusal(Runnable use) {
        return assertThrows(IllegalStateException.class, use::run).getMessage();
    }

    @Test
    void aPoolWhoseBuffersAreBackIsFreedAtItsClose() {
        pool.take().close();
        assertEquals(0, freed);
        pool.close();
        assertEquals(1, freed);
    }

    @Test
    void whatTheProgramHasIsItsOwnUntilItClosesIt() {
        IoBuffer first = pool.take().append("first");
        IoBuffer second = pool.take();
        pool.close();
        assertEquals("first", first.text());
        assertEquals("second", second.append("second").text());
        first.close();
        assertEquals(0, freed);
        MemorySegment bytes = second.bytes();
        second.close();
        assertEquals(1, freed);
        assertThrows(IllegalStateException.class, () -> bytes.get(ValueLayout.JAVA_BYTE, 0));
        assertEquals(0, pool.leased());
    }

    @Test
    void aBufferIsClosedOnceOnlyAfterTheEndToo() {
        IoBuffer first = pool.take();
        IoBuffer second = pool.take();
        pool.close();
        first.close();
        assertTrue(refusal(first::close).contains("was closed"));
        assertEquals(0, freed, "the other buffer lost its memory");
        second.close();
        assertEquals(1, freed);
        assertThrows(IllegalStateException.class, second::close);
        assertEquals(1, freed);
    }

    @Test
    void nothingIsTakenFromAPoolThatHasEnded() {
        IoBuffer kept = pool.take();
        pool.close();
        assertTrue(refusal(pool::take).contains("the proactor is closed"));
        assertNull(pool.tryTake());
        assertNull(pool.takeToProvide());
        kept.close();
        assertNull(pool.tryTake());
    }

    @Test
    void buffersThatAreProvidedKeepNothing() {
        assertEquals(1, pool.takeToProvide() == null ? 0 : 1);
        pool.close();
        assertEquals(1, freed);
    }

    @Test
    void aLoanOfAClosedPoolIsLentOnAndFreedWithItsBuffer() {
        IoBuffer buffer = pool.take().append("x");
        buffer.lendTo(another, false, null);
        pool.close();
        buffer.lendTo(another, false, null);
        buffer.giveBackFrom(another);
        assertTrue(refusal(buffer::close).contains("lent to a send"));
        buffer.giveBackFrom(another);
        assertEquals("x", buffer.text());
        assertEquals(0, freed);
        buffer.close();
        assertEquals(1, freed);
        assertTrue(refusal(() -> buffer.lendTo(another, false, null)).contains("was closed"));
    }

    @Test
    void anAbandonedPoolLivesUntilItsLastLoanToAnotherProactorEnds() {
        IoBuffer held = pool.take().append("held");
        IoBuffer own = pool.take().append("own");
        IoBuffer one = pool.take().append("one");
        IoBuffer two = pool.take();
        own.lendTo(pool, false, null);
        one.lendTo(another, false, null);
        two.lendTo(another, true, null);
        pool.abandon();
        assertEquals(0, freed);
        assertEquals("one", one.text());
        assertTrue(refusal(held::text).contains("abandoned"));
        assertTrue(refusal(() -> held.lendTo(another, false, null)).contains("abandoned"));
        one.giveBackFrom(another);
        assertEquals(0, freed);
        two.giveBackFrom(another);
        assertEquals(1, freed);
        assertTrue(refusal(two::text).contains("abandoned"));
        assertTrue(refusal(() -> two.lendTo(another, true, null)).contains("abandoned"));
        held.close();
        one.close();
        assertThrows(IllegalStateException.class, held::close);
        assertEquals(1, freed);
    }

    @Test
    void anAbandonedPoolWithoutSuchALoanIsFreedAtOnce() {
        IoBuffer held = pool.take();
        IoBuffer own = pool.take().append("x");
        own.lendTo(pool, false, null);
        pool.abandon();
        assertEquals(1, freed);
        held.close();
        assertEquals(1, freed);
    }

    @Test
    void aPoolThatIsLeakedOnPurposeIsNeverFreed() {
        IoBuffer held = pool.take().append("x");
        pool.leak();
        assertNull(pool.tryTake());
        held.lendTo(another, false, null);
        held.giveBackFrom(another);
        assertEquals("x", held.text());
        held.close();
        assertEquals(0, freed);
    }

    @Test
    void aRefusedLoanKeepsNothing() {
        IoBuffer buffer = pool.take();
        assertThrows(IllegalArgumentException.class, () -> buffer.lendTo(another, false, null));
        buffer.lendTo(another, true, null);
        assertThrows(IllegalStateException.class, () -> buffer.lendTo(another, true, null));
        buffer.giveBackFrom(another);
        assertFalse(buffer.isLent());
        buffer.close();
        pool.abandon();
        assertEquals(1, freed);
    }
}
