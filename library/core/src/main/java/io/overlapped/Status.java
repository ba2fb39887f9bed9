package io.overlapped;

import io.overlapped.spi.Errno;

/**
 * How an operation ended. {@link Overlapped#errno} has the number behind it.
 *
 * <p>Threads: a value.
 */
public enum Status {
    OK(0),
    /** Started and not yet completed. */
    PENDING(Errno.EINPROGRESS),
    /** Cancelled, or pending when its socket or proactor was closed. */
    CANCELED(Errno.ECANCELED),
    /** Started on a socket or a proactor that was already closed. */
    CLOSED(Errno.EBADF),
    REFUSED(Errno.ECONNREFUSED),
    /** The peer has ended the connection without having taken, or sent, all. */
    RESET(Errno.ECONNRESET),
    /** The output was ended on this side, or an earlier send was cut short by a cancel. */
    BROKEN_PIPE(Errno.EPIPE),
    /**
     * The time given by {@link Overlapped#within} was over, with ETIME as {@link Overlapped#errno},
     * and the stream goes on; or the peer has not answered for the time the system allows, with
     * ETIMEDOUT, and the connection is over.
     */
    TIMED_OUT(Errno.ETIMEDOUT),
    HOST_UNREACHABLE(Errno.EHOSTUNREACH),
    NETWORK_UNREACHABLE(Errno.ENETUNREACH),
    ADDRESS_IN_USE(Errno.EADDRINUSE),
    ADDRESS_NOT_AVAILABLE(Errno.EADDRNOTAVAIL),
    ACCESS_DENIED(Errno.EACCES),
    /** No descriptors left, in this process or in the system. */
    FILES_EXHAUSTED(Errno.EMFILE),
    MEMORY_EXHAUSTED(Errno.ENOMEM),
    /** Over {@link Options.Operations#max}, where the options say to refuse. */
    OVERLOADED(Errno.EAGAIN),
    NOT_CONNECTED(Errno.ENOTCONN),
    ABORTED(Errno.ECONNABORTED),
    /** What was asked for is not to be had here: a driver, an option, an address family. */
    UNSUPPORTED(Errno.EOPNOTSUPP),
    /** None of the above; see {@link Overlapped#errno}. */
    OTHER(-1);

    private static final Status[] BY_ERRNO = byErrno();

    private final int errno;

    Status(int errno) {
        this.errno = errno;
    }

    /** The status of a Linux error number, 0 being success. */
    public static Status of(int errno) {
        return errno >= 0 && errno < BY_ERRNO.length ? BY_ERRNO[errno] : OTHER;
    }

    /** The Linux error number that stands for this status; −1 for {@link #OTHER}. */
    public int errno() {
        return errno;
    }

    private static Status[] byErrno() {
        Status[] table = new Status[Errno.ECANCELED + 1];
        java.util.Arrays.fill(table, OTHER);
        for (Status status : values()) {
            if (status.errno >= 0) {
                table[status.errno] = status;
            }
        }
        table[Errno.ETIME] = TIMED_OUT;
        table[Errno.EPERM] = ACCESS_DENIED;
        table[Errno.ENFILE] = FILES_EXHAUSTED;
        table[Errno.ENOBUFS] = MEMORY_EXHAUSTED;
        table[Errno.EAFNOSUPPORT] = UNSUPPORTED;
        table[Errno.ENOPROTOOPT] = UNSUPPORTED;
        table[Errno.ENOSYS] = UNSUPPORTED;
        return table;
    }
}
