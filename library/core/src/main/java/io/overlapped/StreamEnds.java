package io.overlapped;

import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;

/**
 * How the two directions of a stream have ended, so that a program is told the same however often
 * it asks, and whichever direction asked first. A system tells a reset once: to the first receive
 * or send there is, be it one that the driver made ahead.
 *
 * <p>Threads: the proactor's, but for {@link #sent}.
 */
final class StreamEnds {
    /** What no end is. */
    private static final int OPEN = 1;

    private int input = OPEN;

    /** What broke the connection, negated; 0 if nothing has. */
    private volatile int broken;

    private volatile boolean outputShut;

    boolean isInputOver() {
        return input != OPEN;
    }

    /** What a receive is answered once the input is over: 0 at the end of the stream. */
    int input() {
        return input;
    }

    /** What a receive is answered. */
    int received(int result) {
        int told = result == 0 ? broken : result;
        if (breaks(told)) {
            broken = told;
        }
        if (told == 0 || breaks(told)) {
            input = told;
        }
        return told;
    }

    /** What a send is answered; on any thread. */
    int sent(int result) {
        if (result >= 0) {
            return result;
        }
        if (breaks(result)) {
            broken = result;
        }
        boolean ended = breaks(result) || result == -Errno.EPIPE;
        if (ended && outputShut) {
            return -Errno.EPIPE;
        }
        // With the output open only the peer can have ended it.
        return result == -Errno.EPIPE ? (broken == 0 ? -Errno.ECONNRESET : broken) : result;
    }

    /** Ends the output, which cannot fail: a connection that is broken has none. */
    int shutOutput(Driver driver, int socket) {
        int result = outputShut ? 0 : driver.shutdownOutput(socket);
        if (result == -Errno.ENOTCONN) {
            result = 0;
        }
        outputShut |= result == 0;
        return result;
    }

    /** Whether the connection is no more after this. */
    static boolean breaks(int result) {
        return switch (-result) {
            case Errno.ECONNRESET,
                    Errno.ECONNABORTED,
                    Errno.ETIMEDOUT,
                    Errno.EHOSTUNREACH,
                    Errno.ENETUNREACH ->
                    true;
            default -> false;
        };
    }
}
