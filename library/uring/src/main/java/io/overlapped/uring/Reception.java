package io.overlapped.uring;

import static io.overlapped.uring.UringSocket.NONE;
import static io.overlapped.uring.UringSocket.NOT_ENDED;
import static io.overlapped.uring.UringSocket.NO_BUFFER;
import static io.overlapped.uring.UringSocket.NO_PLACE;

import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import io.overlapped.spi.IoVector;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/**
 * Receiving.
 *
 * <p>A receive that chooses its buffer arms a multishot receive on the ring of provided buffers,
 * which stays armed for many messages; where there is no such ring, a poll comes first and then a
 * receive into a provided buffer. Either way an idle connection holds no buffer. A receive into the
 * caller's pieces is an operation of its own, for which a multishot is cancelled first.
 *
 * <p>What arrives while no receive waits is kept in order for the next one; with {@link #AHEAD_MAX}
 * pieces kept, reception pauses. If connections run out of buffers meanwhile, what is kept is
 * copied and its buffers go back, so that nobody's silence starves the others.
 */
final class Reception {
    static final int AHEAD_MAX = 4;

    private final UringDriver driver;
    private final Arrivals arrivals;
    private final Places places;
    private final boolean multishot;
    private final ArrayDeque<UringSocket> starved = new ArrayDeque<>();
    private final ArrayDeque<UringSocket> waiting = new ArrayDeque<>();
    private long starvedCount;

    Reception(UringDriver driver, Arrivals arrivals, Places places, boolean multishot) {
        this.driver = driver;
        this.arrivals = arrivals;
        this.places = places;
        this.multishot = multishot;
    }

    int starvedNow() {
        return starved.size();
    }

    int waitingNow() {
        return waiting.size();
    }

    long starvedCount() {
        return starvedCount;
    }

    void start(long token, UringSocket socket) {
        socket.receiveToken = token;
        socket.receivesPieces = false;
        advance(socket);
        watch(socket);
    }

    void start(long token, UringSocket socket, IoVector pieces) {
        socket.receiveToken = token;
        socket.receivesPieces = true;
        if (pieces.count() == 1 && !socket.armed && arrivals.isEmpty(socket) && isOpen(socket)) {
            socket.receiveInKernel = true;
            long address = pieces.memory(0).address() + pieces.start(0);
            long userData = UserData.of(UserData.RECEIVE_PIECES, socket);
            int bytes = pieces.bytes(0);
            driver.submit().submit(Abi.IORING_OP_RECV, socket.fd, address, bytes, 0, 0, userData);
            return;
        }
        socket.receivePlace = places.take();
        places.message(socket.receivePlace, pieces);
        advance(socket);
    }

    void cancel(UringSocket socket) {
        if (socket.receiveInKernel) {
            driver.cancelInKernel(UserData.of(UserData.RECEIVE_PIECES, socket));
        } else {
            complete(socket, -Errno.ECANCELED, Driver.NO_FLAGS);
        }
    }

    /** A receive into the caller's pieces has ended. */
    void piecesCompleted(UringSocket socket, int result) {
        socket.receiveInKernel = false;
        complete(socket, result, Driver.NO_FLAGS);
    }

    /** An entry of a multishot receive, or of one that chose its buffer. */
    void multishotCompleted(UringSocket socket, int result, int flags) {
        if ((flags & Abi.IORING_CQE_F_MORE) == 0) {
            driver.disarmed(socket);
        }
        if ((flags & Abi.IORING_CQE_F_BUFFER) != 0) {
            arrivals.taken();
            arrived(socket, flags >>> Abi.IORING_CQE_BUFFER_SHIFT, result);
        } else if (result == -Errno.ENOBUFS) {
            outOfBuffers(socket);
        } else if (result != -Errno.ECANCELED) {
            socket.end = result;
        }
        goOn(socket);
    }

    void pollCompleted(UringSocket socket, int result) {
        driver.disarmed(socket);
        boolean wanted = socket.receiveToken != NONE && !socket.receivesPieces;
        if (result < 0 && result != -Errno.ECANCELED) {
            socket.end = result;
        } else if (result >= 0 && wanted && !socket.closing) {
            receivePolled(socket);
            return;
        }
        goOn(socket);
    }

    void polledReceiveCompleted(UringSocket socket, int result) {
        driver.disarmed(socket);
        int buffer = socket.polledBuffer;
        socket.polledBuffer = NO_BUFFER;
        if (result == -Errno.EAGAIN || result <= 0) {
            recycle(buffer);
            if (result != -Errno.EAGAIN && result != -Errno.ECANCELED) {
                socket.end = result;
            }
        } else {
            arrived(socket, buffer, result);
        }
        goOn(socket);
    }

    /** A buffer of the proactor's, for receives that choose their own. */
    void provide(int buffer, MemorySegment memory) {
        arrivals.own(buffer, memory);
        recycle(buffer);
    }

    /** A buffer that the kernel filled for a socket that is gone. */
    void returned(int buffer) {
        arrivals.taken();
        recycle(buffer);
    }

    /** Forgets what arrived for a socket that is closing. */
    void drop(UringSocket socket) {
        socket.unread |= !arrivals.isEmpty(socket);
        socket.parked = null;
        while (socket.firstArrived != NO_BUFFER) {
            int buffer = arrivals.poll(socket);
            recycle(buffer);
        }
    }

    /** Decides what comes next after anything has changed for {@code socket}. */
    private void goOn(UringSocket socket) {
        if (socket.closing) {
            drop(socket);
            driver.closeWhenDisarmed(socket);
        } else {
            advance(socket);
            watch(socket);
        }
    }

    /** Says to other threads whether the next thing that happens will end a wait. */
    private void watch(UringSocket socket) {
        boolean watched =
                socket.armed
                        && !socket.disarming
                        && arrivals.hasRing()
                        && arrivals.isEmpty(socket)
                        && isOpen(socket);
        if (socket.watched != watched) {
            socket.watched = watched;
        }
    }

    /** Brings the receive that waits, if one does, as far as it can go now. */
    private void advance(UringSocket socket) {
        if (socket.receiveToken == NONE || socket.receiveInKernel) {
            return;
        }
        if (!arrivals.isEmpty(socket)) {
            claim(socket);
        } else if (!isOpen(socket)) {
            int end = socket.end;
            socket.end = NOT_ENDED;
            complete(socket, end, Driver.NO_FLAGS);
        } else if (socket.receivesPieces) {
            receivePieces(socket);
        } else if (!socket.armed && !socket.starved) {
            arm(socket);
        }
    }

    private void claim(UringSocket socket) {
        if (socket.receivesPieces) {
            // Taken off the socket first: a buffer that is emptied may bring others forward.
            long token = socket.receiveToken;
            int place = socket.receivePlace;
            socket.receiveToken = NONE;
            socket.receivePlace = NO_PLACE;
            int copied = arrivals.copy(socket, places, place, this::recycle);
            places.give(place);
            driver.complete(token, copied, Driver.NO_FLAGS);
            return;
        }
        if (!arrivals.isParked(socket)) {
            int bytes = arrivals.moveToFront(socket);
            completeWith(socket, arrivals.poll(socket), bytes);
            return;
        }
        int spare = arrivals.takeSpare();
        if (spare == NO_BUFFER) {
            waitForBuffer(socket);
            arrivals.park(this::recycle);
        } else {
            long token = socket.receiveToken;
            socket.receiveToken = NONE;
            int bytes = arrivals.fill(socket, spare, this::recycle);
            driver.complete(token, bytes, Driver.BUFFER | spare << Driver.BUFFER_SHIFT);
        }
    }

    private void receivePieces(UringSocket socket) {
        if (socket.armed) {
            driver.disarm(socket);
            return;
        }
        socket.receiveInKernel = true;
        long message = places.messageAddress(socket.receivePlace);
        long userData = UserData.of(UserData.RECEIVE_PIECES, socket);
        driver.submit().submit(Abi.IORING_OP_RECVMSG, socket.fd, message, 1, 0, 0, userData);
    }

    private void arm(UringSocket socket) {
        boolean ring = arrivals.hasRing();
        int kind = ring ? UserData.RECEIVE : UserData.POLL;
        long userData = UserData.of(kind, socket);
        driver.arm(socket, userData);
        Ring to = driver.submit();
        if (ring) {
            to.submit(Abi.IORING_OP_RECV, socket.fd, 0, 0, 0, 0, userData);
            to.select(BufferRing.GROUP);
            if (multishot) {
                to.ioprio(Abi.IORING_RECV_MULTISHOT);
            }
        } else {
            to.submit(Abi.IORING_OP_POLL_ADD, socket.fd, 0, 0, 0, Abi.POLLIN, userData);
        }
    }

    /** There is something to receive: now, and only now, it gets a buffer. */
    private void receivePolled(UringSocket socket) {
        int buffer = arrivals.takeSpare();
        if (buffer == NO_BUFFER) {
            starvedCount++;
            waitForBuffer(socket);
            return;
        }
        socket.polledBuffer = buffer;
        long userData = UserData.of(UserData.RECEIVE_POLLED, socket);
        driver.arm(socket, userData);
        driver.submit()
                .submit(
                        Abi.IORING_OP_RECV,
                        socket.fd,
                        arrivals.address(buffer),
                        arrivals.capacity(buffer),
                        0,
                        Abi.MSG_DONTWAIT,
                        userData);
    }

    private void arrived(UringSocket socket, int buffer, int result) {
        if (result <= 0 || socket.closing) {
            recycle(buffer);
            socket.unread |= result > 0;
            if (result == 0 || (result < 0 && result != -Errno.ECANCELED)) {
                socket.end = result;
            }
            return;
        }
        boolean wanted = socket.receiveToken != NONE && !socket.receivesPieces;
        if (wanted && arrivals.isEmpty(socket)) {
            completeWith(socket, buffer, result);
            return;
        }
        arrivals.add(socket, buffer, result);
        if (socket.arrivedCount >= AHEAD_MAX) {
            driver.disarm(socket);
        }
        if (!starved.isEmpty()) {
            arrivals.park(this::recycle);
        }
    }

    private void outOfBuffers(UringSocket socket) {
        starvedCount++;
        arrivals.sparesToRing();
        if (arrivals.ringHasBuffers() || socket.receiveToken == NONE) {
            return; // One came back since the kernel looked, or nobody asks: the next one arms.
        }
        socket.starved = true;
        starved.add(socket);
        arrivals.park(this::recycle);
    }

    private void waitForBuffer(UringSocket socket) {
        if (!socket.waitsForBuffer) {
            socket.waitsForBuffer = true;
            waiting.add(socket);
        }
    }

    /** Gives a buffer to whoever waits longest for one, else to the ring. */
    private void recycle(int buffer) {
        arrivals.addSpare(buffer);
        while (arrivals.hasSpare()) {
            UringSocket next = waiting.poll();
            if (next == null) {
                break;
            }
            next.waitsForBuffer = false;
            giveSpare(next);
        }
        if (arrivals.hasRing()) {
            arrivals.sparesToRing();
            armStarved();
        }
    }

    /** For a socket that waited for a buffer, unless it wants none any more. */
    private void giveSpare(UringSocket socket) {
        if (socket.closing || socket.receiveToken == NONE || socket.receivesPieces) {
            return;
        }
        boolean readable = !arrivals.hasRing() && !socket.armed && arrivals.isEmpty(socket);
        if (readable && isOpen(socket)) {
            receivePolled(socket);
        } else {
            advance(socket);
        }
    }

    /**
     * One that will take a buffer is armed for each that comes; whoever takes none is passed by.
     */
    private void armStarved() {
        while (arrivals.ringHasBuffers()) {
            UringSocket next = starved.poll();
            if (next == null) {
                return;
            }
            next.starved = false;
            if (!next.closing && !next.armed) {
                advance(next);
                if (next.armed) {
                    return;
                }
            }
        }
    }

    private void completeWith(UringSocket socket, int buffer, int bytes) {
        complete(socket, bytes, Driver.BUFFER | buffer << Driver.BUFFER_SHIFT);
    }

    private void complete(UringSocket socket, int result, int flags) {
        long token = socket.receiveToken;
        socket.receiveToken = NONE;
        if (socket.receivePlace != NO_PLACE) {
            places.give(socket.receivePlace);
            socket.receivePlace = NO_PLACE;
        }
        driver.complete(token, result, flags);
    }

    private static boolean isOpen(UringSocket socket) {
        return socket.end == NOT_ENDED;
    }
}
