package io.overlapped.session;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/** The framings that {@link Framing} offers. */
final class Framings {
    /** Beyond this a frame is no frame but a file: nothing here is made for it. */
    static final int FRAME_BYTES_LIMIT = 1 << 20;

    private static final int U8_MAX = 0xff;
    private static final int U16_MAX = 0xffff;

    private Framings() {}

    static int requirePayload(Framing framing, long bytes) {
        if (bytes > framing.payloadBytesMax()) {
            throw new IllegalArgumentException(
                    "a payload of "
                            + bytes
                            + " bytes is too long: a frame carries at most "
                            + framing.payloadBytesMax());
        }
        return (int) bytes;
    }

    record LengthPrefixed(int lengthMax) implements Framing {
        private static final int HEADER_BYTES = 2;

        LengthPrefixed {
            requireRange("lengthMax", lengthMax, 1, U16_MAX);
        }

        @Override
        public int frameBytes(MemorySegment bytes, long start, long end, int seen) {
            if (end - start < HEADER_BYTES) {
                return INCOMPLETE;
            }
            int length = u8(bytes, start) | u8(bytes, start + 1) << 8;
            if (length == 0) {
                return TOO_SHORT;
            }
            return length > lengthMax ? TOO_LONG : HEADER_BYTES + length;
        }

        @Override
        public int frameBytesMax() {
            return HEADER_BYTES + lengthMax;
        }

        @Override
        public int headerBytes() {
            return HEADER_BYTES;
        }

        @Override
        public int trailerBytes() {
            return 0;
        }

        @Override
        public void writeHeader(MemorySegment target, long at, int payloadBytes) {
            requireRange("payloadBytes", payloadBytes, 1, lengthMax);
            target.set(JAVA_BYTE, at, (byte) payloadBytes);
            target.set(JAVA_BYTE, at + 1, (byte) (payloadBytes >>> 8));
        }

        @Override
        public void writeTrailer(MemorySegment target, long at) {}
    }

    record SizePrefixed(int sizeMin, int sizeMax) implements Framing {
        SizePrefixed {
            requireRange("sizeMax", sizeMax, 1, U8_MAX);
            requireRange("sizeMin", sizeMin, 1, sizeMax);
        }

        @Override
        public int frameBytes(MemorySegment bytes, long start, long end, int seen) {
            if (end <= start) {
                return INCOMPLETE;
            }
            int size = u8(bytes, start);
            if (size < sizeMin) {
                return TOO_SHORT;
            }
            return size > sizeMax ? TOO_LONG : size;
        }

        @Override
        public int frameBytesMax() {
            return sizeMax;
        }

        @Override
        public int headerBytes() {
            return 1;
        }

        @Override
        public int trailerBytes() {
            return 0;
        }

        @Override
        public void writeHeader(MemorySegment target, long at, int payloadBytes) {
            requireRange("payloadBytes", payloadBytes, sizeMin - 1, sizeMax - 1);
            target.set(JAVA_BYTE, at, (byte) (payloadBytes + 1));
        }

        @Override
        public void writeTrailer(MemorySegment target, long at) {}
    }

    record NulTerminated(int bytesMax) implements Framing {
        NulTerminated {
            requireRange("bytesMax", bytesMax, 1, FRAME_BYTES_LIMIT);
        }

        @Override
        public int frameBytes(MemorySegment bytes, long start, long end, int seen) {
            long last = Math.min(end, start + bytesMax);
            for (long at = start + seen; at < last; at++) {
                if (bytes.get(JAVA_BYTE, at) == 0) {
                    return (int) (at + 1 - start);
                }
            }
            return end - start >= bytesMax ? TOO_LONG : INCOMPLETE;
        }

        @Override
        public int frameBytesMax() {
            return bytesMax;
        }

        @Override
        public int headerBytes() {
            return 0;
        }

        @Override
        public int trailerBytes() {
            return 1;
        }

        @Override
        public void writeHeader(MemorySegment target, long at, int payloadBytes) {}

        @Override
        public void writeTrailer(MemorySegment target, long at) {
            target.set(JAVA_BYTE, at, (byte) 0);
        }
    }

    record Raw(int bytesMax) implements Framing {
        Raw {
            requireRange("bytesMax", bytesMax, 1, FRAME_BYTES_LIMIT);
        }

        @Override
        public int frameBytes(MemorySegment bytes, long start, long end, int seen) {
            return (int) Math.min(end - start, bytesMax);
        }

        @Override
        public int frameBytesMax() {
            return bytesMax;
        }

        @Override
        public int headerBytes() {
            return 0;
        }

        @Override
        public int trailerBytes() {
            return 0;
        }

        @Override
        public void writeHeader(MemorySegment target, long at, int payloadBytes) {}

        @Override
        public void writeTrailer(MemorySegment target, long at) {}
    }

    record Records(int bytes) implements Framing {
        Records {
            requireRange("bytes", bytes, 1, FRAME_BYTES_LIMIT);
        }

        @Override
        public int frameBytes(MemorySegment memory, long start, long end, int seen) {
            return bytes;
        }

        @Override
        public int frameBytesMax() {
            return bytes;
        }

        @Override
        public int headerBytes() {
            return 0;
        }

        @Override
        public int trailerBytes() {
            return 0;
        }

        @Override
        public void writeHeader(MemorySegment target, long at, int payloadBytes) {
            requireRange("payloadBytes", payloadBytes, bytes, bytes);
        }

        @Override
        public void writeTrailer(MemorySegment target, long at) {}
    }

    static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; it must be " + min + " to " + max);
        }
    }

    private static int u8(MemorySegment bytes, long at) {
        return Byte.toUnsignedInt(bytes.get(JAVA_BYTE, at));
    }
}
