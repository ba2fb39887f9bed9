package io.overlapped.session;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** Bytes of tests. */
final class Frames {
    private Frames() {}

    static MemorySegment text(String text) {
        return MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(MemorySegment bytes) {
        return new String(bytes.toArray(JAVA_BYTE), StandardCharsets.UTF_8);
    }

    /** A native frame. */
    static byte[] framed(byte[] payload) {
        byte[] frame = new byte[payload.length + 2];
        frame[0] = (byte) payload.length;
        frame[1] = (byte) (payload.length >>> 8);
        System.arraycopy(payload, 0, frame, 2, payload.length);
        return frame;
    }

    static byte[] framed(String payload) {
        return framed(payload.getBytes(StandardCharsets.UTF_8));
    }
}
