package io.overlapped.world;

/** Why a connection is closed, with its number in the native protocol. */
public enum CloseReason {
    DONE(0, "the client has ended"),
    STOPPING(1, "the server stops"),
    LOGIN_DEADLINE(2, "no name was accepted in time"),
    FRAME_DEADLINE(3, "a packet began but was not complete in time"),
    TOO_LONG(4, "a packet was too long"),
    TOO_SHORT(5, "a packet was too short"),
    UNKNOWN_TYPE(6, "a packet had an unknown type"),
    OUT_OF_TURN(7, "a packet came at the wrong time"),
    BAD_FIELD(8, "a packet had a value out of its range"),
    RATE(9, "more packets or bytes came than the limit allows"),
    IDLE(10, "no sign of life came in time"),
    SLOW_CONSUMER(11, "the client does not read what is sent to it"),
    REFUSED(12, "the client was not let in"),
    TOO_MANY(13, "there are too many connections"),
    RESET(14, "the connection was reset"),
    FAILED(15, "a fault in the server");

    private final int code;
    private final String text;

    CloseReason(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** Its number in the native protocol. */
    public int code() {
        return code;
    }

    /** What happened, in words. */
    public String text() {
        return text;
    }

    /** Whether it is worth a line in the log: what clients do every day is only counted. */
    boolean isLogged() {
        return this != DONE && this != RESET && this != STOPPING;
    }

    static CloseReason of(WireError error) {
        return switch (error) {
            case TOO_LONG -> TOO_LONG;
            case TOO_SHORT -> TOO_SHORT;
            case UNKNOWN_TYPE -> UNKNOWN_TYPE;
            case OUT_OF_TURN -> OUT_OF_TURN;
            case BAD_FIELD -> BAD_FIELD;
        };
    }
}
