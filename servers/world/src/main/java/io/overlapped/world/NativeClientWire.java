package io.overlapped.world;

import io.overlapped.session.Framing;
import java.lang.foreign.MemorySegment;

/**
 * The client's side of the native wire.
 *
 * <p>Threads: any.
 */
final class NativeClientWire {
    private static final int BODY = NativeWire.BODY;

    /** Where the server's packets begin and end. */
    static final Framing FRAMING = Framing.lengthPrefixed(0xFFFF);

    private NativeClientWire() {}

    static void hello(Packet to, int version, byte[] name) {
        int start = NativeWire.begin(to, NativeWire.HELLO);
        to.u16(version).str8(name);
        NativeWire.end(to, start);
    }

    static void move(Packet to, Direction direction, int moveTime) {
        int start = NativeWire.begin(to, NativeWire.MOVE);
        to.u8(direction.code()).u32(moveTime);
        NativeWire.end(to, start);
    }

    static void ping(Packet to, long value) {
        number(to, NativeWire.CLIENT_PING, value);
    }

    static void pong(Packet to, long value) {
        number(to, NativeWire.CLIENT_PONG, value);
    }

    private static void number(Packet to, int type, long value) {
        int start = NativeWire.begin(to, type);
        to.u64(value);
        NativeWire.end(to, start);
    }

    /** What the server's frame says; {@code packet} is exactly one, its length bytes included. */
    static Event event(MemorySegment packet) {
        int type = Fields.u8(packet, NativeWire.LENGTH_BYTES);
        int size = (int) packet.byteSize();
        int expected = expectedBytes(packet, type, size);
        if (expected == 0) {
            return new Event.Unknown(type);
        }
        if (size != expected) {
            WireError why = size < expected ? WireError.TOO_SHORT : WireError.TOO_LONG;
            return new Event.Malformed(why, "type " + type + " has " + size + " bytes");
        }
        return switch (type) {
            case NativeWire.WELCOME -> welcome(packet);
            case NativeWire.REFUSED ->
                    new Event.Refused(Fields.u8(packet, BODY), text(packet, BODY + 1));
            case NativeWire.ENTER -> entered(packet);
            case NativeWire.MOVED ->
                    new Event.Moved(
                            Fields.i32(packet, BODY),
                            Fields.i16(packet, BODY + 4),
                            Fields.i16(packet, BODY + 6),
                            Fields.i32(packet, BODY + 8));
            case NativeWire.LEFT -> new Event.Left(Fields.i32(packet, BODY));
            case NativeWire.PONG -> new Event.Pong(Fields.i64(packet, BODY));
            case NativeWire.CLOSING ->
                    new Event.Closing(Fields.u8(packet, BODY), text(packet, BODY + 1));
            default -> new Event.Ping(Fields.i64(packet, BODY));
        };
    }

    /** How long a frame of this type is, which may depend on its text; 0 for an unknown type. */
    private static int expectedBytes(MemorySegment packet, int type, int size) {
        return switch (type) {
            case NativeWire.WELCOME -> BODY + 16;
            case NativeWire.REFUSED, NativeWire.CLOSING -> withText(packet, size, BODY + 1);
            case NativeWire.ENTER -> withText(packet, size, BODY + 9);
            case NativeWire.MOVED -> BODY + 12;
            case NativeWire.LEFT -> BODY + 4;
            case NativeWire.PONG, NativeWire.PING -> BODY + 8;
            default -> 0;
        };
    }

    private static int withText(MemorySegment packet, int size, int at) {
        return at < size ? at + 1 + Fields.u8(packet, at) : at + 1;
    }

    private static Event welcome(MemorySegment packet) {
        return new Event.Welcome(
                Fields.i32(packet, BODY),
                Fields.u16(packet, BODY + 4),
                Fields.u16(packet, BODY + 6),
                Fields.i16(packet, BODY + 8),
                Fields.i16(packet, BODY + 10),
                Fields.u16(packet, BODY + 12),
                Fields.u16(packet, BODY + 14));
    }

    private static Event entered(MemorySegment packet) {
        return new Event.Entered(
                Fields.i32(packet, BODY),
                Fields.u8(packet, BODY + 4) == Kind.PLAYER.code() ? Kind.PLAYER : Kind.NPC,
                Fields.i16(packet, BODY + 5),
                Fields.i16(packet, BODY + 7),
                text(packet, BODY + 9));
    }

    private static String text(MemorySegment packet, int at) {
        return Fields.text(Fields.bytes(packet, at + 1, Fields.u8(packet, at)));
    }
}
