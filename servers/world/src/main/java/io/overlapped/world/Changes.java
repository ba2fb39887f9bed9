package io.overlapped.world;

/**
 * What one step of the world changed, in order, one call for each client that sees it. {@code
 * client} is the one who sees, the piece is already where the change brought it.
 *
 * <p>Threads: called inside {@link World#step}.
 */
public interface Changes {
    /** The client's own piece is on the board. */
    void joined(int client, Piece own);

    /** The client was not let in. */
    void refused(int client, Refusal why);

    /** A piece is seen that was not seen before. */
    void entered(int client, Piece piece);

    /**
     * A piece that is seen, or the client's own, was moved.
     *
     * @param moveTime what the mover gave, for the mover; 0 for everybody else
     */
    void moved(int client, Piece piece, int moveTime);

    /** A piece that was seen is seen no more. */
    void left(int client, Piece piece);
}
