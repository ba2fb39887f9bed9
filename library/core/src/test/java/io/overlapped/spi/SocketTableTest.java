package io.overlapped.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SocketTableTest {
    private final SocketTable<String> table = new SocketTable<>();

    @Test
    void aNumberIsUsedAgainOnlyAfterItsSocketIsGone() {
        int first = table.add("first");
        assertNotEquals(first, table.add("second"));
        table.remove(first);
        assertEquals(first, table.add("third"));
        assertEquals("third", table.require(first));
    }

    @Test
    void numbersThatNobodyHasAreNoSockets() {
        table.remove(table.add("gone"));
        for (int number : new int[] {-1, 0, 1, 64, 1_000_000, Integer.MAX_VALUE}) {
            assertNull(table.get(number));
            assertThrows(IllegalStateException.class, () -> table.require(number));
        }
    }

    @Test
    void whatIsVisitedMayBeTakenOut() {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            numbers.put("socket " + i, table.add("socket " + i));
        }
        List<String> visited = new ArrayList<>();
        table.forEach(
                socket -> {
                    visited.add(socket);
                    table.remove(numbers.get(socket));
                });
        assertEquals(200, visited.size());
        assertEquals(0, table.count());
    }

    @Test
    void oneOfTwoThatTakeASocketOutHasIt() {
        int number = table.add("first");
        table.add("second");
        List<String> taken = new ArrayList<>();
        table.removeAll(taken::add);
        assertEquals(List.of("first", "second"), taken);
        assertEquals(0, table.count());
        assertFalse(table.remove(number, "first"));
        assertEquals(number, table.add("late"));
        assertFalse(table.remove(number, "first"), "its number is another's");
        assertTrue(table.remove(number, "late"));
    }

    @Test
    void itAgreesWithAMapWhateverComes() {
        long seed = 7;
        Random random = new Random(seed);
        Map<Integer, String> expected = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            if (expected.isEmpty() || random.nextInt(100) < 51) {
                String socket = "socket " + i;
                assertNull(expected.put(table.add(socket), socket), "seed " + seed);
            } else {
                Object[] numbers = expected.keySet().toArray();
                int number = (int) numbers[random.nextInt(numbers.length)];
                assertSame(expected.remove(number), table.require(number));
                table.remove(number);
            }
            assertEquals(expected.size(), table.count());
        }
        expected.forEach((number, socket) -> assertSame(socket, table.get(number)));
    }
}
