package io.overlapped.uring;

/**
 * What a submission is known by: what it is for, which socket slot, and how often that slot was
 * used, so that a completion for an earlier socket is told from one for this. A socket has one
 * submission of a kind in the kernel at most, and knows the token of its operation.
 */
final class UserData {
    static final int ACCEPT = 1;
    static final int RECEIVE = 2;
    static final int POLL = 3;
    static final int RECEIVE_POLLED = 4;
    static final int WAKE = 5;
    static final int CANCEL = 6;

    /** A receive into the caller's pieces. */
    static final int RECEIVE_PIECES = 7;

    /** A send, or a connect, which nothing is sent before. */
    static final int SEND = 8;

    private static final int KIND_SHIFT = 56;
    private static final int GENERATION_SHIFT = 32;
    private static final int GENERATION_MASK = 0xFF_FFFF;

    private UserData() {}

    static long of(int kind, int index, int generation) {
        return (long) kind << KIND_SHIFT
                | (long) (generation & GENERATION_MASK) << GENERATION_SHIFT
                | Integer.toUnsignedLong(index);
    }

    static long of(int kind, UringSocket socket) {
        return of(kind, socket.index, socket.generation);
    }

    static int kind(long userData) {
        return (int) (userData >>> KIND_SHIFT);
    }

    static int index(long userData) {
        return (int) userData;
    }

    static boolean isOf(long userData, UringSocket socket) {
        return (int) (userData >>> GENERATION_SHIFT & GENERATION_MASK)
                == (socket.generation & GENERATION_MASK);
    }
}
