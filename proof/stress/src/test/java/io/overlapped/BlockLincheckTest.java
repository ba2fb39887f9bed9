package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.spi.Probe;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;

/** Who may have a block and a buffer: one start, one receive, any number of sends. */
class BlockLincheckTest {

    @Test
    void aBlockIsStartedOnceUntilItIsOver() {
        Checks.requireLinearizable(Blocks.class);
    }

    @Test
    void aTwinThatClaimsInTwoStepsIsFound() {
        Checks.requireNotLinearizable(ClaimsInTwoSteps.class);
    }

    @Test
    void aBufferIsLentToOneReceiveOrToSends() {
        Checks.requireLinearizable(Buffers.class);
    }

    @Test
    void aTwinThatCountsItsBorrowersInTwoStepsIsFound() {
        Checks.requireNotLinearizable(CountsInTwoSteps.class);
    }

    @Test
    void oneOfTwoClosersOfABufferIsRefused() {
        Checks.requireAlways(
                () -> {
                    BufferPool pool = Checks.shared(BufferPoolLincheckTest.pool(2, new Thread()));
                    IoBuffer buffer = pool.take();
                    AtomicInteger refused = new AtomicInteger();
                    Thread other = new Thread(() -> close(buffer, refused));
                    other.start();
                    close(buffer, refused);
                    SleepLincheckTest.join(other);
                    assertEquals(1, refused.get());
                    assertEquals(0, pool.leased());
                    assertTrue(pool.take() != pool.take());
                });
    }

    private static void close(IoBuffer buffer, AtomicInteger refused) {
        try {
            buffer.close();
        } catch (IllegalStateException e) {
            refused.incrementAndGet();
        }
    }

    /** The state of one operation's block. */
    public static class Blocks {
        private final Overlapped o = new Overlapped();

        @Operation
        public boolean start() {
            try {
                o.begin(io.overlapped.Operation.POST, null, null);
                return true;
            } catch (IllegalStateException busy) {
                return false;
            }
        }

        @Operation(nonParallelGroup = "owner")
        public boolean complete() {
            boolean pending = o.isPending();
            if (pending) {
                o.deliver(Probe.NONE);
            }
            return pending;
        }

        @Operation
        public boolean isPending() {
            return o.isPending();
        }
    }

    public static class ClaimsInTwoSteps {
        private volatile boolean pending;

        @Operation
        public boolean start() {
            if (pending) {
                return false;
            }
            pending = true;
            return true;
        }

        @Operation(nonParallelGroup = "owner")
        public boolean complete() {
            boolean was = pending;
            pending = false;
            return was;
        }
    }

    /** One buffer, that each thread borrows and gives back. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    public static class Buffers {
        private final IoBuffer buffer = BufferPoolLincheckTest.pool(1, new Thread()).take();
        private final int[] sends = new int[8];
        private final boolean[] receives = new boolean[8];

        public Buffers() {
            buffer.appendByte(7);
        }

        @Operation(params = "thread")
        public boolean send(int thread) {
            try {
                buffer.borrowToSend();
                sends[thread]++;
                return true;
            } catch (IllegalStateException lent) {
                return false;
            }
        }

        @Operation(params = "thread")
        public boolean receive(int thread) {
            try {
                buffer.borrowToReceive();
                receives[thread] = true;
                return true;
            } catch (IllegalStateException lent) {
                return false;
            }
        }

        @Operation(params = "thread")
        public boolean giveBack(int thread) {
            if (sends[thread] > 0) {
                sends[thread]--;
            } else if (receives[thread]) {
                receives[thread] = false;
            } else {
                return false;
            }
            buffer.giveBack();
            return true;
        }

        @Operation
        public boolean isLent() {
            return buffer.isLent();
        }
    }

    @Param(name = "thread", gen = ThreadIdGen.class)
    public static class CountsInTwoSteps {
        private final int[] sends = new int[8];
        private volatile int borrowers;

        @Operation(params = "thread")
        public boolean send(int thread) {
            int count = borrowers;
            borrowers = count + 1;
            sends[thread]++;
            return true;
        }

        @Operation(params = "thread")
        public boolean giveBack(int thread) {
            if (sends[thread] == 0) {
                return false;
            }
            sends[thread]--;
            int count = borrowers;
            borrowers = count - 1;
            return true;
        }

        @Operation
        public boolean isLent() {
            return borrowers != 0;
        }
    }
}
