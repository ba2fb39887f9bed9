package io.overlapped.session;

import static io.overlapped.session.Framings.FRAME_BYTES_LIMIT;
import static io.overlapped.session.Framings.requireRange;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/** Lines of text, whichever of the two usual ends they have. */
record Lines(int bytesMax) implements Framing {
    private static final byte LF = '\n';
    private static final byte CR = '\r';

    Lines {
        requireRange("bytesMax", bytesMax, 1, FRAME_BYTES_LIMIT);
    }

    @Override
    public int frameBytes(MemorySegment bytes, long start, long end, int seen) {
        long last = Math.min(end, start + bytesMax);
        for (long at = start + seen; at < last; at++) {
            if (bytes.get(JAVA_BYTE, at) == LF) {
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
    public int trailerBytes() {
        return 1;
    }

    @Override
    public void writeTrailer(MemorySegment target, long at) {
        target.set(JAVA_BYTE, at, LF);
    }

    @Override
    public MemorySegment payload(MemorySegment frame) {
        long end = frame.byteSize() - 1;
        return frame.asSlice(0, end > 0 && frame.get(JAVA_BYTE, end - 1) == CR ? end - 1 : end);
    }

    @Override
    public void requirePayload(MemorySegment payload) {
        Framing.super.requirePayload(payload);
        long bytes = payload.byteSize();
        for (long at = 0; at < bytes; at++) {
            byte b = payload.get(JAVA_BYTE, at);
            if (b == LF || (b == CR && at == bytes - 1)) {
                throw new IllegalArgumentException(
                        "the payload contains the end of a line, at byte " + at);
            }
        }
    }
}
