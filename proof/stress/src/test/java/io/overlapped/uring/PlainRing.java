package io.overlapped.uring;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * The driver's own {@link Ring} and {@link BufferRing} over plain memory. The kernel's side of it
 * is for another thread to play.
 */
final class PlainRing extends RingMemory {
    final Ring ring;
    final BufferRing buffers;

    private final class NoKernel extends Libc {
        NoKernel(Arena arena) {
            super(arena);
        }

        @Override
        int ioUringEnter(
                int fd, int toSubmit, int minComplete, int flags, MemorySegment arg, long bytes) {
            return 0;
        }

        @Override
        int ioUringRegister(int fd, int opcode, MemorySegment arg, int count) {
            return opcode == Abi.IORING_REGISTER_PBUF_RING ? 0 : -1;
        }

        @Override
        long mmap(long bytes, int flags, int fd, long offset) {
            return memory.address() + (offset == Abi.IORING_OFF_SQES ? SQES_AT : 0);
        }
    }

    /** Allocates the buffer ring, which asks for a page, where this ring's memory is. */
    private final class Here implements Arena {
        @Override
        public MemorySegment allocate(long bytes, long alignmentBytes) {
            return memory.asSlice(BUFFERS_AT, bytes);
        }

        @Override
        public MemorySegment.Scope scope() {
            return Arena.global().scope();
        }

        @Override
        public void close() {}
    }

    /**
     * @param entries of each queue; a power of two, at most 4
     */
    PlainRing(int entries) {
        memory.set(JAVA_INT, SQ_MASK, entries - 1);
        memory.set(JAVA_INT, CQ_MASK, entries - 1);
        NoKernel libc = new NoKernel(Arena.ofAuto());
        ring = new Ring(libc, 0, params(entries));
        buffers = Objects.requireNonNull(BufferRing.register(libc, ring, new Here(), entries));
    }

    private static MemorySegment params(int entries) {
        MemorySegment params = Arena.ofAuto().allocate(Abi.params_BYTES, Long.BYTES);
        params.set(
                JAVA_INT,
                Abi.params_flags,
                Abi.IORING_SETUP_NO_SQARRAY | Abi.IORING_SETUP_TASKRUN_FLAG);
        params.set(JAVA_INT, Abi.params_sq_entries, entries);
        params.set(JAVA_INT, Abi.params_cq_entries, entries);
        MemorySegment sq = params.asSlice(Abi.params_sq_off, 40);
        sq.set(JAVA_INT, Abi.sq_off_head, SQ_HEAD);
        sq.set(JAVA_INT, Abi.sq_off_tail, SQ_TAIL);
        sq.set(JAVA_INT, Abi.sq_off_flags, SQ_FLAGS);
        sq.set(JAVA_INT, Abi.sq_off_ring_mask, SQ_MASK);
        sq.set(JAVA_INT, Abi.sq_off_array, RINGS_BYTES);
        MemorySegment cq = params.asSlice(Abi.params_cq_off, 40);
        cq.set(JAVA_INT, Abi.cq_off_head, CQ_HEAD);
        cq.set(JAVA_INT, Abi.cq_off_tail, CQ_TAIL);
        cq.set(JAVA_INT, Abi.cq_off_ring_mask, CQ_MASK);
        cq.set(JAVA_INT, Abi.cq_off_cqes, CQES);
        return params;
    }

    /** Submits an operation whose two fields are the same number. */
    void submit(int number) {
        ring.submit(Abi.IORING_OP_NOP, 0, 0, number, 0, 0, number);
    }

    /** What there is to reap, each as one digit of the result, the oldest first. */
    int reap() {
        int[] seen = new int[1];
        ring.await(0);
        int _ =
                ring.reap(
                        (userData, result, _) ->
                                seen[0] = 10 * seen[0] + (userData == result ? result : 9));
        return seen[0];
    }
}
