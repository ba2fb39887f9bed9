package io.overlapped.chat;

import io.overlapped.session.Framing;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The frames of the native chat, length included. */
final class NativeFrames {
    static final int VERSION = 1;
    static final int LENGTH_MAX = 8192;
    static final Framing FRAMING = Framing.lengthPrefixed(LENGTH_MAX);

    static final byte HELLO = 1;
    static final byte SAY = 2;
    static final byte PING = 3;
    static final byte PONG = 4;

    /** From a hop alone, before anything else: whose the connection is. */
    static final byte ON_BEHALF = 32;

    static final byte WELCOME = 65;
    static final byte REFUSED = 66;
    static final byte JOINED = 67;
    static final byte LEFT = 68;
    static final byte SAID = 69;
    static final byte SERVER_PONG = 70;
    static final byte CLOSING = 71;
    static final byte SERVER_PING = 72;

    private static final int U8_MAX = 0xff;

    private NativeFrames() {}

    static MemorySegment hello(int version, byte[] name) {
        return frame(HELLO, body(3 + name.length).putShort((short) version), 1, name);
    }

    static MemorySegment say(byte[] text) {
        return frame(SAY, body(2 + text.length), 2, text);
    }

    static MemorySegment welcome(int id, int members) {
        return frame(WELCOME, body(6).putInt(id).putShort((short) members));
    }

    static MemorySegment refused(int code, String reason) {
        byte[] text = short8(reason);
        return frame(REFUSED, body(2 + text.length).put((byte) code), 1, text);
    }

    static MemorySegment joined(int id, String name) {
        byte[] text = short8(name);
        return frame(JOINED, body(5 + text.length).putInt(id), 1, text);
    }

    static MemorySegment left(int id) {
        return frame(LEFT, body(4).putInt(id));
    }

    static MemorySegment said(int id, byte[] text) {
        return frame(SAID, body(6 + text.length).putInt(id), 2, text);
    }

    static MemorySegment closing(int code, String reason) {
        byte[] text = short8(reason);
        return frame(CLOSING, body(2 + text.length).put((byte) code), 1, text);
    }

    /** A ping or a pong of either side. */
    static MemorySegment life(byte type, long bits) {
        return frame(type, body(8).putLong(bits));
    }

    /** Type and body, to be read in order. */
    static ByteBuffer payload(MemorySegment frame) {
        return FRAMING.payload(frame).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer body(int bytes) {
        return ByteBuffer.allocate(1 + bytes).order(ByteOrder.LITTLE_ENDIAN).position(1);
    }

    private static MemorySegment frame(byte type, ByteBuffer body, int countBytes, byte[] text) {
        if (countBytes == 1) {
            body.put((byte) text.length);
        } else {
            body.putShort((short) text.length);
        }
        return frame(type, body.put(text));
    }

    private static MemorySegment frame(byte type, ByteBuffer body) {
        return FRAMING.encode(MemorySegment.ofBuffer(body.put(0, type).flip()));
    }

    private static byte[] short8(String text) {
        byte[] utf8 = Texts.encoded(text);
        return Arrays.copyOf(utf8, Texts.cut(utf8, 0, U8_MAX));
    }
}
