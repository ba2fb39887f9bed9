package io.overlapped.session;

import io.overlapped.Status;

/**
 * Why a session ended. Every session ends with exactly one, and a server counts them by name.
 *
 * <p>Threads: a value.
 */
public enum CloseReason {
    /** The peer ended its side of the stream. */
    PEER_CLOSED(true),
    /** The connection was reset, or the network gave it up. */
    PEER_RESET(false),
    /** This server, or its proactor, stops. */
    SERVER_CLOSING(true),
    /** {@link Session#close()} was called. */
    CLOSED_BY_US(true),
    /** The peer of a client could not be reached; the session was never opened. */
    CONNECT_FAILED(false),
    /** Not authenticated in time. */
    LOGIN_TIMEOUT(true),
    /** No sign of life. */
    IDLE(true),
    /** A frame began but was not complete in time. */
    FRAME_TIMEOUT(true),
    /** A frame longer than the framing takes. */
    OVERSIZE(true),
    /** Bytes that are no frame, or a frame that the handler could not accept. */
    PROTOCOL_ERROR(true),
    /** The peer says whose it is, and is no hop of ours that would be believed. */
    NOT_A_HOP(true),
    /** More frames or bytes than the limits allow, and slowing the peer down did not help. */
    FLOOD(true),
    /** The peer does not read what it is sent. */
    SLOW_CONSUMER(false),
    /** As many sessions as one address may have, or may open in a while. */
    TOO_MANY_FROM_ADDRESS(true),
    /** As many sessions as the server takes. */
    TOO_MANY_SESSIONS(true),
    /** The handler threw. */
    HANDLER_FAILED(true),
    /** The server had not enough of something to go on with this session. */
    OVERLOADED(false);

    private final boolean polite;

    CloseReason(boolean polite) {
        this.polite = polite;
    }

    /**
     * Whether output that was accepted is still sent, for a bounded time, before the connection
     * ends. Otherwise it is reset at once.
     */
    public boolean isPolite() {
        return polite;
    }

    /** What an operation's failure says of its session, if that did not end before. */
    static CloseReason of(Status status) {
        return switch (status) {
            // Nobody here closes the stream of an open session: its proactor does.
            case CANCELED, CLOSED -> SERVER_CLOSING;
            case OVERLOADED, MEMORY_EXHAUSTED -> OVERLOADED;
            default -> PEER_RESET;
        };
    }

    /** Whether somebody did what should not be, so that it is worth a line in the log. */
    boolean isFault() {
        return switch (this) {
            case PEER_CLOSED, PEER_RESET, SERVER_CLOSING, CLOSED_BY_US, CONNECT_FAILED -> false;
            default -> true;
        };
    }
}
