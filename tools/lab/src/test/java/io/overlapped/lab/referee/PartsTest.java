package io.overlapped.lab.referee;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PartsTest {
    @Test
    void percentilesAreRightToOneIn32() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Latencies latencies = new Latencies();
        long[] values = new long[10_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1L << random.nextInt(40);
            values[i] += random.nextLong(values[i]);
            latencies.record(values[i]);
        }
        Arrays.sort(values);
        for (double share : new double[] {0.01, 0.5, 0.99, 1}) {
            long exact = values[(int) Math.ceil(share * values.length) - 1];
            long said = latencies.percentileNanos(share);
            assertTrue(said >= exact && said <= exact + exact / 32 + 1, "seed " + seed);
        }
        assertEquals(values[values.length - 1], latencies.maxNanos());
    }

    @Test
    void theLongestDurationHasItsPlace() {
        Latencies latencies = new Latencies();
        latencies.record(Long.MAX_VALUE);
        assertEquals(Long.MAX_VALUE, latencies.percentileNanos(0.5));
    }

    @Test
    void theTableOfStraceIsRead() {
        List<String> table =
                """
                % time     seconds  usecs/call     calls    errors syscall
                ------ ----------- ----------- --------- --------- ----------------
                 60.00    0.000300           3       100        10 read
                 40.00    0.000200           2       100           sendto
                  0.00    0.000000           0        50           poll
                ------ ----------- ----------- --------- --------- ----------------
                100.00    0.000500           2       250        10 total
                """
                        .lines()
                        .toList();
        SystemCalls calls = SystemCalls.parse(table, 100);
        assertEquals(2.5, calls.perMessage());
        assertEquals("read+sendto 1.00, poll 0.50", calls.what());
    }

    @Test
    void aListOfCoresIsRead() {
        assertEquals(List.of(0, 1, 2, 5), Affinity.cores("0-2,5"));
        assertEquals(List.of(), Affinity.cores(""));
    }

    @Test
    void theOwnProcessIsRead() {
        ProcessReading reading = ProcessReading.of(ProcessHandle.current().pid());
        assertTrue(reading.cpuNanos() > 0, reading::toString);
        assertTrue(reading.threads() > 1, reading::toString);
        assertTrue(reading.residentBytes() > 1 << 20, reading::toString);
        assertTrue(reading.voluntary() > 0, reading::toString);
    }

    @Test
    void eachMessageHasItsOwnBytes() {
        byte[] one = new byte[64];
        byte[] other = new byte[64];
        Pattern.write(3, 7, one, 0, 64);
        Pattern.write(3, 7, other, 0, 64);
        assertArrayEquals(one, other);
        Pattern.write(3, 8, other, 0, 64);
        assertFalse(Arrays.equals(one, other));
        assertFalse(Arrays.equals(one, 8, 64, other, 8, 64));
    }
}
