package io.overlapped;

/**
 * A setting of a socket, with an {@code int} value; a switch is 1 or 0. What is set on a listener
 * is for the streams that it accepts, but for those whose peers have connected already.
 *
 * <p>Threads: a value.
 */
public enum StreamOption {
    /** 1 sends small writes at once (TCP_NODELAY). On by default on every stream. */
    NO_DELAY(0, 1, ""),
    /** 1 probes an idle peer (SO_KEEPALIVE). */
    KEEP_ALIVE(0, 1, ""),
    /** Kernel memory for bytes not yet acknowledged (SO_SNDBUF); Linux doubles what is set. */
    SEND_BUFFER_BYTES(1, Integer.MAX_VALUE, ""),
    /** Kernel memory for bytes not yet received (SO_RCVBUF); Linux doubles what is set. */
    RECEIVE_BUFFER_BYTES(1, Integer.MAX_VALUE, ""),
    /** 1 binds an address whose last connections are still timing out (SO_REUSEADDR). */
    REUSE_ADDRESS(0, 1, ""),
    /**
     * 0 makes close abortive: unsent bytes are dropped and the peer is reset; −1 is the default:
     * what was sent leaves after the close. A close that waits for it, as for more seconds than 0,
     * would make all of the proactor wait.
     */
    LINGER_SECONDS(
            -1,
            0,
            " (a close that waits would make every other stream wait too; to know that the peer has"
                    + " read all, end the output and receive until the stream ends)"),
    /**
     * How long unacknowledged bytes may wait before the connection is dropped, 0 for as long as the
     * system likes; Linux only.
     */
    USER_TIMEOUT_MILLIS(0, Integer.MAX_VALUE, "");

    private final int least;
    private final int most;
    private final String why;

    StreamOption(int least, int most, String why) {
        this.least = least;
        this.most = most;
        this.why = why;
    }

    /** Kernels differ in what they make of the other values, so none of them is asked. */
    int requireValue(int value) {
        if (value < least || value > most) {
            String range = least + (most - 1 == least ? " or " : " to ") + most;
            throw new IllegalArgumentException(
                    this + " is " + value + "; it must be " + range + why);
        }
        return value;
    }
}
