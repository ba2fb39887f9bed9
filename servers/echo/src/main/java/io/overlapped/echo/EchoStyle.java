package io.overlapped.echo;

/**
 * How the server learns that an operation has completed.
 *
 * <p>Threads: a value.
 */
public enum EchoStyle {
    /** A virtual thread for each connection awaits one operation after the other. */
    EVENT,
    /** Completion routines, all on the proactor's thread. */
    ROUTINE,
    /** Workers take completions from a completion port. */
    PORT
}
