package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that wait for buffers, of which there are fewer than threads. */
@NeedsThreads
class TakesOfThreadsTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 100;

    @Conformance
    void threadsShareFewBuffersAndNoneIsHadByTwo(Bench b) throws Exception {
        AtomicInteger had = new AtomicInteger();
        AtomicInteger hadMost = new AtomicInteger();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        try (Proactor proactor = Proactor.start(b.options().withBuffers(4, 256, 2))) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int mark = i;
                threads.add(
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            try {
                                                takeTurns(proactor, mark, had, hadMost);
                                            } catch (Throwable e) {
                                                failures.add(e);
                                            }
                                        }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(List.of(), List.copyOf(failures));
            assertEquals(0, proactor.buffers().leased());
        }
        assertTrue(hadMost.get() <= 4, () -> hadMost + " of 4 buffers were taken");
    }

    private static void takeTurns(
            Proactor proactor, int mark, AtomicInteger had, AtomicInteger hadMost) {
        Overlapped take = new Overlapped();
        for (int round = 0; round < ROUNDS; round++) {
            assertEquals(0, proactor.buffers().take(take).await());
            hadMost.accumulateAndGet(had.incrementAndGet(), Math::max);
            try (IoBuffer buffer = take.buffer()) {
                while (buffer.writable() >= Integer.BYTES) {
                    buffer.appendInt(mark);
                }
                for (int at = 0; at < buffer.readable(); at += Integer.BYTES) {
                    assertEquals(mark, buffer.intAt(at));
                }
                had.decrementAndGet();
            }
        }
    }

    /** The bench fails if the close says that a buffer is missing. */
    @Conformance
    void threadsThatWaitLearnOfTheClose(Bench b) throws Exception {
        Proactor proactor = Proactor.start(b.options().withBuffers(4, 256, 2));
        AtomicInteger taken = new AtomicInteger();
        Queue<Object> ends = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofVirtual().start(() -> ends.add(takeUntilItEnds(proactor, taken))));
        }
        b.until(() -> taken.get() >= 10 * THREADS);
        proactor.close();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(THREADS, ends.size(), ends::toString);
        assertEquals(0, proactor.buffers().leased());
    }

    /** Until a take is told of the end, or the next one finds the proactor closed. */
    private static Object takeUntilItEnds(Proactor proactor, AtomicInteger taken) {
        Overlapped take = new Overlapped();
        while (true) {
            try {
                proactor.buffers().take(take);
            } catch (IllegalStateException closed) {
                return closed;
            }
            assertTrue(take.await(Proactor.FOREVER));
            if (take.status() != Status.OK) {
                return take.status();
            }
            take.buffer().close();
            taken.incrementAndGet();
        }
    }
}
