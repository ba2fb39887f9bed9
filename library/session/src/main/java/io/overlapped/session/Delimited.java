package io.overlapped.session;

import static io.overlapped.session.Framings.AROUND_BYTES_MAX;
import static io.overlapped.session.Framings.FRAME_BYTES_LIMIT;
import static io.overlapped.session.Framings.requireRange;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Frames that end with certain bytes.
 *
 * @param delimiter these bytes, one a character, so that two framings with the same are equal
 */
record Delimited(int bytesMax, String delimiter) implements Framing {
    Delimited {
        requireRange("bytes of the delimiter", delimiter.length(), 1, AROUND_BYTES_MAX);
        requireRange("bytesMax", bytesMax, delimiter.length(), FRAME_BYTES_LIMIT);
    }

    static String text(byte[] delimiter) {
        return new String(delimiter, StandardCharsets.ISO_8859_1);
    }

    @Override
    public int frameBytes(MemorySegment bytes, long start, long end, int seen) {
        long last = Math.min(end, start + bytesMax) - delimiter.length();
        // What was seen may end with the beginning of the delimiter.
        for (long at = start + Math.max(0, seen - delimiter.length() + 1); at <= last; at++) {
            if (isEnd(bytes, at, delimiter.length())) {
                return (int) (at + delimiter.length() - start);
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
        return delimiter.length();
    }

    @Override
    public void writeTrailer(MemorySegment target, long at) {
        for (int i = 0; i < delimiter.length(); i++) {
            target.set(JAVA_BYTE, at + i, (byte) delimiter.charAt(i));
        }
    }

    @Override
    public void requirePayload(MemorySegment payload) {
        Framing.super.requirePayload(payload);
        long bytes = payload.byteSize();
        for (long at = 0; at < bytes; at++) {
            // Near its end it may begin the delimiter, and what follows it there go on with it.
            int inside = (int) Math.min(delimiter.length(), bytes - at);
            if (isEnd(payload, at, inside) && delimiter.startsWith(delimiter.substring(inside))) {
                throw new IllegalArgumentException(
                        "the payload contains what ends a frame, at byte " + at);
            }
        }
    }

    /** Whether the first {@code count} bytes of the delimiter are there. */
    private boolean isEnd(MemorySegment bytes, long at, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes.get(JAVA_BYTE, at + i) != (byte) delimiter.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
