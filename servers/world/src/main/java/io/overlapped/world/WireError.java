package io.overlapped.world;

/** What is wrong with bytes that came in. */
public enum WireError {
    TOO_LONG("a packet is longer than its type allows"),
    TOO_SHORT("a packet is shorter than its type needs"),
    UNKNOWN_TYPE("a packet has a type that this side does not know"),
    OUT_OF_TURN("a packet came at the wrong time"),
    BAD_FIELD("a packet has a value out of its range");

    private final String text;

    WireError(String text) {
        this.text = text;
    }

    /** What is wrong, in words. */
    public String text() {
        return text;
    }
}
