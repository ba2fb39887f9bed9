package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class WaitTest {
    private static final long LONG_NANOS = 60_000_000_000L;

    private final DriverHarness harness = new DriverHarness();
    private final NioDriver driver = harness.driver;

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void aWakeAheadOfTheWaitEndsItAtOnce() {
        driver.wake();
        assertEquals(0, harness.drive(Long.MAX_VALUE));
    }

    @Test
    void oneWakeEndsOneWait() {
        driver.wake();
        assertEquals(0, harness.drive(Long.MAX_VALUE));
        long start = System.nanoTime();
        harness.drive(20_000_000);
        assertTrue(System.nanoTime() - start >= 20_000_000, "the second waits its time");
    }

    @Test
    void withoutATimeoutItDoesNotWait() {
        long start = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
            assertEquals(0, harness.drive(0));
        }
        assertTrue(System.nanoTime() - start < LONG_NANOS);
    }

    @Test
    void anInterruptNeitherEndsAWaitNorIsLost() {
        Thread.currentThread().interrupt();
        long start = System.nanoTime();
        harness.drive(30_000_000);
        assertTrue(System.nanoTime() - start >= 30_000_000, "it waited");
        assertTrue(Thread.interrupted(), "it is still to be seen");
    }

    @Test
    void handlersThatRunAtOnceDoNotClearAnInterrupt() throws Exception {
        int listener = harness.listen();
        try (var _ = harness.connectTo(listener)) {
            int socket = harness.accept(listener);
            Thread.currentThread().interrupt();
            harness.await(harness.send(socket, "a"));
            harness.await(harness.send(socket, "b"));
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void handlersThatRunInACloseDoNotClearAnInterrupt() throws Exception {
        int listener = harness.listen();
        try (var _ = harness.connectTo(listener)) {
            int socket = harness.accept(listener);
            long receive = harness.receive(socket);
            driver.accept(harness.token(), listener);
            assertTrue(harness.isPending(receive));
            driver.cancel(receive, socket);
            Thread.currentThread().interrupt();
            harness.closeSocket(socket);
            harness.closeSocket(listener);
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void aWakeAfterTheEndDoesNothing() {
        DriverHarness other = new DriverHarness();
        other.close();
        other.driver.wake();
        assertTrue(other.driver.shutdown());
    }

    @Test
    void noWakeIsLost() throws InterruptedException {
        int rounds = 20_000;
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        Thread waker = Thread.ofPlatform().start(() -> wakeEachRound(rounds, asked, answered));
        while (answered.get() < rounds) {
            // As a proactor does: look, then wait without limit.
            if (asked.get() == answered.get()) {
                harness.drive(Long.MAX_VALUE);
            }
            answered.set(asked.get());
        }
        waker.join();
    }

    @Test
    void noArrivalIsLostAndEachProducerKeepsItsOrder() throws InterruptedException {
        long seed = System.nanoTime();
        int producers = 3;
        int each = 20_000;
        Arrivals arrivals = new Arrivals();
        int[] last = new int[producers];
        int[] came = new int[1];
        Thread[] threads = new Thread[producers];
        for (int i = 0; i < producers; i++) {
            int producer = i;
            SplittableRandom random = new SplittableRandom(seed + i);
            Consumer<Integer> check =
                    number -> {
                        assertEquals(++last[producer], number, "seed " + seed);
                        came[0]++;
                    };
            threads[i] = Thread.ofPlatform().start(() -> produce(arrivals, each, check, random));
        }
        while (came[0] < producers * each) {
            arrivals.await(Long.MAX_VALUE);
            arrivals.deliver();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void whatAnArrivalAddsComesInTheSameTurn() {
        Arrivals arrivals = new Arrivals();
        int[] came = new int[1];
        Arrival again =
                new Arrival() {
                    @Override
                    void arrived() {
                        if (++came[0] < 100_000) {
                            arrivals.add(this);
                        }
                    }
                };
        arrivals.add(again);
        arrivals.deliver();
        assertEquals(100_000, came[0]);
    }

    private void wakeEachRound(int rounds, AtomicInteger asked, AtomicInteger answered) {
        for (int i = 1; i <= rounds; i++) {
            asked.set(i);
            driver.wake();
            while (answered.get() < i) {
                Thread.onSpinWait();
            }
        }
    }

    private static void produce(
            Arrivals arrivals, int count, Consumer<Integer> came, SplittableRandom random) {
        for (int i = 1; i <= count; i++) {
            int number = i;
            arrivals.add(
                    new Arrival() {
                        @Override
                        void arrived() {
                            came.accept(number);
                        }
                    });
            for (int pause = random.nextInt(200); pause > 0; pause--) {
                Thread.onSpinWait();
            }
        }
    }
}
