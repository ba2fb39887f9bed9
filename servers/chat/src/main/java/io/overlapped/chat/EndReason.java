package io.overlapped.chat;

import io.overlapped.session.CloseReason;

/**
 * Why a connection is closed, with its number in the native protocol.
 *
 * <p>Threads: a value.
 */
public enum EndReason {
    DONE(0, "the client ended"),
    STOPPING(1, "the server stops"),
    LOGIN_DEADLINE(2, "no name was accepted in time"),
    FRAME_DEADLINE(3, "a message was not complete in time"),
    TOO_LONG(4, "a message is longer than it may be"),
    TOO_SHORT(5, "a message is shorter than it must be"),
    UNKNOWN_TYPE(6, "a message of a type that clients cannot send"),
    OUT_OF_TURN(7, "a message that cannot come now"),
    BAD_FIELD(8, "a message with a value that cannot be"),
    RATE(9, "more messages than the limit allows"),
    IDLE(10, "no sign of life"),
    SLOW_CONSUMER(11, "the client does not read what it is sent"),
    REFUSED(12, "the client was not let in"),
    TOO_MANY(13, "there are too many connections; try again later"),
    RESET(14, "the connection was reset"),
    FAILED(15, "a fault inside the server");

    private final int code;
    private final String text;

    EndReason(int code, String text) {
        this.code = code;
        this.text = text;
    }

    public int code() {
        return code;
    }

    /** What happened, in words. */
    public String text() {
        return text;
    }

    /** The reason behind that of a session which this package did not end itself. */
    static EndReason of(CloseReason reason) {
        return switch (reason) {
            case PEER_CLOSED, CLOSED_BY_US -> DONE;
            case PEER_RESET, CONNECT_FAILED -> RESET;
            case SERVER_CLOSING -> STOPPING;
            case LOGIN_TIMEOUT -> LOGIN_DEADLINE;
            case IDLE -> IDLE;
            case FRAME_TIMEOUT -> FRAME_DEADLINE;
            case OVERSIZE -> TOO_LONG;
            case PROTOCOL_ERROR -> TOO_SHORT;
            case NOT_A_HOP -> OUT_OF_TURN;
            case FLOOD -> RATE;
            case SLOW_CONSUMER -> SLOW_CONSUMER;
            case TOO_MANY_FROM_ADDRESS, TOO_MANY_SESSIONS -> TOO_MANY;
            case HANDLER_FAILED, OVERLOADED -> FAILED;
        };
    }
}
