package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Operation;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Timers and posts, and how long a wait waits. */
class TimerTest {

    @Conformance
    void aTimerNeverComesEarly(Bench b) {
        for (int millis = 0; millis < 20; millis++) {
            long start = b.nanoTime();
            b.ok(b.server.timer(new Overlapped(), Duration.ofMillis(millis)));
            assertTrue(b.nanoTime() - start >= millis * 1_000_000L, millis + " ms");
        }
    }

    @Conformance
    void timersCompleteInTheOrderOfTheirDeadlines(Bench b) {
        // A deadline lies between what the clock says before the start and after it.
        record Bounds(long low, long high) {}
        Random random = new Random(3);
        List<Bounds> order = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            long delayNanos = 10_000_000 + random.nextInt(20) * 500_000L;
            Bounds[] bounds = new Bounds[1];
            Overlapped timer = new Overlapped(_ -> order.add(bounds[0]));
            long before = b.nanoTime();
            b.server.timer(timer, Duration.ofNanos(delayNanos));
            bounds[0] = new Bounds(before + delayNanos, b.nanoTime() + delayNanos);
        }
        b.until(() -> order.size() == 200);
        long latest = Long.MIN_VALUE;
        for (Bounds bounds : order) {
            assertTrue(latest <= bounds.high(), "a timer overtook an earlier one");
            latest = Math.max(latest, bounds.low());
        }
    }

    @Conformance
    void aDelayOfZeroOrLessCompletesInTheNextWait(Bench b) {
        Overlapped zero = b.server.timer(new Overlapped(), Duration.ZERO);
        Overlapped negative = b.server.timer(new Overlapped(), Duration.ofSeconds(-5));
        assertEquals(2, b.server.poll());
        assertFalse(zero.isPending() || negative.isPending());
    }

    @Conformance
    void theLongestDelayIsNoOverflow(Bench b) {
        Overlapped forever = b.server.timer(new Overlapped(), Proactor.FOREVER);
        Overlapped longer = b.server.timer(new Overlapped(), Duration.ofSeconds(Long.MAX_VALUE));
        Overlapped soon = b.server.timer(new Overlapped(), Duration.ofMillis(1));
        b.ok(soon);
        assertTrue(forever.isPending() && longer.isPending());
        forever.cancel();
        longer.cancel();
        b.ended(forever, Status.CANCELED);
        b.ended(longer, Status.CANCELED);
    }

    @Conformance
    void aThousandTimersAreStartedAndCancelled(Bench b) {
        List<Overlapped> timers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            timers.add(b.server.timer(new Overlapped(), Duration.ofHours(1 + i % 7)));
        }
        for (int i = 0; i < 1000; i += 2) {
            timers.get(i).cancel();
        }
        for (int i = 0; i < 1000; i++) {
            if (i % 2 == 0) {
                b.ended(timers.get(i), Status.CANCELED);
            } else {
                assertTrue(timers.get(i).isPending());
            }
        }
        timers.forEach(Overlapped::cancel);
    }

    @Conformance
    void postsCompleteInTheOrderTheyWereStarted(Bench b) {
        List<Integer> order = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            expected.add(i);
            b.server.post(new Overlapped(_ -> order.add(number)));
        }
        b.until(() -> order.size() == 100);
        assertEquals(expected, order);
    }

    @Conformance
    void aWaitWithNothingToDoEndsAfterItsTimeout(Bench b) {
        long start = b.nanoTime();
        assertEquals(0, b.server.alertableWait(Duration.ofMillis(30)));
        long took = b.nanoTime() - start;
        assertTrue(took >= 30_000_000L, "it took " + took + " ns");
    }

    @Conformance
    void aPollDoesNotWait(Bench b) {
        Overlapped timer = b.server.timer(new Overlapped(), Duration.ofHours(1));
        for (int i = 0; i < 1000; i++) {
            assertEquals(0, b.server.poll());
        }
        timer.cancel();
        assertEquals(1, b.server.poll());
    }

    @Conformance
    void aWaitSaysHowManyItDelivered(Bench b) {
        for (int i = 0; i < 7; i++) {
            b.server.post(new Overlapped());
        }
        assertEquals(7, b.server.alertableWait(Duration.ofSeconds(60)));
    }

    @Conformance
    void aTimerMovesNoBytesAndHasNoStream(Bench b) {
        Overlapped timer = b.ok(b.server.timer(new Overlapped(), Duration.ZERO));
        assertEquals(0, timer.bytes());
        assertEquals(Operation.TIMER, timer.operation());
        assertFalse(timer.hasBuffer());
    }

    @Conformance
    void aTimerThatRestartsItselfTicks(Bench b) {
        int[] ticks = new int[1];
        Overlapped tick =
                new Overlapped(
                        o -> {
                            if (++ticks[0] < 20) {
                                b.server.timer(o, Duration.ofMillis(1));
                            }
                        });
        long start = b.nanoTime();
        b.server.timer(tick, Duration.ofMillis(1));
        b.until(() -> ticks[0] == 20);
        assertTrue(b.nanoTime() - start >= 20_000_000L);
    }
}
