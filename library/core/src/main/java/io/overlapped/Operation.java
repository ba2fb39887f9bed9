package io.overlapped;

/**
 * What an {@link Overlapped} was last started for.
 *
 * <p>Threads: a value.
 */
public enum Operation {
    /** Never started. */
    NONE,
    ACCEPT,
    CONNECT,
    RECEIVE,
    SEND,
    /** The end of the stream towards the peer, behind the sends before it. */
    SHUTDOWN,
    TIMER,
    POST,
    /** A buffer of the pool, when one is free. */
    TAKE,
    CLOSE
}
