package io.overlapped.world;

import java.lang.foreign.MemorySegment;
import java.net.InetAddress;

/**
 * The way to one client, as the rules' side sees it: whole packets go out, and it can be ended.
 *
 * <p>Threads: the host's.
 */
interface Link {
    /**
     * Takes a copy of whole packets to send them with the next {@link #flush}. A client that does
     * not keep up, or is gone, is the link's own business: it ends itself then.
     */
    void send(MemorySegment packets);

    /** Sends what has been taken. */
    void flush();

    /** The client has shown who it is. */
    void loggedIn();

    /** The client is one of this address, as a hop says; ends it if it may not be. */
    void countAs(InetAddress address);

    /** Ends the client for what it sent. */
    void end(WireError why, String detail);

    /** Sends what has been taken and ends the client, which was not let in. */
    void endRefused(Refusal why);
}
