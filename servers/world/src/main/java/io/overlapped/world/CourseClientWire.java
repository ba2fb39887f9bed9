package io.overlapped.world;

import io.overlapped.session.Framing;
import java.lang.foreign.MemorySegment;

/**
 * The client's side of the course's wire.
 *
 * <p>Threads: any.
 */
final class CourseClientWire {
    /** Where the server's packets begin and end. */
    static final Framing FRAMING = Framing.sizePrefixed(CourseWire.HEADER_BYTES, 255);

    private CourseClientWire() {}

    static void login(Packet to, byte[] name) {
        CourseWire.header(to, CourseWire.LOGIN_BYTES, CourseWire.LOGIN)
                .padded(name, CourseWire.NAME_BYTES);
    }

    static void move(Packet to, Direction direction, int moveTime) {
        CourseWire.header(to, CourseWire.MOVE_BYTES, CourseWire.MOVE)
                .u32(direction.code())
                .u32(moveTime);
    }

    /** What the server's packet says; {@code packet} is exactly one. */
    static Event event(MemorySegment packet) {
        int size = (int) packet.byteSize();
        int type = Fields.i32(packet, 1);
        int expected = expectedBytes(type);
        if (expected == 0) {
            return new Event.Unknown(type);
        }
        if (size != expected) {
            WireError why = size < expected ? WireError.TOO_SHORT : WireError.TOO_LONG;
            return new Event.Malformed(
                    why, "type " + type + " has " + size + " bytes instead of " + expected);
        }
        return switch (type) {
            case CourseWire.LOGIN_RESULT -> loginResult(packet);
            case CourseWire.AVATAR_INFO ->
                    new Event.Avatar(
                            Fields.i32(packet, 5), Fields.i16(packet, 9), Fields.i16(packet, 11));
            case CourseWire.ADD_PLAYER -> added(packet);
            case CourseWire.REMOVE_PLAYER -> new Event.Left(Fields.i32(packet, 5));
            default ->
                    new Event.Moved(
                            Fields.i32(packet, 5),
                            Fields.i16(packet, 9),
                            Fields.i16(packet, 11),
                            Fields.i32(packet, 13));
        };
    }

    private static int expectedBytes(int type) {
        return switch (type) {
            case CourseWire.LOGIN_RESULT -> CourseWire.LOGIN_RESULT_BYTES;
            case CourseWire.AVATAR_INFO -> CourseWire.AVATAR_INFO_BYTES;
            case CourseWire.ADD_PLAYER -> CourseWire.ADD_PLAYER_BYTES;
            case CourseWire.REMOVE_PLAYER -> CourseWire.REMOVE_PLAYER_BYTES;
            case CourseWire.MOVE_PLAYER -> CourseWire.MOVE_PLAYER_BYTES;
            default -> 0;
        };
    }

    private static Event loginResult(MemorySegment packet) {
        String message = Fields.text(Fields.untilNul(packet, 6, CourseWire.MESSAGE_BYTES));
        return Fields.u8(packet, 5) == 0
                ? new Event.Refused(0, message)
                : new Event.LoggedIn(message);
    }

    private static Event added(MemorySegment packet) {
        int id = Fields.i32(packet, 5);
        return new Event.Entered(
                id,
                id < WorldRules.FIRST_NPC_ID ? Kind.PLAYER : Kind.NPC,
                Fields.i16(packet, 29),
                Fields.i16(packet, 31),
                Fields.text(Fields.untilNul(packet, 9, CourseWire.NAME_BYTES)));
    }
}
