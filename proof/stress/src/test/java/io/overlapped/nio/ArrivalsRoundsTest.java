package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.stress.Rounds;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The thread that drives waits for what others add, and for a wake of anybody. */
class ArrivalsRoundsTest {
    private static final int ROUNDS = 20_000;
    private static final int TWIN_ROUNDS = 10_000;

    @Test
    void noArrivalIsSleptOver() throws Exception {
        assertEquals(-1, Rounds.firstStuck(ROUNDS, ArrivalRound::new));
    }

    @Test
    void noWakeIsSleptOver() throws Exception {
        assertEquals(-1, Rounds.firstStuck(ROUNDS, WakeRound::new));
    }

    @Test
    void aTwinThatLooksBeforeItSaysThatItParksIsFound() throws Exception {
        assertTrue(Rounds.firstStuckOfTwin(TWIN_ROUNDS, LooksEarly::new) >= 0);
    }

    private static final class ArrivalRound implements Rounds.Round {
        private final Arrivals arrivals = new Arrivals();
        private final Counted counted = new Counted();

        @Override
        public void sleep() {
            int before = counted.came;
            while (counted.came == before) {
                arrivals.await(Long.MAX_VALUE);
                arrivals.deliver();
            }
        }

        @Override
        public void wake() {
            arrivals.add(counted);
        }
    }

    private static final class Counted extends Arrival {
        /** Counted by who delivers. */
        private int came;

        @Override
        void arrived() {
            came++;
        }
    }

    private static final class WakeRound implements Rounds.Round {
        private final Arrivals arrivals = new Arrivals();

        @Override
        public void sleep() {
            arrivals.await(Long.MAX_VALUE);
        }

        @Override
        public void wake() {
            arrivals.wake();
        }
    }

    /** The queue's own code with two lines in the other order. */
    private static final class LooksEarly implements Rounds.Round {
        private final AtomicReference<@Nullable Arrival> newest = new AtomicReference<>();
        private final AtomicReference<@Nullable Thread> parked = new AtomicReference<>();

        @Override
        public void sleep() {
            while (newest.get() == null) {
                Rounds.linger();
                parked.set(Thread.currentThread());
                LockSupport.park(this);
            }
            parked.set(null);
            newest.set(null);
        }

        @Override
        public void wake() {
            newest.set(new Counted());
            Thread waits = parked.get();
            if (waits != null && parked.compareAndSet(waits, null)) {
                LockSupport.unpark(waits);
            }
        }
    }
}
