package io.overlapped.world;

import io.overlapped.session.Framing;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** The server's side of the course's wire: a size of one byte, a type of four, packed fields. */
final class CourseWire implements Wire {
    static final int LOGIN = 0;
    static final int MOVE = 1;
    static final int LOGIN_RESULT = 2;
    static final int AVATAR_INFO = 3;
    static final int ADD_PLAYER = 4;
    static final int REMOVE_PLAYER = 5;
    static final int MOVE_PLAYER = 6;

    static final int HEADER_BYTES = 5;
    static final int NAME_BYTES = 20;
    static final int MESSAGE_BYTES = 50;
    static final int LOGIN_BYTES = HEADER_BYTES + NAME_BYTES;
    static final int MOVE_BYTES = HEADER_BYTES + 8;
    static final int LOGIN_RESULT_BYTES = HEADER_BYTES + 1 + MESSAGE_BYTES;
    static final int AVATAR_INFO_BYTES = HEADER_BYTES + 8;
    static final int ADD_PLAYER_BYTES = HEADER_BYTES + 8 + NAME_BYTES;
    static final int REMOVE_PLAYER_BYTES = HEADER_BYTES + 4;
    static final int MOVE_PLAYER_BYTES = HEADER_BYTES + 12;

    private static final Framing FRAMING = Framing.sizePrefixed(HEADER_BYTES, LOGIN_BYTES);

    @Override
    public Framing framing() {
        return FRAMING;
    }

    @Override
    public Request request(MemorySegment packet) {
        int size = (int) packet.byteSize();
        int type = Fields.i32(packet, 1);
        return switch (type) {
            case LOGIN ->
                    size == LOGIN_BYTES
                            ? new Request.Hello(
                                    0, Fields.untilNul(packet, HEADER_BYTES, NAME_BYTES))
                            : wrongSize("LOGIN", size, LOGIN_BYTES);
            case MOVE ->
                    size == MOVE_BYTES
                            ? move(Fields.i32(packet, 5), Fields.i32(packet, 9))
                            : wrongSize("MOVE", size, MOVE_BYTES);
            default ->
                    new Request.Malformed(WireError.UNKNOWN_TYPE, "type " + type + " is unknown");
        };
    }

    static Request move(int code, int moveTime) {
        Direction direction = Direction.of(code);
        return direction == null
                ? new Request.Malformed(
                        WireError.BAD_FIELD, "direction " + code + " is not 0, 1, 2 or 3")
                : new Request.Move(direction, moveTime);
    }

    static Request.Malformed wrongSize(String name, int size, int expected) {
        WireError why = size < expected ? WireError.TOO_SHORT : WireError.TOO_LONG;
        return new Request.Malformed(why, name + " has " + size + " bytes instead of " + expected);
    }

    @Override
    public int version() {
        return 0;
    }

    @Override
    public int maxNameBytes() {
        return NAME_BYTES - 1;
    }

    @Override
    public void joined(Packet to, Piece own, WorldRules rules, int tickMillis) {
        loginResult(to, 1, "Welcome.");
        header(to, AVATAR_INFO_BYTES, AVATAR_INFO).u32(own.id()).u16(own.x()).u16(own.y());
    }

    @Override
    public void refused(Packet to, Refusal why) {
        loginResult(to, 0, why.reason());
    }

    @Override
    public void entered(Packet to, Piece piece) {
        header(to, ADD_PLAYER_BYTES, ADD_PLAYER)
                .u32(piece.id())
                .padded(piece.nameBytes(), NAME_BYTES)
                .u16(piece.x())
                .u16(piece.y());
    }

    @Override
    public void moved(Packet to, Piece piece, int moveTime) {
        header(to, MOVE_PLAYER_BYTES, MOVE_PLAYER)
                .u32(piece.id())
                .u16(piece.x())
                .u16(piece.y())
                .u32(moveTime);
    }

    @Override
    public void left(Packet to, Piece piece) {
        header(to, REMOVE_PLAYER_BYTES, REMOVE_PLAYER).u32(piece.id());
    }

    @Override
    public void ping(Packet to, long value) {}

    @Override
    public void pong(Packet to, long value) {}

    @Override
    public void closing(Packet to, int reason, String text) {}

    static Packet header(Packet to, int size, int type) {
        return to.u8(size).u32(type);
    }

    private static void loginResult(Packet to, int success, String message) {
        header(to, LOGIN_RESULT_BYTES, LOGIN_RESULT)
                .u8(success)
                .padded(message.getBytes(StandardCharsets.UTF_8), MESSAGE_BYTES);
    }
}
