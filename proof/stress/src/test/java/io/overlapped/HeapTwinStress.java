package io.overlapped;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.overlapped.spi.Probe;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The tests of {@link HeapStress} on twins with a fault: each of them has to fail. */
public final class HeapTwinStress {
    private HeapTwinStress() {}

    /** Pushes the block before it has its contents. */
    @JCStressTest
    @Outcome(
            id = {"0", "7"},
            expect = ACCEPTABLE,
            desc = "nothing, or whole")
    @Outcome(expect = FORBIDDEN, desc = "the fault")
    @State
    public static class InboxPublishesEarly {
        private final Inbox inbox = new Inbox();
        private final Overlapped block = new Overlapped();

        @Actor
        public void other() {
            boolean _ = inbox.push(block);
            block.token = 7;
        }

        @Actor
        public void owner(I_Result r) {
            Overlapped taken = inbox.takeAll();
            r.r1 = taken == null ? 0 : taken.token == 7 ? 7 : -1;
        }
    }

    /** Says that it waits by a release, which may pass the look that follows it. */
    @JCStressTest
    @Outcome(
            id = {"true, false", "true, true", "false, false"},
            expect = ACCEPTABLE,
            desc = "one of them sees the other")
    @Outcome(id = "false, true", expect = FORBIDDEN, desc = "the fault")
    @State
    public static class SleepsOver {
        private static final VarHandle WAITING = handle("waiting");

        private final Inbox inbox = new Inbox();

        @SuppressWarnings("unused") // through WAITING
        private boolean waiting;

        @Actor
        public void other(ZZ_Result r) {
            boolean _ = inbox.push(new Overlapped());
            r.r1 = (boolean) WAITING.getAcquire(this);
        }

        @Actor
        public void owner(ZZ_Result r) {
            WAITING.setRelease(this, true);
            r.r2 = inbox.isEmpty();
        }

        private static VarHandle handle(String field) {
            try {
                return MethodHandles.lookup().findVarHandle(SleepsOver.class, field, boolean.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    /** Looks, and then claims. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one has it")
    @Outcome(expect = FORBIDDEN, desc = "the fault")
    @State
    public static class BlockIsClaimedTwice {
        private volatile boolean pending;

        @Actor
        public void first(II_Result r) {
            r.r1 = claim();
        }

        @Actor
        public void second(II_Result r) {
            r.r2 = claim();
        }

        private int claim() {
            if (pending) {
                return 0;
            }
            pending = true;
            return 1;
        }
    }

    /** Says that it is over before the result is set. */
    @JCStressTest
    @Outcome(
            id = {"true, 0", "true, 5", "false, 5"},
            expect = ACCEPTABLE,
            desc = "pending, or over with its result")
    @Outcome(expect = FORBIDDEN, desc = "the fault")
    @State
    public static class CompletionPublishesEarly {
        private final Overlapped block = new Overlapped();

        public CompletionPublishesEarly() {
            block.begin(Operation.RECEIVE, null, null);
        }

        @Actor
        public void owner() {
            block.deliver(Probe.NONE);
            block.finish(5);
        }

        @Actor
        public void other(ZI_Result r) {
            r.r1 = block.isPending();
            r.r2 = block.bytes();
        }
    }

    /** Looks whether it is pending, and enlists afterwards. */
    @JCStressTest
    @Outcome(
            id = {"true, false", "false, true", "false, false"},
            expect = ACCEPTABLE,
            desc = "woken, or it does not park")
    @Outcome(id = "true, true", expect = FORBIDDEN, desc = "the fault")
    @State
    public static class WaiterIsForgotten {
        private final Overlapped block = new Overlapped();

        public WaiterIsForgotten() {
            block.begin(Operation.POST, null, null);
        }

        @Actor
        public void waiter(ZZ_Result r) {
            r.r1 = block.isPending();
            boolean _ = block.setWaiters(null, this);
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

    /** Counts in two steps. */
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "lent, then free")
    @Outcome(expect = FORBIDDEN, desc = "the fault")
    @State
    public static class BorrowersAreMiscounted {
        private volatile int borrowers = 1;

        @Actor
        public void first() {
            add(1);
            add(-1);
        }

        @Actor
        public void second() {
            add(1);
            add(-1);
        }

        @Arbiter
        public void after(ZZ_Result r) {
            r.r1 = borrowers != 0;
            add(-1);
            r.r2 = borrowers != 0;
        }

        private void add(int more) {
            int count = borrowers;
            borrowers = count + more;
        }
    }
}
