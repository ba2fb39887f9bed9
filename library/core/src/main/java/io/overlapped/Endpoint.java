package io.overlapped;

import io.overlapped.spi.Errno;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What sockets of every kind share: a driver's socket, its options, the lanes in which its
 * operations wait, and the way it closes. A kind says where an operation goes when it is started
 * ({@link #start}), how it reaches the driver ({@link #launched}), and what follows from its result
 * ({@link #completed}).
 *
 * <p>Closing is a join. It cancels what is pending and waits for those completions; then the driver
 * closes the socket; and only when that has completed is the socket gone.
 */
abstract sealed class Endpoint implements AutoCloseable permits TcpListener, TcpStream {
    final Proactor proactor;
    final int socket;

    // The proactor's list of open sockets, its thread only.
    @Nullable Endpoint previous;
    @Nullable Endpoint following;

    private boolean gone;
    private @Nullable Overlapped closing;
    private final OpQueue closers = new OpQueue();

    // Any thread: set before the close is under way, and guards calls that need the descriptor.
    private final Object closeLock = new Object();
    private volatile boolean closeRequested;
    private boolean handedToClose;

    Endpoint(Proactor proactor, int socket) {
        this.proactor = proactor;
        this.socket = socket;
    }

    /** The proactor that it belongs to. */
    public final Proactor proactor() {
        return proactor;
    }

    /**
     * The driver's number of it, by which {@link Proactor#inFlight} and recorded events name it.
     * After a close another socket gets it.
     */
    public final int number() {
        return socket;
    }

    /** Whether it was closed on this side. */
    public final boolean isClosed() {
        return closeRequested;
    }

    /**
     * Sets an option.
     *
     * @throws IllegalArgumentException if it never has such a value
     * @throws OverlappedException if it cannot be set here, or the socket is closed
     */
    public final void set(StreamOption option, int value) {
        option.requireValue(value);
        check(option, withSocket(() -> proactor.driver().set(socket, option, value)));
    }

    /**
     * The value of an option.
     *
     * @throws OverlappedException if it has none here, or the socket is closed
     */
    public final int get(StreamOption option) {
        int value = withSocket(() -> proactor.driver().get(socket, option));
        if (value < -1) {
            check(option, value);
        }
        return value;
    }

    /**
     * Cancels what is pending, and closes the socket after the last of it has completed. Does
     * nothing the second time.
     */
    @Override
    public final void close() {
        synchronized (closeLock) {
            if (closeRequested) {
                return;
            }
            closeRequested = true;
        }
        proactor.closeOrForget(this);
    }

    /**
     * Closes, and completes when the socket is gone: its address can be bound again, and nothing
     * that was received for it can be seen any more.
     */
    public final Overlapped close(Overlapped overlapped) {
        overlapped.begin(Operation.CLOSE, proactor, this);
        closeRequested = true;
        return proactor.start(overlapped);
    }

    /** On the proactor's thread: ends what has not reached the driver and cancels what has. */
    final void startClose(Overlapped o) {
        closeRequested = true;
        o.place = Overlapped.Place.QUEUED;
        if (gone) {
            proactor.ready(o, 0);
            return;
        }
        closers.add(o);
        if (closing == null) {
            closing = o;
            forEachLane(this::cancelAll);
            closing();
            closeWhenDrained();
        }
    }

    final boolean isGone() {
        return gone;
    }

    final boolean isClosing() {
        return closing != null;
    }

    /** On the proactor's thread, at its end: closes even if a close of before was lost. */
    final void closeNow() {
        if (closing == null) {
            Overlapped o = Overlapped.own(_ -> {});
            o.begin(Operation.CLOSE, proactor, this);
            startClose(o);
        }
    }

    /** Goes on with closing when the last operation has left the driver. */
    final void closeWhenDrained() {
        Overlapped o = closing;
        if (o == null || hasOperationInDriver() || o.place == Overlapped.Place.DRIVER) {
            return;
        }
        synchronized (closeLock) {
            handedToClose = true;
        }
        proactor.flight().launch(o);
        proactor.driver().close(o.token, socket);
    }

    /** The driver has closed it. */
    final void closed() {
        gone = true;
        proactor.sockets().remove(this);
        for (Overlapped o = closers.poll(); o != null; o = closers.poll()) {
            proactor.ready(o, 0);
        }
    }

    /** From any thread: sends what fits now, none of it if the socket is being closed. */
    final int sendNow(IoBuffer buffer) {
        synchronized (closeLock) {
            return closeRequested || isUnreachable()
                    ? 0
                    : proactor.driver()
                            .sendNow(socket, buffer.memory(), buffer.start(), buffer.readable());
        }
    }

    /**
     * From any thread: whether the proactor wakes up by itself as soon as anything happens here.
     */
    final boolean isWatched() {
        // Asked in this order: the number may already be that of a later socket.
        return proactor.driver().isWatched(socket) && !closeRequested;
    }

    /** The driver ends without having closed it. */
    final void leave() {
        synchronized (closeLock) {
            handedToClose = true;
        }
        if (closing == null) {
            closing = Overlapped.own(_ -> {});
        }
    }

    final @Nullable InetSocketAddress localAddressNow() {
        synchronized (closeLock) {
            return isUnreachable() ? null : proactor.driver().localAddress(socket);
        }
    }

    final @Nullable InetSocketAddress remoteAddressNow() {
        synchronized (closeLock) {
            return isUnreachable() ? null : proactor.driver().remoteAddress(socket);
        }
    }

    /** Its operations that have not completed. */
    final void forEachPending(Consumer<Overlapped> action) {
        forEachLane(lane -> lane.forEach(action));
        closers.forEach(action);
    }

    // ---- what each kind is, on the proactor's thread unless it says otherwise

    /** Takes an operation that was started, and is neither a close nor cancelled by now. */
    abstract void start(Overlapped o);

    /** Hands the operation, which has a token now, to the driver. */
    abstract void launched(Overlapped o);

    /** Takes an operation of this socket that its driver has completed. */
    abstract void completed(Overlapped o, int result, int flags);

    /** Ends one pending operation that the driver does not have. */
    abstract void endQueued(Overlapped o, int result);

    abstract void forEachLane(Consumer<Lane> action);

    abstract boolean hasOperationInDriver();

    /** The proactor drains: ends by itself as soon as nothing is left to be done. */
    abstract void drain();

    /** It closes, and what was pending is on its way to its end. */
    void closing() {}

    /** An operation has its result; on whichever thread found it. */
    void ended(Overlapped o) {}

    /** An operation was started that the proactor, which is closed, will not see. Any thread. */
    void refused(Overlapped o) {}

    // ---- lanes

    /** Puts an operation in line, unless the endpoint is closing: then it ends at once. */
    final boolean enter(Lane lane, Overlapped o) {
        if (closing != null) {
            proactor.ready(o, -Errno.EBADF);
            return false;
        }
        o.place = Overlapped.Place.QUEUED;
        lane.add(o);
        return true;
    }

    /** Launches the first in line; whoever is refused for want of room makes way for the next. */
    final void advance(Lane lane) {
        while (lane.isWaiting() && closing == null) {
            Overlapped o = Objects.requireNonNull(lane.peek());
            lane.launch();
            if (proactor.flight().launchOrHold(o)) {
                return;
            }
            endFirst(lane, o, -Errno.EAGAIN);
        }
    }

    /** Ends the launched operation, which the driver does not have any more. */
    final void endFirst(Lane lane, Overlapped o, int result) {
        takeFirst(lane, o);
        proactor.ready(o, result);
    }

    /** Takes the launched operation, which the driver does not have any more, out of line. */
    final void takeFirst(Lane lane, Overlapped o) {
        lane.returned();
        boolean was = lane.remove(o);
        assert was : "a completion out of order";
    }

    /** Ends one that the driver does not have, wherever in line it is. */
    final void endQueued(Lane lane, Overlapped o, int result) {
        if (lane.peek() == o && lane.isLaunched()) {
            endFirst(lane, o, result);
        } else {
            lane.remove(o);
            proactor.ready(o, result);
        }
        advance(lane);
    }

    /** Ends those that neither the driver has nor hold the first place. */
    final void endWaiting(Lane lane, int result) {
        Overlapped o = lane.peek();
        while (o != null) {
            Overlapped after = o.next;
            if (o.place == Overlapped.Place.QUEUED) {
                lane.remove(o);
                proactor.ready(o, result);
            }
            o = after;
        }
    }

    private void cancelAll(Lane lane) {
        endWaiting(lane, -Errno.ECANCELED);
        Overlapped first = lane.peek();
        if (first != null) {
            proactor.submission().cancelPlaced(first);
        }
    }

    static InetSocketAddress known(@Nullable InetSocketAddress address) {
        return Objects.requireNonNullElseGet(
                address,
                () -> {
                    throw new OverlappedException("the socket is closed", Errno.EBADF);
                });
    }

    private boolean isUnreachable() {
        return handedToClose || proactor.isClosed();
    }

    private int withSocket(IntSupplier call) {
        synchronized (closeLock) {
            return isUnreachable() ? -Errno.EBADF : call.getAsInt();
        }
    }

    private static void check(StreamOption option, int result) {
        if (result < 0) {
            throw new OverlappedException(option + ": " + Status.of(-result), -result);
        }
    }
}
