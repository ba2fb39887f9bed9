package io.overlapped.uring;

import io.overlapped.spi.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Sends by system call, from any thread: what fits now and no more. The error number of a call
 * needs memory that nobody else uses meanwhile, so there is a lock for every few sockets.
 */
final class DirectSends {
    private static final int STRIPES = 64;

    private final Libc[] calls = new Libc[STRIPES];

    DirectSends() {
        // Never freed by the driver: a thread may still be in a call when the driver ends.
        Arena memory = Arena.ofAuto();
        for (int i = 0; i < STRIPES; i++) {
            calls[i] = new Libc(memory);
        }
    }

    /** How many bytes were taken, which may be none, or a negated errno. */
    int send(UringSocket socket, MemorySegment bytes) {
        Libc libc = calls[socket.fd % STRIPES];
        int result;
        synchronized (libc) {
            result = libc.send(socket.fd, bytes, Abi.MSG_DONTWAIT | Abi.MSG_NOSIGNAL);
        }
        boolean later = result == -Errno.EAGAIN || result == -Errno.EINTR;
        return later ? 0 : result;
    }
}
