package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.AbstractList;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Starts and waits of another thread that meet the proactor at every moment of its pass. Its driver
 * does not sleep, so that there are many moments in little time.
 */
class RacesTest {
    private static final long TEST_NANOS = 3_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Looks in its wait whether somebody has started an operation and did not wake it. */
    private static final class WatchingDriver extends StuckDriver {
        final AtomicLong started = new AtomicLong();
        final AtomicBoolean woken = new AtomicBoolean();
        long delivered;
        boolean slept;

        @Override
        public int drive(long timeoutNanos, Sink sink) {
            if (timeoutNanos > 0) {
                spin(5);
                boolean unseen = started.get() > delivered;
                slept |= !woken.getAndSet(false) && unseen;
            }
            return 0;
        }

        @Override
        public void wake() {
            woken.set(true);
        }
    }

    @Test
    void noStartIsSleptOver() throws Exception {
        WatchingDriver driver = new WatchingDriver();
        AtomicBoolean done = new AtomicBoolean();
        try (Proactor proactor = Proactor.open(driver, Options.defaults())) {
            FutureTask<Void> starter =
                    new FutureTask<>(
                            () -> {
                                Random random = new Random(5);
                                while (!done.get()) {
                                    proactor.post(new Overlapped(_ -> driver.delivered++));
                                    driver.started.incrementAndGet();
                                    spin(random.nextInt(20));
                                }
                            },
                            null);
            Thread thread = Thread.ofPlatform().start(starter);
            for (long start = System.nanoTime();
                    !driver.slept && System.nanoTime() - start < TEST_NANOS; ) {
                proactor.pass(Long.MAX_VALUE);
            }
            done.set(true);
            thread.join();
            starter.get();
        }
        assertTrue(driver.delivered > 0);
        assertFalse(driver.slept, "a start was slept over");
    }

    /** Has its operation complete after the first look at it and before the thread is listed. */
    private static final class LateList extends AbstractList<Overlapped> {
        private final Overlapped operation;
        final AtomicBoolean listing = new AtomicBoolean();

        LateList(Overlapped operation) {
            this.operation = operation;
        }

        @Override
        public Overlapped get(int index) {
            return operation;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public void forEach(Consumer<? super Overlapped> action) {
            listing.set(true);
            while (operation.isPending()) {
                Thread.onSpinWait();
            }
            action.accept(operation);
        }
    }

    @Test
    void aCompletionBetweenTheLookAndTheListEndsTheWait() throws Exception {
        try (Proactor proactor = Proactor.open(new StuckDriver(), Options.defaults())) {
            LateList operations = new LateList(proactor.post(new Overlapped()));
            FutureTask<Long> waiter =
                    new FutureTask<>(
                            () -> {
                                long start = System.nanoTime();
                                assertNotNull(Overlapped.awaitAny(operations, PATIENCE));
                                return System.nanoTime() - start;
                            });
            Thread thread = Thread.ofPlatform().start(waiter);
            while (!operations.listing.get() && !waiter.isDone()) {
                Thread.onSpinWait();
            }
            proactor.poll();
            thread.join();
            assertTrue(waiter.get() < PATIENCE.toNanos(), "the completion was slept through");
        }
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }
}
