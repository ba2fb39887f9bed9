package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.stress.Rounds;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The driver's thread waits for handlers of the group's thread, and for a wake of anybody. */
class HandlerQueueRoundsTest {
    private static final int ROUNDS = 20_000;
    private static final int TWIN_ROUNDS = 10_000;

    @Test
    void noHandlerIsSleptOver() throws Exception {
        assertEquals(-1, Rounds.firstStuck(ROUNDS, HandlerRound::new));
    }

    @Test
    void noWakeIsSleptOver() throws Exception {
        assertEquals(-1, Rounds.firstStuck(ROUNDS, WakeRound::new));
    }

    @Test
    void aTwinThatLooksBeforeItSaysThatItParksIsFound() throws Exception {
        assertTrue(Rounds.firstStuckOfTwin(TWIN_ROUNDS, LooksEarly::new) >= 0);
    }

    private static final class HandlerRound implements Rounds.Round {
        private final HandlerQueue queue = new HandlerQueue();
        private final AtomicInteger ran = new AtomicInteger();

        @Override
        public void sleep() {
            int before = ran.get();
            while (ran.get() == before) {
                queue.await(Long.MAX_VALUE);
                queue.runHandlers();
            }
        }

        @Override
        public void wake() {
            queue.execute(ran::incrementAndGet);
        }
    }

    private static final class WakeRound implements Rounds.Round {
        private final HandlerQueue queue = new HandlerQueue();

        @Override
        public void sleep() {
            queue.await(Long.MAX_VALUE);
        }

        @Override
        public void wake() {
            queue.wake();
        }
    }

    /** The queue's own code with two lines in the other order. */
    private static final class LooksEarly implements Rounds.Round {
        private final Thread owner = Thread.currentThread();
        private final ConcurrentLinkedQueue<Runnable> handlers = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean parked = new AtomicBoolean();

        @Override
        public void sleep() {
            while (handlers.isEmpty()) {
                Rounds.linger();
                parked.set(true);
                LockSupport.park(this);
            }
            parked.set(false);
            var _ = handlers.poll();
        }

        @Override
        public void wake() {
            handlers.add(() -> {});
            if (parked.get() && parked.compareAndSet(true, false)) {
                LockSupport.unpark(owner);
            }
        }
    }
}
