package io.overlapped.world;

import io.overlapped.session.Framing;
import java.lang.foreign.MemorySegment;

/**
 * How the world is spoken on a socket: where a packet ends, what a client's packet says, and how
 * the server's are written. Pure: no state, no I/O.
 *
 * <p>Threads: any.
 */
interface Wire {
    /** Where a client's packets begin and end. */
    Framing framing();

    /** What a client's packet says; {@code packet} is exactly one, as the framing found it. */
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

    /** Writes nothing where the wire has no such packet. */
    void ping(Packet to, long value);

    /** Writes nothing where the wire has no such packet. */
    void pong(Packet to, long value);

    /** Writes nothing where the wire has no such packet. */
    void closing(Packet to, int reason, String text);
}
