package io.overlapped.session;

import static io.overlapped.session.Framings.FRAME_BYTES_LIMIT;
import static io.overlapped.session.Framings.requireRange;
import static io.overlapped.session.Framings.u8;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/** Frames that begin with the length of what follows, in groups of seven bits. */
record VarintPrefixed(int lengthMin, int lengthMax) implements Framing {
    private static final int GROUP_BITS = 7;
    private static final int MORE = 1 << GROUP_BITS;

    VarintPrefixed {
        requireRange("lengthMax", lengthMax, 1, FRAME_BYTES_LIMIT);
        requireRange("lengthMin", lengthMin, 0, lengthMax);
    }

    @Override
    public int frameBytes(MemorySegment bytes, long start, long end, int seen) {
        int length = 0;
        int most = headerBytes();
        for (int i = 0; i < most; i++) {
            if (start + i >= end) {
                return INCOMPLETE;
            }
            int group = u8(bytes, start + i);
            length |= (group % MORE) << (GROUP_BITS * i);
            if (group < MORE) {
                // A last group of nothing says nothing: there is one way to write a length.
                return group == 0 && i > 0 ? MALFORMED : judged(i + 1, length);
            }
        }
        return TOO_LONG;
    }

    private int judged(int prefixBytes, int length) {
        if (length < lengthMin) {
            return TOO_SHORT;
        }
        return length > lengthMax ? TOO_LONG : prefixBytes + length;
    }

    @Override
    public int frameBytesMax() {
        return headerBytes() + lengthMax;
    }

    @Override
    public int headerBytes() {
        return headerBytes(lengthMax);
    }

    @Override
    public int headerBytes(int payloadBytes) {
        int significantBits = Integer.SIZE - Integer.numberOfLeadingZeros(payloadBytes | 1);
        return (significantBits + GROUP_BITS - 1) / GROUP_BITS;
    }

    @Override
    public void writeHeader(MemorySegment target, long at, int payloadBytes) {
        requireRange("payloadBytes", payloadBytes, lengthMin, lengthMax);
        int rest = payloadBytes;
        for (int i = 0; i < headerBytes(payloadBytes); i++) {
            boolean last = rest < MORE;
            target.set(JAVA_BYTE, at + i, (byte) (last ? rest : (rest % MORE) | MORE));
            rest >>>= GROUP_BITS;
        }
    }

    @Override
    public MemorySegment payload(MemorySegment frame) {
        int prefixBytes = 1;
        while (u8(frame, prefixBytes - 1) >= MORE) {
            prefixBytes++;
        }
        return frame.asSlice(prefixBytes);
    }
}
