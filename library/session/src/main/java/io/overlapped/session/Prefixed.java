package io.overlapped.session;

import static io.overlapped.session.Framings.FRAME_BYTES_LIMIT;
import static io.overlapped.session.Framings.requireRange;
import static io.overlapped.session.Framings.u8;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Frames that begin with their length, in so many bytes.
 *
 * @param countsItself whether the length is that of the whole frame, or of what follows it
 * @param lengthMin the smallest that is taken, as it stands there
 * @param lengthMax the largest that is taken, as it stands there
 */
record Prefixed(
        int prefixBytes, ByteOrder order, boolean countsItself, int lengthMin, int lengthMax)
        implements Framing {
    private static final int PREFIX_BYTES_MAX = 4;

    Prefixed {
        Objects.requireNonNull(order, "order");
        requireRange("prefixBytes", prefixBytes, 1, PREFIX_BYTES_MAX);
        String name = countsItself ? "size" : "length";
        int largest = prefixBytes > 2 ? FRAME_BYTES_LIMIT : (1 << (8 * prefixBytes)) - 1;
        requireRange(name + "Max", lengthMax, 1, largest);
        requireRange(name + "Min", lengthMin, countsItself ? prefixBytes : 0, lengthMax);
    }

    @Override
    public int frameBytes(MemorySegment bytes, long start, long end, int seen) {
        if (end - start < prefixBytes) {
            return INCOMPLETE;
        }
        long length = 0;
        for (int i = 0; i < prefixBytes; i++) {
            length |= (long) u8(bytes, start + i) << shift(i);
        }
        if (length < lengthMin) {
            return TOO_SHORT;
        }
        return length > lengthMax ? TOO_LONG : (int) length + uncounted();
    }

    @Override
    public int frameBytesMax() {
        return lengthMax + uncounted();
    }

    @Override
    public int headerBytes() {
        return prefixBytes;
    }

    @Override
    public void writeHeader(MemorySegment target, long at, int payloadBytes) {
        int length = payloadBytes + prefixBytes - uncounted();
        int around = length - payloadBytes;
        requireRange("payloadBytes", payloadBytes, lengthMin - around, lengthMax - around);
        for (int i = 0; i < prefixBytes; i++) {
            target.set(JAVA_BYTE, at + i, (byte) (length >>> shift(i)));
        }
    }

    /** Bytes of a frame that its length leaves out. */
    private int uncounted() {
        return countsItself ? 0 : prefixBytes;
    }

    @SuppressWarnings("ReferenceEquality") // there are two of them
    private int shift(int index) {
        return 8 * (order == ByteOrder.LITTLE_ENDIAN ? index : prefixBytes - 1 - index);
    }
}
