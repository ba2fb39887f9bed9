package io.overlapped.world;

/** What a piece is. */
public enum Kind {
    PLAYER(0),
    NPC(1);

    private final int code;

    Kind(int code) {
        this.code = code;
    }

    /** Its number in the native protocol. */
    public int code() {
        return code;
    }
}
