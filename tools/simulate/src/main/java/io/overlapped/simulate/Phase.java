package io.overlapped.simulate;

/** Where a scene is; a scene goes through all of them in this order. */
enum Phase {
    /** Faults strike, and nothing wrong may happen. */
    BUSY,
    /** No fault strikes any more, and everybody must be served in bounded time. */
    SETTLING,
    /** Everybody leaves. */
    LEAVING
}
