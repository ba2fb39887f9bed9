package io.overlapped.world;

import java.net.InetAddress;

/**
 * One packet from a client.
 *
 * <p>Threads: values.
 */
public sealed interface Request {
    /**
     * Wants to come in.
     *
     * @param version 0 on the course's wire, which has none
     * @param name as it came, unchecked
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they came, never compared
    record Hello(int version, byte[] name) implements Request {}

    /** Wants to move by one cell. */
    record Move(Direction direction, int moveTime) implements Request {}

    /** Wants to have {@code value} back. */
    record Ping(long value) implements Request {}

    /** Gives back what a ping brought. */
    record Pong(long value) implements Request {}

    /** Comes from a hop, which says whose the connection is. */
    record OnBehalf(InetAddress address) implements Request {}

    /** Is none of these. */
    record Malformed(WireError why, String detail) implements Request {}
}
