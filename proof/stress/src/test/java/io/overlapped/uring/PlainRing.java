package io.overlapped.uring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The driver's own {@link Ring} and {@link BufferRing} over plain memory, and the kernel's side of
 * it for another thread to play: what it reads and writes, with the orderings that the kernel uses.
 *
 * <p>Memory is used again after so many rings that nobody has the old one any more.
 */
final class PlainRing {
    static final int SQ_HEAD = 0;
    static final int SQ_TAIL = 64;
    static final int SQ_FLAGS = 128;
    static final int CQ_HEAD = 192;
    static final int CQ_TAIL = 256;
    static final int CQES = 384;

    private static final VarHandle INT = JAVA_INT.varHandle();
    private static final VarHandle SHORT = JAVA_SHORT.varHandle();
    private static final int SQ_MASK = 132;
    private static final int CQ_MASK = 320;
    private static final int RINGS_BYTES = 512;
    private static final int SQES_AT = 512;
    private static final int BUFFERS_AT = 768;
    private static final int PLACE_BYTES = 1024;
    private static final int PLACES = 1 << 15;
    private static final MemorySegment ALL =
            Arena.global().allocate((long) PLACES * PLACE_BYTES, 4096);
    private static final AtomicInteger NEXT = new AtomicInteger();

    final MemorySegment memory;
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
        long mmap(long bytes, int fd, long offset) {
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
        int place = NEXT.getAndIncrement() & (PLACES - 1);
        memory = ALL.asSlice((long) place * PLACE_BYTES, PLACE_BYTES).fill((byte) 0);
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

    // ---- the kernel's side

    int acquire(long word) {
        return (int) INT.getAcquire(memory, word);
    }

    void release(long word, int value) {
        INT.setRelease(memory, word, value);
    }

    /** Waits until another thread has changed the word. */
    void awaitChange(long word, int from) {
        while (acquire(word) == from) {
            Thread.onSpinWait();
        }
    }

    /** Writes a completion whose two fields are the same number. */
    void writeCompletion(int at, int number) {
        memory.set(JAVA_LONG, CQES + (long) at * Abi.cqe_BYTES + Abi.cqe_user_data, number);
        memory.set(JAVA_INT, CQES + (long) at * Abi.cqe_BYTES + Abi.cqe_res, number);
    }

    /** The number in both fields of a submission; −1 if they differ. */
    int readSubmission(int at) {
        long sqe = SQES_AT + (long) at * Abi.sqe_BYTES;
        int first = memory.get(JAVA_INT, sqe + Abi.sqe_len);
        return memory.get(JAVA_LONG, sqe + Abi.sqe_user_data) == first ? first : -1;
    }

    /** How many buffers were added, as the kernel reads it. */
    int acquireBufferTail() {
        return (short) SHORT.getAcquire(memory, (long) BUFFERS_AT + Abi.buf_ring_tail);
    }

    void releaseBufferTail(int tail) {
        SHORT.setRelease(memory, (long) BUFFERS_AT + Abi.buf_ring_tail, (short) tail);
    }

    /** The number of a buffer whose length is that number too; −1 if they differ. */
    int readBuffer(int at) {
        long entry = BUFFERS_AT + (long) at * Abi.buf_BYTES;
        int bid = memory.get(JAVA_SHORT, entry + Abi.buf_bid);
        return memory.get(JAVA_INT, entry + Abi.buf_len) == bid ? bid : -1;
    }

    void writeBuffer(int at, int number) {
        long entry = BUFFERS_AT + (long) at * Abi.buf_BYTES;
        memory.set(JAVA_INT, entry + Abi.buf_len, number);
        memory.set(JAVA_SHORT, entry + Abi.buf_bid, (short) number);
    }

    void writeSubmission(int at, int number) {
        long sqe = SQES_AT + (long) at * Abi.sqe_BYTES;
        memory.set(JAVA_INT, sqe + Abi.sqe_len, number);
        memory.set(JAVA_LONG, sqe + Abi.sqe_user_data, number);
    }

    /** The number in both fields of a completion; −1 if they differ. */
    int readCompletion(int at) {
        long cqe = CQES + (long) at * Abi.cqe_BYTES;
        int first = memory.get(JAVA_INT, cqe + Abi.cqe_res);
        return memory.get(JAVA_LONG, cqe + Abi.cqe_user_data) == first ? first : -1;
    }

    // ---- the driver's side

    /** Submits an operation whose two fields are the same number. */
    void submit(int number) {
        ring.submit(Abi.IORING_OP_NOP, 0, 0, number, 0, 0, number);
    }

    /** What there is to reap, each as one digit of the result, the oldest first. */
    int reap() {
        int[] seen = new int[1];
        int _ =
                ring.drive(
                        0,
                        (userData, result, _) ->
                                seen[0] = 10 * seen[0] + (userData == result ? result : 9));
        return seen[0];
    }
}
