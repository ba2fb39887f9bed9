package io.overlapped.world;

/**
 * One packet from the server, as a client reads it.
 *
 * <p>Threads: values.
 */
public sealed interface Event {
    /** The course's wire says that the login was accepted; {@link Avatar} follows. */
    record LoggedIn(String message) implements Event {}

    /** The course's wire says which piece is one's own. */
    record Avatar(int id, int x, int y) implements Event {}

    /** The native wire says both, and what the world is like. */
    record Welcome(int id, int width, int height, int x, int y, int viewRadius, int tickMillis)
            implements Event {}

    /** Not let in; the code is 0 on the course's wire, which has none. */
    record Refused(int code, String reason) implements Event {}

    record Entered(int id, Kind kind, int x, int y, String name) implements Event {}

    record Moved(int id, int x, int y, int moveTime) implements Event {}

    record Left(int id) implements Event {}

    record Ping(long value) implements Event {}

    record Pong(long value) implements Event {}

    record Closing(int reason, String text) implements Event {}

    /** A type that this client does not know, to be skipped. */
    record Unknown(int type) implements Event {}

    record Malformed(WireError why, String detail) implements Event {}
}
