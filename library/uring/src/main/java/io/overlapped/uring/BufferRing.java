package io.overlapped.uring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A ring of provided buffers: the kernel takes one when there is data for a receive that chooses
 * its own, so a connection that waits holds none. A buffer is in it once at most, as only those
 * that came back from the kernel are added again.
 */
final class BufferRing {
    static final int GROUP = 0;

    private static final VarHandle SHORT = JAVA_SHORT.varHandle();
    private static final int PAGE_BYTES = 4096;

    private final MemorySegment entries;
    private final int mask;
    private int tail;

    private BufferRing(MemorySegment entries, int mask) {
        this.entries = entries;
        this.mask = mask;
    }

    /** Registers a ring for so many buffers; null if the kernel refuses. */
    static @Nullable BufferRing register(Libc libc, Ring ring, Arena arena, int buffersMax) {
        int count = Tuning.powerOfTwo(buffersMax);
        MemorySegment entries = arena.allocate((long) count * Abi.buf_BYTES, PAGE_BYTES);
        try (Arena temporary = Arena.ofConfined()) {
            MemorySegment registration = temporary.allocate(Abi.buf_reg_BYTES, Long.BYTES);
            registration.set(JAVA_LONG, Abi.buf_reg_ring_addr, entries.address());
            registration.set(JAVA_INT, Abi.buf_reg_ring_entries, count);
            registration.set(JAVA_SHORT, Abi.buf_reg_bgid, (short) GROUP);
            int result =
                    libc.ioUringRegister(ring.fd(), Abi.IORING_REGISTER_PBUF_RING, registration, 1);
            return result < 0 ? null : new BufferRing(entries, count - 1);
        }
    }

    void add(int buffer, MemorySegment memory) {
        long entry = (long) (tail & mask) * Abi.buf_BYTES;
        entries.set(JAVA_LONG, entry + Abi.buf_addr, memory.address());
        entries.set(JAVA_INT, entry + Abi.buf_len, (int) memory.byteSize());
        entries.set(JAVA_SHORT, entry + Abi.buf_bid, (short) buffer);
        tail++;
        SHORT.setRelease(entries, (long) Abi.buf_ring_tail, (short) tail);
    }
}
