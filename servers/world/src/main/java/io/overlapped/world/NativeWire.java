package io.overlapped.world;

import io.overlapped.session.Framing;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** The server's side of the native wire: a length of two bytes, a type of one, a body. */
final class NativeWire implements Wire {
    static final int VERSION = 1;

    static final int HELLO = 1;
    static final int MOVE = 2;
    static final int CLIENT_PING = 3;
    static final int CLIENT_PONG = 4;

    /** From a hop alone, before anything else: whose the connection is. */
    static final int ON_BEHALF = 32;

    static final int WELCOME = 65;
    static final int REFUSED = 66;
    static final int ENTER = 67;
    static final int MOVED = 68;
    static final int LEFT = 69;
    static final int PONG = 70;
    static final int CLOSING = 71;
    static final int PING = 72;

    static final int LENGTH_BYTES = 2;
    static final int BODY = LENGTH_BYTES + 1;

    private final Framing framing;

    /**
     * @param maxFrameBytes the longest frame of a client, its length bytes not counted
     */
    NativeWire(int maxFrameBytes) {
        framing = Framing.lengthPrefixed(maxFrameBytes);
    }

    @Override
    public Framing framing() {
        return framing;
    }

    @Override
    public Request request(MemorySegment packet) {
        int size = (int) packet.byteSize();
        int type = Fields.u8(packet, LENGTH_BYTES);
        return switch (type) {
            case HELLO -> hello(packet, size);
            case MOVE ->
                    size == BODY + 5
                            ? CourseWire.move(Fields.u8(packet, 3), Fields.i32(packet, 4))
                            : wrongSize("MOVE", size, BODY + 5);
            case CLIENT_PING ->
                    size == BODY + 8
                            ? new Request.Ping(Fields.i64(packet, BODY))
                            : wrongSize("PING", size, BODY + 8);
            case CLIENT_PONG ->
                    size == BODY + 8
                            ? new Request.Pong(Fields.i64(packet, BODY))
                            : wrongSize("PONG", size, BODY + 8);
            case ON_BEHALF -> onBehalf(packet, size);
            default ->
                    new Request.Malformed(WireError.UNKNOWN_TYPE, "type " + type + " is unknown");
        };
    }

    private static Request onBehalf(MemorySegment packet, int size) {
        int count = size - BODY;
        try {
            return new Request.OnBehalf(
                    InetAddress.getByAddress(Fields.bytes(packet, BODY, count)));
        } catch (UnknownHostException e) {
            return new Request.Malformed(WireError.BAD_FIELD, "an address of " + count + " bytes");
        }
    }

    private static Request hello(MemorySegment packet, int size) {
        int name = BODY + 3;
        if (size < name) {
            return wrongSize("HELLO", size, name);
        }
        int count = Fields.u8(packet, BODY + 2);
        return size == name + count
                ? new Request.Hello(Fields.u16(packet, BODY), Fields.bytes(packet, name, count))
                : wrongSize("HELLO", size, name + count);
    }

    private static Request wrongSize(String name, int size, int expected) {
        return CourseWire.wrongSize(name, size - LENGTH_BYTES, expected - LENGTH_BYTES);
    }

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public int maxNameBytes() {
        return Names.MAX_BYTES;
    }

    @Override
    public void joined(Packet to, Piece own, WorldRules rules, int tickMillis) {
        int start = begin(to, WELCOME);
        to.u32(own.id()).u16(rules.width()).u16(rules.height());
        to.u16(own.x()).u16(own.y()).u16(rules.viewRadius()).u16(tickMillis);
        end(to, start);
    }

    @Override
    public void refused(Packet to, Refusal why) {
        int start = begin(to, REFUSED);
        to.u8(why.code()).str8(why.reason().getBytes(StandardCharsets.UTF_8));
        end(to, start);
    }

    @Override
    public void entered(Packet to, Piece piece) {
        int start = begin(to, ENTER);
        to.u32(piece.id()).u8(piece.kind().code()).u16(piece.x()).u16(piece.y());
        to.str8(piece.nameBytes());
        end(to, start);
    }

    @Override
    public void moved(Packet to, Piece piece, int moveTime) {
        int start = begin(to, MOVED);
        to.u32(piece.id()).u16(piece.x()).u16(piece.y()).u32(moveTime);
        end(to, start);
    }

    @Override
    public void left(Packet to, Piece piece) {
        int start = begin(to, LEFT);
        to.u32(piece.id());
        end(to, start);
    }

    @Override
    public void ping(Packet to, long value) {
        int start = begin(to, PING);
        to.u64(value);
        end(to, start);
    }

    @Override
    public void pong(Packet to, long value) {
        int start = begin(to, PONG);
        to.u64(value);
        end(to, start);
    }

    @Override
    public void closing(Packet to, int reason, String text) {
        int start = begin(to, CLOSING);
        to.u8(reason).str8(text.getBytes(StandardCharsets.UTF_8));
        end(to, start);
    }

    static int begin(Packet to, int type) {
        int start = to.length();
        to.u16(0).u8(type);
        return start;
    }

    static void end(Packet to, int start) {
        to.u16At(start, to.length() - start - LENGTH_BYTES);
    }
}
