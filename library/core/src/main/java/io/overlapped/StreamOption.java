package io.overlapped;

/**
 * A setting of a socket, with an {@code int} value; a switch is 1 or 0.
 *
 * <p>Threads: a value.
 */
public enum StreamOption {
    /** 1 sends small writes at once (TCP_NODELAY). On by default on every stream. */
    NO_DELAY,
    /** 1 probes an idle peer (SO_KEEPALIVE). */
    KEEP_ALIVE,
    /** Kernel memory for bytes not yet acknowledged (SO_SNDBUF); Linux doubles what is set. */
    SEND_BUFFER_BYTES,
    /** Kernel memory for bytes not yet received (SO_RCVBUF); Linux doubles what is set. */
    RECEIVE_BUFFER_BYTES,
    /** 1 binds an address whose last connections are still timing out (SO_REUSEADDR). */
    REUSE_ADDRESS,
    /**
     * 0 makes close abortive: unsent bytes are dropped and the peer is reset; −1 is the default.
     */
    LINGER_SECONDS,
    /** How long unacknowledged bytes may wait before the connection is dropped; Linux only. */
    USER_TIMEOUT_MILLIS
}
