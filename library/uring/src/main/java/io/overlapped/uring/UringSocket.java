package io.overlapped.uring;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What the driver knows of one socket. Fields below {@code fd} are the driver's thread's alone, but
 * for {@link #watched}.
 */
final class UringSocket {
    /** No operation; tokens are never negative. */
    static final long NONE = -1;

    /** Nothing has ended the stream yet; results are never this small. */
    static final int NOT_ENDED = Integer.MIN_VALUE;

    static final int NO_BUFFER = -1;
    static final int NO_PLACE = -1;

    /** How often a socket was made before it: tells it from earlier ones with its number. */
    final int generation;

    final int fd;

    /** Its number in the table. */
    int index;

    /** A multishot, a poll or a receive of the driver's own is in the kernel. */
    boolean armed;

    long armedUserData;

    /** A cancel for what is armed was submitted. */
    boolean disarming;

    long acceptToken = NONE;
    @Nullable ArrayDeque<Integer> accepted;

    long receiveToken = NONE;

    /** The receive fills the caller's pieces, listed at {@code receivePlace}. */
    boolean receivesPieces;

    /** The receive itself is in the kernel, under its token. */
    boolean receiveInKernel;

    /**
     * A multishot is armed and nothing is kept that it brought: what happens next ends a wait. Read
     * by any thread.
     */
    volatile boolean watched;

    int receivePlace = NO_PLACE;
    int polledBuffer = NO_BUFFER;

    // What arrived while no receive waited: copies first, they are older, then buffers.
    @Nullable ArrayDeque<byte[]> parked;
    int parkedOffset;
    int firstArrived = NO_BUFFER;
    int lastArrived = NO_BUFFER;
    int arrivedCount;
    int end = NOT_ENDED;

    boolean waitsForBuffer;
    boolean starved;

    long sendToken = NONE;
    int sendPlace = NO_PLACE;

    boolean closing;
    long closeToken = NONE;

    UringSocket(int generation, int fd) {
        this.generation = generation;
        this.fd = fd;
    }

    /** Nothing was started on it that has not ended, and nothing is held for it. */
    boolean isUnused() {
        return acceptToken == NONE
                && receiveToken == NONE
                && sendToken == NONE
                && !armed
                && !closing
                && !waitsForBuffer
                && !starved
                && arrivedCount == 0
                && (accepted == null || accepted.isEmpty())
                && end == NOT_ENDED;
    }
}
