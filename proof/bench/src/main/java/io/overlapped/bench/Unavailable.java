package io.overlapped.bench;

/** A row cannot run here; the message says why and what would help. */
final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unavailable(String reason) {
        super(reason);
    }
}
