package io.overlapped.session;

/**
 * What became of something that was offered to a session to send.
 *
 * <p>Threads: a value.
 */
public enum Offer {
    /** It was taken whole, and leaves in order. */
    ACCEPTED,
    /** There is no room for it now; {@link SessionHandler#writable} says when to try again. */
    FULL,
    /** The session is ending; nothing more is taken. */
    CLOSED
}
