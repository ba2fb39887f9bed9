package io.overlapped.uring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The words that the driver shares with the kernel: the indices of both queues and of the ring of
 * buffers, in the driver's own code. The kernel is played by another thread.
 */
public final class RingStress {
    private RingStress() {}

    /** A completion that is reaped is whole. */
    @JCStressTest
    @Outcome(
            id = {"0", "1", "12"},
            expect = ACCEPTABLE,
            desc = "none yet, or whole ones")
    @Outcome(expect = FORBIDDEN, desc = "torn, or out of order")
    @State
    public static class CompletionsArePublished {
        private final PlainRing plain = new PlainRing(2);

        @Actor
        public void kernel() {
            plain.writeCompletion(0, 1);
            plain.release(RingMemory.CQ_TAIL, 1);
            plain.writeCompletion(1, 2);
            plain.release(RingMemory.CQ_TAIL, 2);
        }

        @Actor
        public void driver(I_Result r) {
            r.r1 = plain.reap();
        }
    }

    /** The place of a completion is used again only after it was read. */
    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "both, whole")
    @Outcome(expect = FORBIDDEN, desc = "overwritten while it was read")
    @State
    public static class CompletionsAreGivenBack {
        private final PlainRing plain = new PlainRing(1);

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
            r.r1 = plain.reap();
            if (r.r1 < 10) {
                plain.awaitChange(RingMemory.CQ_TAIL, 1);
                r.r2 = plain.reap();
            } else {
                r.r2 = r.r1 % 10;
                r.r1 = r.r1 / 10;
            }
        }
    }

    /** A submission that the kernel takes is whole. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 0", "1, 2"},
            expect = ACCEPTABLE,
            desc = "none yet, or whole ones")
    @Outcome(expect = FORBIDDEN, desc = "taken before it was written")
    @State
    public static class SubmissionsArePublished {
        private final PlainRing plain = new PlainRing(2);

        @Actor
        public void driver() {
            plain.submit(1);
            plain.submit(2);
            int _ = plain.reap();
        }

        @Actor
        public void kernel(II_Result r) {
            int tail = plain.acquire(RingMemory.SQ_TAIL);
            r.r1 = tail > 0 ? plain.readSubmission(0) : 0;
            r.r2 = tail > 1 ? plain.readSubmission(1) : 0;
        }
    }

    /** The place of a submission is used again only after the kernel has taken it. */
    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "both, whole")
    @Outcome(expect = FORBIDDEN, desc = "overwritten while it was taken")
    @State
    public static class SubmissionsAreNotOverwritten {
        private final PlainRing plain = new PlainRing(1);

        @Actor
        public void driver() {
            plain.submit(1);
            int _ = plain.reap();
            plain.submit(2);
            int _ = plain.reap();
        }

        @Actor
        public void kernel(II_Result r) {
            plain.awaitChange(RingMemory.SQ_TAIL, 0);
            r.r1 = plain.readSubmission(0);
            plain.release(RingMemory.SQ_HEAD, 1);
            plain.awaitChange(RingMemory.SQ_TAIL, 1);
            r.r2 = plain.readSubmission(0);
            plain.release(RingMemory.SQ_HEAD, 2);
        }
    }

    /** A provided buffer that the kernel takes is whole. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "5, 0", "5, 6"},
            expect = ACCEPTABLE,
            desc = "none yet, or whole ones")
    @Outcome(expect = FORBIDDEN, desc = "taken before it was written")
    @State
    public static class BuffersArePublished {
        private static final MemorySegment FIVE = MemorySegment.ofAddress(64).reinterpret(5);
        private static final MemorySegment SIX = MemorySegment.ofAddress(128).reinterpret(6);

        private final PlainRing plain = new PlainRing(2);

        @Actor
        public void driver() {
            plain.buffers.add(5, FIVE);
            plain.buffers.add(6, SIX);
        }

        @Actor
        public void kernel(II_Result r) {
            int tail = plain.acquireBufferTail();
            r.r1 = tail > 0 ? plain.readBuffer(0) : 0;
            r.r2 = tail > 1 ? plain.readBuffer(1) : 0;
        }
    }
}
