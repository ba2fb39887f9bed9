package io.overlapped.world;

/**
 * What a client wants of the world. {@code client} is the caller's number for it: small, and free
 * for another client after {@link Leave}.
 *
 * <p>Threads: values.
 */
public sealed interface Input {
    int client();

    /** Lets a player in, under a name that {@link Names} has accepted. */
    record Join(int client, String name) implements Input {}

    /** Moves the client's piece by one cell; {@code moveTime} comes back with the answer. */
    record Move(int client, Direction direction, int moveTime) implements Input {}

    /** Takes the client's piece away; nothing happens if it has none. */
    record Leave(int client) implements Input {}
}
