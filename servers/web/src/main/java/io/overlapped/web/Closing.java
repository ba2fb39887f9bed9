package io.overlapped.web;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/** The last words of a native server, read out of its CLOSING frame for the WebSocket's close. */
final class Closing {
    private static final int TYPE_OFFSET = 2;
    private static final int CLOSING = 71;
    private static final int TEXT_LENGTH_OFFSET = 4;
    private static final int TEXT_OFFSET = 5;

    /** A WebSocket's close has room for so many bytes of UTF-8. */
    private static final int REASON_BYTES_MAX = 123;

    private Closing() {}

    /** The text of a CLOSING frame; empty for any other frame, or where there is none. */
    static String text(ByteBuffer frame) {
        if (frame.limit() < TEXT_OFFSET || frame.get(TYPE_OFFSET) != CLOSING) {
            return "";
        }
        int length = frame.get(TEXT_LENGTH_OFFSET) & 0xff;
        if (frame.limit() < TEXT_OFFSET + length) {
            return "";
        }
        return StandardCharsets.UTF_8.decode(frame.slice(TEXT_OFFSET, length)).toString();
    }

    /** As much of the text as a WebSocket's close can carry, cut between characters. */
    static String fitting(String text) {
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        CharBuffer left = CharBuffer.wrap(text);
        encoder.encode(left, ByteBuffer.allocate(REASON_BYTES_MAX), true);
        return text.substring(0, left.position());
    }
}
