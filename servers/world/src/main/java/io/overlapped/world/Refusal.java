package io.overlapped.world;

/** Why a player was not let in. */
public enum Refusal {
    NAME_EMPTY(1, "The name is empty: give one of 1 to 32 letters."),
    NAME_TOO_LONG(2, "The name is too long: give a shorter one."),
    NAME_MALFORMED(3, "The name has characters names cannot have."),
    NAME_TAKEN(4, "The name is taken: choose another one."),
    FULL(5, "The world is full: try again later."),
    VERSION(6, "The server speaks version 1 of the protocol: update."),
    STOPPING(7, "The server is about to stop: try again later.");

    private final int code;
    private final String reason;

    Refusal(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    /** Its number in the native protocol. */
    public int code() {
        return code;
    }

    /** A sentence that says what to do; what course clients can get fits their 49 bytes. */
    public String reason() {
        return reason;
    }

    /** Whether the client may try again on the same connection. */
    public boolean mayTryAgain() {
        return this != VERSION && this != STOPPING;
    }
}
