package io.overlapped.uring;

import static io.overlapped.uring.UringSocket.NONE;

import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Accepting: one multishot accept stays armed on each listener that has been asked. Connections
 * that come while no accept waits are kept for the next, a few of them; then the multishot is
 * cancelled until one is asked for, so that the backlog stays the kernel's.
 */
final class Acceptance {
    static final int AHEAD_MAX = 16;

    private final UringDriver driver;

    Acceptance(UringDriver driver) {
        this.driver = driver;
    }

    void start(long token, UringSocket listener) {
        listener.acceptToken = token;
        ArrayDeque<Integer> accepted = listener.accepted;
        Integer fd = accepted == null ? null : accepted.poll();
        if (fd != null) {
            complete(listener, driver.adopt(fd));
        } else if (!listener.armed) {
            arm(listener);
        }
    }

    void cancel(UringSocket listener) {
        complete(listener, -Errno.ECANCELED);
    }

    void completed(UringSocket listener, int result, int flags) {
        boolean more = (flags & Abi.IORING_CQE_F_MORE) != 0;
        if (!more) {
            driver.disarmed(listener);
        }
        if (result >= 0) {
            accepted(listener, result);
        } else if (listener.acceptToken != NONE && result != -Errno.ECANCELED) {
            complete(listener, result);
        }
        if (listener.closing) {
            driver.closeWhenDisarmed(listener);
        } else if (!listener.armed && listener.acceptToken != NONE) {
            arm(listener);
        }
    }

    void dropAccepted(UringSocket listener) {
        ArrayDeque<Integer> accepted = listener.accepted;
        for (Integer fd = poll(accepted); fd != null; fd = poll(accepted)) {
            driver.closeAbortively(fd);
        }
    }

    private static @Nullable Integer poll(@Nullable ArrayDeque<Integer> accepted) {
        return accepted == null ? null : accepted.poll();
    }

    private void accepted(UringSocket listener, int fd) {
        if (listener.closing) {
            driver.closeAbortively(fd);
        } else if (listener.acceptToken != NONE) {
            complete(listener, driver.adopt(fd));
        } else {
            if (listener.accepted == null) {
                listener.accepted = new ArrayDeque<>();
            }
            listener.accepted.add(fd);
            if (listener.accepted.size() >= AHEAD_MAX) {
                driver.disarm(listener);
            }
        }
    }

    private void arm(UringSocket listener) {
        long userData = UserData.of(UserData.ACCEPT, listener);
        driver.arm(listener, userData);
        Ring ring = driver.submit();
        ring.submit(Abi.IORING_OP_ACCEPT, listener.fd, 0, 0, 0, Abi.SOCK_CLOEXEC, userData);
        ring.ioprio(Abi.IORING_ACCEPT_MULTISHOT);
    }

    private void complete(UringSocket listener, int result) {
        long token = listener.acceptToken;
        listener.acceptToken = NONE;
        driver.complete(token, result, Driver.NO_FLAGS);
    }
}
