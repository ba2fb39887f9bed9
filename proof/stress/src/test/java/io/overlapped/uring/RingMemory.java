package io.overlapped.uring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Plain memory laid out as a ring is: what the kernel reads and writes in it, with the orderings
 * that the kernel uses, for a thread that plays it; and what a faulty driver would do.
 *
 * <p>Memory is used again after so many rings that nobody has the old one any more.
 */
class RingMemory {
    static final int SQ_HEAD = 0;
    static final int SQ_TAIL = 64;
    static final int SQ_FLAGS = 128;
    static final int SQ_MASK = 132;
    static final int CQ_HEAD = 192;
    static final int CQ_TAIL = 256;
    static final int CQ_MASK = 320;
    static final int CQES = 384;
    static final int RINGS_BYTES = 512;
    static final int SQES_AT = 512;
    static final int BUFFERS_AT = 768;

    private static final VarHandle INT = JAVA_INT.varHandle();
    private static final VarHandle SHORT = JAVA_SHORT.varHandle();
    private static final int PLACE_BYTES = 1024;
    private static final int PLACES = 1 << 15;
    private static final MemorySegment ALL =
            Arena.global().allocate((long) PLACES * PLACE_BYTES, 4096);
    private static final AtomicInteger NEXT = new AtomicInteger();

    final MemorySegment memory;

    RingMemory() {
        int place = NEXT.getAndIncrement() & (PLACES - 1);
        memory = ALL.asSlice((long) place * PLACE_BYTES, PLACE_BYTES).fill((byte) 0);
    }

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
}
