package io.overlapped.chat;

/**
 * Why somebody is not let in, with its number in the native protocol.
 *
 * <p>Threads: a value.
 */
public enum Refusal {
    NAME_EMPTY(1, "The name is empty; give one of 1 to 32 characters."),
    NAME_TOO_LONG(2, "The name is too long; 32 characters and 60 bytes are the most."),
    NAME_MALFORMED(3, "The name has characters that names cannot have; use letters and digits."),
    NAME_TAKEN(4, "Somebody here has that name; choose another one."),
    FULL(5, "The chat is full; try again later."),
    VERSION(6, "This server speaks version 1; use a client that does too."),
    STOPPING(7, "The server is about to stop; try again later.");

    private final int code;
    private final String reason;

    Refusal(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    public int code() {
        return code;
    }

    /** A sentence that says what to do. */
    public String reason() {
        return reason;
    }

    /** Whether another name may be tried on the same connection. */
    public boolean mayTryAgain() {
        return this != VERSION && this != STOPPING;
    }
}
