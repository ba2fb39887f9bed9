package io.overlapped;

/**
 * An operation, or the opening of something, that failed for a reason outside the program.
 *
 * <p>Threads: a value.
 */
public final class OverlappedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Status status;
    private final int errno;

    /**
     * @param errno the Linux error number behind the failure
     */
    public OverlappedException(String message, int errno) {
        super(message);
        this.status = Status.of(errno);
        this.errno = errno;
    }

    public Status status() {
        return status;
    }

    public int errno() {
        return errno;
    }
}
