package io.overlapped.world;

import java.lang.foreign.MemorySegment;

/**
 * How the world is spoken on a socket: where a packet ends, what a client's packet says, and how
 * the server's are written. Pure: no state, no I/O.
 *
 * <p>Threads: any.
 */
interface Wire {
    /** More bytes are needed before anything can be said. */
    int INCOMPLETE = -1;

    /** The first packet is longer than any can be. */
    int TOO_LONG = -2;

    /** The first packet is shorter than any can be. */
    int TOO_SHORT = -3;

    /** The length of the client's packet these bytes begin with, or one of the constants. */
    int requestBytes(MemorySegment bytes);

    /**
     * What a client's packet says; {@code packet} is exactly one, as {@link #requestBytes} said.
     */
    Request request(MemorySegment packet);

    /** The version a client has to speak; 0 where the wire has none. */
    int version();

    /** The longest name a client of this wire can have, in bytes. */
    int maxNameBytes();

    void joined(Packet to, Piece own, WorldRules rules, int tickMillis);

    void refused(Packet to, Refusal why);

    void entered(Packet to, Piece piece);

    void moved(Packet to, Piece piece, int moveTime);

    void left(Packet to, Piece piece);

    /** Whether a client can be asked for a sign of life. */
    boolean hasPing();

    /** Writes nothing where the wire has no such packet. */
    void ping(Packet to, long value);

    /** Writes nothing where the wire has no such packet. */
    void pong(Packet to, long value);

    /** Writes nothing where the wire has no such packet. */
    void closing(Packet to, int reason, String text);
}
