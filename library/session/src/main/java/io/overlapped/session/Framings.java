package io.overlapped.session;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/** What framings share, and those without anything around a payload. */
final class Framings {
    /** Beyond this a frame is no frame but a file: nothing here is made for it. */
    static final int FRAME_BYTES_LIMIT = 1 << 20;

    /** A header, or a trailer, is at most so long: it is put together in a place of this size. */
    static final int AROUND_BYTES_MAX = 64;

    private Framings() {}

    /** Refuses a framing that sessions cannot work with, whatever comes. */
    static void requireUsable(Framing framing) {
        requireRange(framing + ".frameBytesMax()", framing.frameBytesMax(), 1, Integer.MAX_VALUE);
        requireRange(framing + ".headerBytes()", framing.headerBytes(), 0, AROUND_BYTES_MAX);
        requireRange(framing + ".trailerBytes()", framing.trailerBytes(), 0, AROUND_BYTES_MAX);
    }

    static void requirePayloadBytes(Framing framing, long bytes) {
        if (bytes > framing.payloadBytesMax()) {
            throw new IllegalArgumentException(
                    "a payload of "
                            + bytes
                            + " bytes is too long: a frame carries at most "
                            + framing.payloadBytesMax());
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
        public void writeHeader(MemorySegment target, long at, int payloadBytes) {
            requireRange("payloadBytes", payloadBytes, bytes, bytes);
        }
    }

    static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; it must be " + min + " to " + max);
        }
    }

    static int u8(MemorySegment bytes, long at) {
        return Byte.toUnsignedInt(bytes.get(JAVA_BYTE, at));
    }
}
