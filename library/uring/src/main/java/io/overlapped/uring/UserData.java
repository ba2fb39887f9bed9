package io.overlapped.uring;

/**
 * What a submission is known by. An operation of the proactor is known by its token, which is never
 * negative; the driver's own are negative and carry what they are for, which socket slot, and how
 * often that slot was used, so that a completion for an earlier socket is told from one for this.
 */
final class UserData {
    static final int ACCEPT = 1;
    static final int RECEIVE = 2;
    static final int POLL = 3;
    static final int RECEIVE_POLLED = 4;
    static final int WAKE = 5;
    static final int CANCEL = 6;

    private static final long OWN = Long.MIN_VALUE;
    private static final int KIND_SHIFT = 56;
    private static final int KIND_MASK = 0x7F;
    private static final int GENERATION_SHIFT = 32;
    private static final int GENERATION_MASK = 0xFF_FFFF;

    private UserData() {}

    static long of(int kind, int index, int generation) {
        return OWN
                | (long) kind << KIND_SHIFT
                | (long) (generation & GENERATION_MASK) << GENERATION_SHIFT
                | Integer.toUnsignedLong(index);
    }

    static boolean isToken(long userData) {
        return userData >= 0;
    }

    static int kind(long userData) {
        return (int) (userData >>> KIND_SHIFT) & KIND_MASK;
    }

    static int index(long userData) {
        return (int) userData;
    }

    static boolean isOf(long userData, UringSocket socket) {
        return (int) (userData >>> GENERATION_SHIFT & GENERATION_MASK)
                == (socket.generation & GENERATION_MASK);
    }
}
