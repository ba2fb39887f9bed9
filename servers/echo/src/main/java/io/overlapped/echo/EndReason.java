package io.overlapped.echo;

import io.overlapped.Status;

/** Why a client is served no longer. */
enum EndReason {
    /** The client ended its side, and has got all its answers. */
    DONE,
    /** The connection was reset, or the network gave it up. */
    RESET,
    /** The client did not read its answers. */
    STALLED,
    /** The server stops. */
    STOPPING,
    /** Anything else. */
    FAILED;

    static EndReason of(Status status) {
        return switch (status) {
            case OK -> DONE;
            case RESET, BROKEN_PIPE, TIMED_OUT, HOST_UNREACHABLE, NETWORK_UNREACHABLE, ABORTED ->
                    RESET;
            case CANCELED, CLOSED -> STOPPING;
            default -> FAILED;
        };
    }

    /** Whether it is worth a line in the log; what clients do every day is only counted. */
    boolean isLogged() {
        return this == STALLED || this == FAILED;
    }
}
