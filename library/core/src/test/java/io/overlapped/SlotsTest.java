package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlotsTest {

    @Test
    void aTokenFindsItsOperationOnce() {
        Slots slots = new Slots();
        Overlapped o = new Overlapped();
        slots.add(o);
        assertSame(o, slots.remove(o.token));
        assertNull(slots.remove(o.token));
        assertEquals(0, slots.count());
    }

    @Test
    void aTokenOfAnEarlierUseFindsNothing() {
        Slots slots = new Slots();
        Overlapped first = new Overlapped();
        slots.add(first);
        long stale = first.token;
        slots.remove(stale);
        Overlapped second = new Overlapped();
        slots.add(second);
        assertEquals((int) stale, (int) second.token, "the slot is used again");
        assertNotEquals(stale, second.token);
        assertNull(slots.remove(stale));
        assertSame(second, slots.remove(second.token));
    }

    @Test
    void tokensAreNeverNegativeAndNeverTwiceInUse() {
        Slots slots = new Slots();
        Set<Long> tokens = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            Overlapped o = new Overlapped();
            slots.add(o);
            assertTrue(o.token >= 0);
            assertTrue(tokens.add(o.token));
        }
        assertEquals(10_000, slots.count());
    }

    @Test
    void aTokenOutsideTheTableFindsNothing() {
        Slots slots = new Slots();
        assertNull(slots.remove(1_000_000));
        assertNull(slots.remove(0xFFFF_FFFFL));
    }
}
