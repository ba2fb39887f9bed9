package io.overlapped.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A native client on a plain socket, with frames made by hand. */
final class NativeTalker extends Talker {
    NativeTalker(InetSocketAddress server) throws IOException {
        super(server);
    }

    /** A frame of a type with a body. */
    static byte[] frame(int type, byte... body) {
        return ByteBuffer.allocate(3 + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) (1 + body.length))
                .put((byte) type)
                .put(body)
                .array();
    }

    static byte[] helloFrame(int version, byte... name) {
        return frame(
                1,
                ByteBuffer.allocate(3 + name.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort((short) version)
                        .put((byte) name.length)
                        .put(name)
                        .array());
    }

    static byte[] sayFrame(byte... text) {
        return frame(
                2,
                ByteBuffer.allocate(2 + text.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort((short) text.length)
                        .put(text)
                        .array());
    }

    void hello(String name) throws IOException {
        send(helloFrame(1, name.getBytes(UTF_8)));
    }

    @Override
    void say(String text) throws IOException {
        send(sayFrame(text.getBytes(UTF_8)));
    }

    /** The body of the next frame, which must be of this type. */
    ByteBuffer expect(int type) throws IOException {
        int length = in.readUnsignedByte() | in.readUnsignedByte() << 8;
        byte[] payload = in.readNBytes(length);
        if (payload[0] != type) {
            throw new AssertionError("type " + payload[0] + " instead of " + type);
        }
        return ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).position(1);
    }

    /** The next frame, which must be SAID, as {@code id text}. */
    @Override
    String hear() throws IOException {
        ByteBuffer body = expect(69);
        int id = body.getInt();
        byte[] text = new byte[Short.toUnsignedInt(body.getShort())];
        body.get(text);
        return id + " " + new String(text, UTF_8);
    }

    /** The next frame, which must be JOINED, as {@code id name}. */
    String hearJoined() throws IOException {
        ByteBuffer body = expect(67);
        int id = body.getInt();
        byte[] name = new byte[body.get()];
        body.get(name);
        return id + " " + new String(name, UTF_8);
    }

    /** The code of the next frame, which must be REFUSED. */
    int hearRefused() throws IOException {
        return expect(66).get();
    }

    /** The code of the next frame, which must be CLOSING, with the end of the stream behind it. */
    int hearClosing() throws IOException {
        int code = expect(71).get();
        socket.shutdownOutput();
        untilEnd();
        return code;
    }

    List<String> hear(int count) throws IOException {
        List<String> heard = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            heard.add(hear());
        }
        return heard;
    }
}
