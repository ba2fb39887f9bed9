package io.overlapped.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/**
 * The bytes that everybody sends and expects: the one at a position depends on the position alone,
 * and repeats after a prime number of bytes, so that a byte lost, doubled or out of order shows.
 *
 * <p>Threads: any; nobody changes it.
 */
public final class Content {
    /** Bytes after which the content repeats; a prime. */
    public static final int PERIOD = 65_521;

    /** A sink answers the last byte of every such piece. */
    public static final int MARK_BYTES = 1 << 20;

    // Four periods, so that any piece of up to three lies in one run of memory.
    private static final MemorySegment BYTES = Arena.global().allocate(4L * PERIOD);

    static {
        for (int i = 0; i < BYTES.byteSize(); i++) {
            BYTES.set(ValueLayout.JAVA_BYTE, i, at(i));
        }
    }

    private Content() {}

    /** The byte at a position. */
    public static byte at(long position) {
        int i = (int) (position % PERIOD);
        return (byte) (i * 167 + (i >> 8) * 13);
    }

    /** The {@code length} bytes from a position on; at most three periods. */
    public static MemorySegment slice(long position, long length) {
        return BYTES.asSlice(position % PERIOD, length);
    }

    /** One period, from position 0 on. */
    public static ByteBuffer period() {
        return BYTES.asSlice(0, PERIOD).asByteBuffer();
    }

    /**
     * The first of {@code bytes} that is not what it should be from {@code position} on, or −1 if
     * all are.
     */
    public static long mismatch(MemorySegment bytes, long position) {
        long length = bytes.byteSize();
        long from = position % PERIOD;
        return MemorySegment.mismatch(bytes, 0, length, BYTES, from, from + length);
    }

    /**
     * Where in a piece of {@code count} bytes the byte is that a sink has to answer.
     *
     * @param received bytes received before the piece
     * @return its index, or −1 if there is none
     */
    public static int markIn(long received, int count) {
        long next = (received / MARK_BYTES + 1) * MARK_BYTES;
        return received + count >= next ? (int) (next - 1 - received) : -1;
    }
}
