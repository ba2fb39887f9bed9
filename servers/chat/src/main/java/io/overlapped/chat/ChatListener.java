package io.overlapped.chat;

/**
 * What a client is told.
 *
 * <p>Threads: its proactor's.
 */
public interface ChatListener {
    /**
     * It is in the room; those who are there already follow as joined.
     *
     * @param id its own; 0 where the protocol does not say
     */
    default void entered(int id) {}

    default void joined(int id, String name) {}

    default void left(int id, String name) {}

    /** Somebody said something, perhaps this client itself. */
    default void said(int id, String name, String text) {}

    /** The name was not accepted, and the client ends. */
    default void refused(String reason) {}

    /**
     * There is no connection, and this is the last call.
     *
     * @param reason such as {@code 127.0.0.1:4001: REFUSED}
     */
    default void notConnected(String reason) {}

    /** The connection is gone: the last call. */
    default void ended(String reason) {}
}
