package io.overlapped.lab.model;

/**
 * The reactor's shape: told that it may, and then does it by itself.
 *
 * <p>No bytes come with these calls. The read is still to be made, and may even find nothing.
 */
interface ReactorShape {
    /** A read would not wait now. */
    void mayRead();

    /** A write would not wait now. */
    void mayWrite();
}
