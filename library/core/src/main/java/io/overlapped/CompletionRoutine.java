package io.overlapped;

/**
 * What runs when an operation has completed.
 *
 * <p>The operation is over before its routine runs: its results are set, its buffers are given
 * back, and the routine may start it again. What a routine throws leaves through the wait that ran
 * it; that completion counts as delivered, and the others stay ready.
 *
 * <p>Threads: the proactor's own, inside its alertable wait; never inside a start, and never on top
 * of another routine.
 */
@FunctionalInterface
public interface CompletionRoutine {
    void completed(Overlapped overlapped);
}
