package io.overlapped.nio;

import org.jspecify.annotations.Nullable;

/**
 * Something whose turn comes on the thread that drives, and a link of {@link Arrivals}, so that it
 * waits there without an object.
 *
 * <p>Threads: {@link #arrived} on the one that drives.
 */
abstract class Arrival {
    /** For {@link Arrivals} alone. */
    @Nullable Arrival next;

    abstract void arrived();
}
