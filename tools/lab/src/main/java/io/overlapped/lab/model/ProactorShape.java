package io.overlapped.lab.model;

/**
 * The proactor's shape: starts reads and writes ahead, and is told when they have been done.
 *
 * <p>The bytes come with these calls. There is nothing left to do but to start the next one.
 *
 * @param <R> the result of an operation
 */
interface ProactorShape<R> {
    /** The read that was started is over. */
    void hasRead(R result);

    /** The write that was started is over. */
    void hasWritten(R result);
}
