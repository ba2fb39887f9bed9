package io.overlapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.overlapped.spi.Probe;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What threads share on the heap, on this processor and in every mode of its compilers. */
public final class HeapStress {
    private HeapStress() {}

    /** What was written before a push is there after the taking. */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "taken before")
    @Outcome(id = "7", expect = ACCEPTABLE, desc = "taken whole")
    @Outcome(expect = FORBIDDEN, desc = "taken without its contents")
    @State
    public static class InboxPublishes {
        private final Inbox inbox = new Inbox();
        private final Overlapped block = new Overlapped();

        @Actor
        public void other() {
            block.token = 7;
            boolean _ = inbox.push(block);
        }

        @Actor
        public void owner(I_Result r) {
            Overlapped taken = inbox.takeAll();
            r.r1 = taken == null ? 0 : taken.token == 7 ? 7 : -1;
        }
    }

    /** A push meets the close: it is refused, or what it pushed is among the last. */
    @JCStressTest
    @Outcome(
            id = {"true, 1", "false, 0"},
            expect = ACCEPTABLE,
            desc = "one or the other")
    @Outcome(expect = FORBIDDEN, desc = "lost, or refused and taken")
    @State
    public static class InboxCloses {
        private final Inbox inbox = new Inbox();

        @Actor
        public void other(ZI_Result r) {
            r.r1 = inbox.push(new Overlapped());
        }

        @Actor
        public void owner(ZI_Result r) {
            r.r2 = inbox.close() == null ? 0 : 1;
        }
    }

    /**
     * {@code Proactor.start} against {@code Proactor.pass}: a push is seen by who is about to wait,
     * or the one who pushed sees that somebody waits.
     */
    @JCStressTest
    @Outcome(
            id = {"true, false", "true, true", "false, false"},
            expect = ACCEPTABLE,
            desc = "one of them sees the other")
    @Outcome(id = "false, true", expect = FORBIDDEN, desc = "it sleeps over a start")
    @State
    public static class SleepOrSee {
        private final Inbox inbox = new Inbox();
        private volatile boolean waiting;

        @Actor
        public void other(ZZ_Result r) {
            boolean _ = inbox.push(new Overlapped());
            r.r1 = waiting;
        }

        @Actor
        public void owner(ZZ_Result r) {
            waiting = true;
            r.r2 = inbox.isEmpty();
        }
    }

    /** One of two that start the same block has it. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one has it")
    @Outcome(expect = FORBIDDEN, desc = "both have it, or none")
    @State
    public static class BlockIsClaimedOnce {
        private final Overlapped block = new Overlapped();

        @Actor
        public void first(II_Result r) {
            r.r1 = claim();
        }

        @Actor
        public void second(II_Result r) {
            r.r2 = claim();
        }

        private int claim() {
            try {
                block.begin(Operation.POST, null, null);
                return 1;
            } catch (IllegalStateException busy) {
                return 0;
            }
        }
    }

    /** Who sees that an operation is over sees its results. */
    @JCStressTest
    @Outcome(
            id = {"true, 0", "true, 5", "false, 5"},
            expect = ACCEPTABLE,
            desc = "pending, or over with its result")
    @Outcome(expect = FORBIDDEN, desc = "over without its result")
    @State
    public static class CompletionPublishes {
        private final Overlapped block = new Overlapped();

        public CompletionPublishes() {
            block.begin(Operation.RECEIVE, null, null);
        }

        @Actor
        public void owner() {
            block.finish(5);
            block.deliver(Probe.NONE);
        }

        @Actor
        public void other(ZI_Result r) {
            r.r1 = block.isPending();
            r.r2 = block.bytes();
        }
    }

    /** A waiter that enlists and still sees it pending is woken by its completion. */
    @JCStressTest
    @Outcome(
            id = {"true, false", "false, true", "false, false"},
            expect = ACCEPTABLE,
            desc = "woken, or it does not park")
    @Outcome(id = "true, true", expect = FORBIDDEN, desc = "it parks and nobody wakes it")
    @State
    public static class WaiterIsWoken {
        private final Overlapped block = new Overlapped();

        public WaiterIsWoken() {
            block.begin(Operation.POST, null, null);
        }

        @Actor
        public void waiter(ZZ_Result r) {
            boolean _ = block.setWaiters(null, this);
            r.r1 = block.isPending();
        }

        @Actor
        public void owner() {
            block.deliver(Probe.NONE);
        }

        @Arbiter
        public void after(ZZ_Result r) {
            r.r2 = block.waiters() != null;
        }
    }

    /** A buffer that two threads lend and give back is free afterwards. */
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "lent, then free")
    @Outcome(expect = FORBIDDEN, desc = "a borrower is lost or stays")
    @State
    public static class BorrowersAreCounted {
        private final IoBuffer buffer =
                BufferPoolLincheckTest.pool(1, Thread.currentThread()).take();

        public BorrowersAreCounted() {
            buffer.appendByte(1).borrowToSend();
        }

        @Actor
        public void first() {
            buffer.borrowToSend();
            buffer.giveBack();
        }

        @Actor
        public void second() {
            buffer.borrowToSend();
            buffer.giveBack();
        }

        @Arbiter
        public void after(ZZ_Result r) {
            r.r1 = buffer.isLent();
            buffer.giveBack();
            r.r2 = buffer.isLent();
        }
    }
}
