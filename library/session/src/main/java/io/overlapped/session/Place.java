package io.overlapped.session;

import java.net.InetAddress;

/**
 * What a session takes up among those that its server counts; nothing, unless more is said.
 *
 * <p>Threads: the proactor's.
 */
interface Place {
    /** Of a session that nobody counts. */
    Place NONE = () -> {};

    /** The session is gone. */
    void free();

    /** The session says that it is one of {@code address}; ends it if it may not be. */
    default void move(InetAddress address, Session session) {
        session.end(CloseReason.NOT_A_HOP, "it speaks for " + address.getHostAddress());
    }
}
