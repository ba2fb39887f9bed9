package io.overlapped.uring;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What the driver knows of one socket. Fields below {@code fd} are the driver's thread's alone, but
 * for {@link #watched}. What is kept is what came before it was asked for.
 *
 * <pre>
 * side       state                     token  armed                 in kernel  kept
 * receiving  nobody asks                 –    any; 4 kept: ending       –      any
 *            chooses its buffer          t    yes; or it is starved     –      none
 *            chooses, waits for a spare  t    any                       –      copies
 *            pieces, multishot first     t    ending                    –      none
 *            pieces                      t    no                       yes     none
 * accepting  nobody asks                 –    any; 16 kept: ending      –      any
 *            asked                       t    yes                       –      none
 * sending    nobody asks                 –    –                         –      –
 *            a send or a connect         t    –                        yes     –
 * closing    what is armed ends first    –    ending                    –      none
 *            the driver ends             any  any                      any     no accepted
 * </pre>
 *
 * <p>{@link #isLegal} says whether it is in one of these states, as it is whenever the driver has
 * dealt with a call or with an entry of the completion queue.
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

    /** Bytes had arrived that nobody will receive. */
    boolean unread;

    long closeToken = NONE;

    UringSocket(int generation, int fd) {
        this.generation = generation;
        this.fd = fd;
    }

    /** For an assertion where a transition ends: whether the table above has this state. */
    boolean isLegal() {
        boolean legalArming = armed || (!disarming && !watched);
        boolean legalSending = sendToken != NONE || sendPlace == NO_PLACE;
        return legalArming
                && legalSending
                && (closing ? isLegalClosing() : isLegalReceiving() && isLegalAccepting());
    }

    private boolean isLegalReceiving() {
        boolean legalFields =
                (receiveToken != NONE || !receiveInKernel)
                        && (receivePlace == NO_PLACE || (receiveToken != NONE && receivesPieces))
                        && (polledBuffer == NO_BUFFER || armed)
                        && keepsNothing() == (arrivedCount == 0)
                        && (arrivedCount < Reception.AHEAD_MAX || !armed || disarming)
                        && (!watched || (keepsNothing() && end == NOT_ENDED));
        boolean legalState;
        if (receiveToken == NONE) {
            legalState = true;
        } else if (!receivesPieces) {
            legalState = waitsForBuffer || (keepsNothing() && (armed || starved));
        } else if (receiveInKernel) {
            legalState = !armed && keepsNothing();
        } else {
            legalState = disarming && keepsNothing() && receivePlace != NO_PLACE;
        }
        return legalFields && legalState;
    }

    private boolean isLegalAccepting() {
        int count = accepted == null ? 0 : accepted.size();
        return acceptToken == NONE
                ? count < Acceptance.AHEAD_MAX || !armed || disarming
                : armed && count == 0;
    }

    private boolean isLegalClosing() {
        boolean driverEnds = closeToken == NONE;
        boolean idle = acceptToken == NONE && receiveToken == NONE && sendToken == NONE;
        return !watched
                && (accepted == null || accepted.isEmpty())
                && (driverEnds || (idle && armed && disarming && keepsNothing()));
    }

    private boolean keepsNothing() {
        return firstArrived == NO_BUFFER && (parked == null || parked.isEmpty());
    }

    @Override
    public String toString() {
        return "socket "
                + index
                + (armed ? disarming ? ", disarming" : ", armed" : "")
                + (acceptToken == NONE ? "" : ", accepts " + acceptToken)
                + (accepted == null ? "" : ", accepted ahead " + accepted.size())
                + (receiveToken == NONE ? "" : ", receives " + receiveToken)
                + (receiveToken != NONE && receivesPieces ? " into pieces" : "")
                + (receiveInKernel ? " in the kernel" : "")
                + (", kept " + arrivedCount)
                + (waitsForBuffer ? ", waits for a buffer" : "")
                + (starved ? ", starved" : "")
                + (watched ? ", watched" : "")
                + (end == NOT_ENDED ? "" : ", ended " + end)
                + (sendToken == NONE ? "" : ", sends " + sendToken)
                + (closing ? ", closes " + closeToken : "");
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
