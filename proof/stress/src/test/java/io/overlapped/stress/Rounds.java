package io.overlapped.stress;

import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * One thread falls asleep while another wakes it, many times over, for what parks: a park may end
 * by itself in a model checker, and then a wake-up that is lost is not missed.
 *
 * <p>Threads: one.
 */
public final class Rounds {
    private static final long GAP_NANOS = 50_000;
    private static final long STUCK_NANOS = 60_000_000_000L;
    private static final long TWIN_STUCK_NANOS = 2_000_000_000L;

    private Rounds() {}

    /** Both sides of one round. */
    public interface Round {
        /** Returns when it was woken; on a thread that has done this in each round before. */
        void sleep();

        /** Wakes it. */
        void wake();
    }

    /** The number of the first round whose sleeper was not woken, or −1 if all were. */
    public static int firstStuck(int rounds, Supplier<Round> rounded) throws InterruptedException {
        return firstStuck(rounds, STUCK_NANOS, rounded);
    }

    /** The same for a twin, which is to get stuck: it is waited for less long. */
    public static int firstStuckOfTwin(int rounds, Supplier<Round> rounded)
            throws InterruptedException {
        return firstStuck(rounds, TWIN_STUCK_NANOS, rounded);
    }

    private static int firstStuck(int rounds, long stuckNanos, Supplier<Round> rounded)
            throws InterruptedException {
        Phaser start = new Phaser(2);
        AtomicLong woken = new AtomicLong();
        Round[] current = new Round[1];
        Thread sleeper =
                Thread.ofPlatform()
                        .daemon()
                        .start(
                                () -> {
                                    Round own = rounded.get();
                                    for (int i = 0; i < rounds; i++) {
                                        current[0] = own;
                                        spin(i);
                                        start.arriveAndAwaitAdvance();
                                        own.sleep();
                                        woken.incrementAndGet();
                                    }
                                });
        for (int i = 0; i < rounds; i++) {
            start.arriveAndAwaitAdvance();
            spin(i >>> 4);
            current[0].wake();
            long begun = System.nanoTime();
            while (woken.get() == i) {
                Thread.onSpinWait();
                if (System.nanoTime() - begun > stuckNanos) {
                    // A permit of no use to the round ends it, so that the thread is not left.
                    LockSupport.unpark(sleeper);
                    return i;
                }
            }
        }
        sleeper.join();
        return -1;
    }

    /** Makes the gap in a twin so wide that it is fallen into at once, on any machine. */
    public static void linger() {
        LockSupport.parkNanos(GAP_NANOS);
    }

    /** Moves the two against each other from round to round. */
    private static void spin(int round) {
        for (int i = round & 15; i > 0; i--) {
            Thread.onSpinWait();
        }
    }
}
