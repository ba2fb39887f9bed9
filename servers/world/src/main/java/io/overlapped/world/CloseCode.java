package io.overlapped.world;

import io.overlapped.session.CloseReason;

/** Why a client is ended, as the native protocol says it and as it is counted. */
public enum CloseCode {
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
    FAILED(15, "a fault or a shortage in the server");

    private final int code;
    private final String text;

    CloseCode(int code, String text) {
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

    static CloseCode of(WireError error) {
        return switch (error) {
            case TOO_LONG -> TOO_LONG;
            case TOO_SHORT -> TOO_SHORT;
            case UNKNOWN_TYPE -> UNKNOWN_TYPE;
            case OUT_OF_TURN -> OUT_OF_TURN;
            case BAD_FIELD -> BAD_FIELD;
        };
    }

    /** For an end that the session kit decided. */
    static CloseCode of(CloseReason reason) {
        return switch (reason) {
            case PEER_CLOSED, CLOSED_BY_US -> DONE;
            case PEER_RESET, CONNECT_FAILED -> RESET;
            case SERVER_CLOSING -> STOPPING;
            case LOGIN_TIMEOUT -> LOGIN_DEADLINE;
            case IDLE -> IDLE;
            case FRAME_TIMEOUT -> FRAME_DEADLINE;
            case OVERSIZE -> TOO_LONG;
            // Both framings have no other error of their own than a length that is too small.
            case PROTOCOL_ERROR -> TOO_SHORT;
            case NOT_A_HOP -> OUT_OF_TURN;
            case FLOOD -> RATE;
            case SLOW_CONSUMER -> SLOW_CONSUMER;
            case TOO_MANY_FROM_ADDRESS, TOO_MANY_SESSIONS -> TOO_MANY;
            case HANDLER_FAILED, OVERLOADED -> FAILED;
        };
    }
}
