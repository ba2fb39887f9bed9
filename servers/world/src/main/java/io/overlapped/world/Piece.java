package io.overlapped.world;

import java.nio.charset.StandardCharsets;

/**
 * A player's piece or an NPC.
 *
 * <p>Threads: those of its world.
 */
public final class Piece {
    private final int id;
    private final Kind kind;
    private final String name;
    private final byte[] nameBytes;

    /** The client it belongs to; −1 for an NPC. */
    final int client;

    int x;
    int y;

    /** Its place in the bag of its sector. */
    int place;

    /** For an NPC: how many players see it, and whether it waits for its next move. */
    int watchers;

    boolean awake;

    Piece(int id, Kind kind, String name, int client, int x, int y) {
        this.id = id;
        this.kind = kind;
        this.name = name;
        this.client = client;
        this.x = x;
        this.y = y;
        nameBytes = name.getBytes(StandardCharsets.UTF_8);
    }

    /** Its id: below 10,000 for a player. */
    public int id() {
        return id;
    }

    public Kind kind() {
        return kind;
    }

    public String name() {
        return name;
    }

    public int x() {
        return x;
    }

    public int y() {
        return y;
    }

    /** Its name in UTF-8: not a copy, not to be written to. */
    byte[] nameBytes() {
        return nameBytes;
    }

    @Override
    public String toString() {
        return kind + " " + id + " " + name + " (" + x + ", " + y + ")";
    }
}
