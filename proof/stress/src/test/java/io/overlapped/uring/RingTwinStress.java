package io.overlapped.uring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The tests of {@link RingStress} on twins with a fault: each of them has to fail. */
public final class RingTwinStress {
    private RingTwinStress() {}

    /** Reads the entry, and then the index that says whether it is there. */
    @JCStressTest
    @Outcome(
            id = {"0", "1"},
            expect = ACCEPTABLE,
            desc = "none yet, or whole")
    @Outcome(expect = FORBIDDEN, desc = "the fault")
    @State
    public static class CompletionsAreReadEarly {
        private final RingMemory plain = new RingMemory();

        @Actor
        public void kernel() {
            plain.writeCompletion(0, 1);
            plain.release(RingMemory.CQ_TAIL, 1);
        }

        @Actor
        public void driver(I_Result r) {
            int read = plain.readCompletion(0);
            int tail = plain.acquire(RingMemory.CQ_TAIL);
            r.r1 = tail == 0 ? 0 : read == 1 ? 1 : 9;
        }
    }

    /** Gives the place back, and then reads what was in it. */
    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "both, whole")
    @Outcome(expect = FORBIDDEN, desc = "the fault")
    @State
    public static class CompletionsAreGivenBackEarly {
        private final RingMemory plain = new RingMemory();

        @Actor
        public void kernel() {
            plain.writeCompletion(0, 1);
            plain.release(RingMemory.CQ_TAIL, 1);
            plain.awaitChange(RingMemory.CQ_HEAD, 0);
            plain.writeCompletion(0, 2);
            plain.release(RingMemory.CQ_TAIL, 2);
        }

        @Actor
        public void driver(II_Result r) {
            plain.awaitChange(RingMemory.CQ_TAIL, 0);
            plain.release(RingMemory.CQ_HEAD, 1);
            r.r1 = plain.readCompletion(0);
            plain.awaitChange(RingMemory.CQ_TAIL, 1);
            plain.release(RingMemory.CQ_HEAD, 2);
            r.r2 = plain.readCompletion(0);
        }
    }

    /** Publishes the index, and then writes the entry. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 0", "1, 2"},
            expect = ACCEPTABLE,
            desc = "none yet, or whole ones")
    @Outcome(expect = FORBIDDEN, desc = "the fault")
    @State
    public static class SubmissionsArePublishedEarly {
        private final RingMemory plain = new RingMemory();

        @Actor
        public void driver() {
            plain.release(RingMemory.SQ_TAIL, 1);
            plain.writeSubmission(0, 1);
            plain.release(RingMemory.SQ_TAIL, 2);
            plain.writeSubmission(1, 2);
        }

        @Actor
        public void kernel(II_Result r) {
            int tail = plain.acquire(RingMemory.SQ_TAIL);
            r.r1 = tail > 0 ? plain.readSubmission(0) : 0;
            r.r2 = tail > 1 ? plain.readSubmission(1) : 0;
        }
    }

    /** Writes without a look at what the kernel has taken. */
    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "both, whole")
    @Outcome(expect = FORBIDDEN, desc = "the fault")
    @State
    public static class SubmissionsAreOverwritten {
        private final RingMemory plain = new RingMemory();

        @Actor
        public void driver() {
            plain.writeSubmission(0, 1);
            plain.release(RingMemory.SQ_TAIL, 1);
            plain.writeSubmission(0, 2);
            plain.release(RingMemory.SQ_TAIL, 2);
        }

        @Actor
        public void kernel(II_Result r) {
            plain.awaitChange(RingMemory.SQ_TAIL, 0);
            r.r1 = plain.readSubmission(0);
            plain.release(RingMemory.SQ_HEAD, 1);
            plain.awaitChange(RingMemory.SQ_TAIL, 1);
            r.r2 = plain.readSubmission(0);
        }
    }

    /** Publishes the index of the buffers, and then writes them. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "5, 0", "5, 6"},
            expect = ACCEPTABLE,
            desc = "none yet, or whole ones")
    @Outcome(expect = FORBIDDEN, desc = "the fault")
    @State
    public static class BuffersArePublishedEarly {
        private final RingMemory plain = new RingMemory();

        @Actor
        public void driver() {
            plain.releaseBufferTail(1);
            plain.writeBuffer(0, 5);
            plain.releaseBufferTail(2);
            plain.writeBuffer(1, 6);
        }

        @Actor
        public void kernel(II_Result r) {
            int tail = plain.acquireBufferTail();
            r.r1 = tail > 0 ? plain.readBuffer(0) : 0;
            r.r2 = tail > 1 ? plain.readBuffer(1) : 0;
        }
    }
}
