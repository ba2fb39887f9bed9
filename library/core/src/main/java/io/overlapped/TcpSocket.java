package io.overlapped;

import io.overlapped.spi.Errno;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a listener and a stream share: a driver's socket, its options, and the way it closes.
 *
 * <p>Closing is a join. It cancels what is pending and waits for those completions; then the driver
 * closes the socket; and only when that has completed is the socket gone.
 */
abstract sealed class TcpSocket implements AutoCloseable permits TcpListener, TcpStream {
    final Proactor proactor;
    final int socket;

    // The proactor's list of open sockets, its thread only.
    @Nullable TcpSocket previous;
    @Nullable TcpSocket following;

    private boolean gone;
    private @Nullable Overlapped closing;
    private final OpQueue closers = new OpQueue();

    // Any thread: set before the close is under way, and guards calls that need the descriptor.
    private final Object closeLock = new Object();
    private volatile boolean closeRequested;
    private boolean handedToClose;

    TcpSocket(Proactor proactor, int socket) {
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
     * @throws OverlappedException if it cannot be set here, or the socket is closed
     */
    public final void set(StreamOption option, int value) {
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
            cancelPending();
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
    void forEachPending(Consumer<Overlapped> action) {
        closers.forEach(action);
    }

    static void visit(@Nullable Overlapped o, Consumer<Overlapped> action) {
        if (o != null) {
            action.accept(o);
        }
    }

    /** Ends queued operations and asks the driver to end those it has. */
    abstract void cancelPending();

    abstract boolean hasOperationInDriver();

    /** Takes an operation of this socket that its driver has completed. */
    abstract void completed(Overlapped o, int result, int flags);

    /** Ends one pending operation that the driver does not have. */
    abstract void endQueued(Overlapped o, int result);

    /** Hands the operation, which has a token now, to the driver. */
    abstract void launched(Overlapped o);

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
