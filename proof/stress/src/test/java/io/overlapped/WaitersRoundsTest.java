package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.spi.Probe;
import io.overlapped.stress.Rounds;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A thread awaits an operation while the proactor completes it. */
class WaitersRoundsTest {
    private static final int ROUNDS = 20_000;
    private static final int TWIN_ROUNDS = 10_000;

    @Test
    void noCompletionIsSleptOver() throws Exception {
        Proactor proactor =
                Proactor.open(new SleepingDriver(), Options.defaults().withBuffers(1, 64, 1));
        assertEquals(-1, Rounds.firstStuck(ROUNDS, () -> new AwaitRound(proactor)));
    }

    @Test
    void aTwinThatDoesNotLookAgainIsFound() throws Exception {
        assertTrue(Rounds.firstStuckOfTwin(TWIN_ROUNDS, DoesNotLookAgain::new) >= 0);
    }

    private static final class AwaitRound implements Rounds.Round {
        private final Overlapped block = new Overlapped();

        AwaitRound(Proactor proactor) {
            block.begin(Operation.POST, proactor, null);
        }

        @Override
        public void sleep() {
            assertEquals(0, block.await());
            block.begin(Operation.POST, block.proactor, null);
        }

        @Override
        public void wake() {
            block.finish(0);
            block.deliver(Probe.NONE);
        }
    }

    /** A waiter that enlists and parks, as it saw the operation pending before. */
    private static final class DoesNotLookAgain implements Rounds.Round {
        private volatile boolean pending = true;
        private volatile Thread waiter = new Thread();

        @Override
        public void sleep() {
            while (pending) {
                Rounds.linger();
                waiter = Thread.currentThread();
                LockSupport.park(this);
            }
            pending = true;
            waiter = new Thread();
        }

        @Override
        public void wake() {
            pending = false;
            LockSupport.unpark(waiter);
        }
    }
}
