package io.overlapped.session;

/** Where a session is in its life; it only moves down this list. */
enum Phase {
    CONNECTING,
    OPEN,
    /** The end is decided; the handler has not been told yet. */
    ENDED,
    /** The handler is being told, and may send its last. */
    FAREWELL,
    /** What was accepted is being sent. */
    FLUSHING,
    /** All was sent; the peer reads it and ends its side. */
    DRAINING,
    /** The stream is closing. */
    CLOSING,
    GONE
}
