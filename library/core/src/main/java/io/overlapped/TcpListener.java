package io.overlapped;

import io.overlapped.spi.Errno;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Accepts streams, in the order in which accepts were started.
 *
 * <p>An accept that finds no descriptor or memory left does not fail: it stays pending, is tried
 * again after 10 ms, then after twice that up to half a second, and is counted in {@link
 * Proactor#report} as {@code acceptPauses}.
 *
 * <p>Threads: any.
 */
public final class TcpListener extends TcpSocket {
    private static final long PAUSE_NANOS_MIN = 10_000_000;
    private static final long PAUSE_NANOS_MAX = 500_000_000;

    private final InetSocketAddress address;
    private final OpQueue accepts = new OpQueue();
    private @Nullable Overlapped accepting;
    private final Overlapped pause = Overlapped.own(_ -> pauseOver());
    private boolean paused;
    private long pauseNanos = PAUSE_NANOS_MIN;

    TcpListener(Proactor proactor, int socket, InetSocketAddress address) {
        super(proactor, socket);
        this.address = address;
        Log.prepare();
    }

    /** Where it listens, with the port that was chosen if 0 was asked for. */
    public InetSocketAddress address() {
        return address;
    }

    /** Accepts one stream: {@link Overlapped#stream} of the completion. */
    public Overlapped accept(Overlapped overlapped) {
        overlapped.begin(Operation.ACCEPT, proactor, this);
        return proactor.start(overlapped);
    }

    void startAccept(Overlapped o) {
        if (isClosing()) {
            proactor.ready(o, -Errno.EBADF);
        } else if (accepting != null) {
            o.place = Overlapped.Place.QUEUED;
            accepts.add(o);
        } else {
            accepting = o;
            proactor.flight().launchOrHold(o);
        }
    }

    @Override
    void launched(Overlapped o) {
        proactor.driver().accept(o.token, socket);
    }

    @Override
    void completed(Overlapped o, int result, int flags) {
        if (result >= 0) {
            pauseNanos = PAUSE_NANOS_MIN;
            o.stream = proactor.adopt(result);
            end(o, 0);
        } else if (isClosing() || o.cancelRequested) {
            end(o, -Errno.ECANCELED);
        } else if (isShortage(-result)) {
            o.place = Overlapped.Place.HELD;
            pause(-result);
        } else if (isOfOneConnection(-result)) {
            proactor.flight().launchOrHold(o);
        } else {
            end(o, result);
        }
    }

    @Override
    void endQueued(Overlapped o, int result) {
        if (o == accepting) {
            end(o, result);
        } else {
            accepts.remove(o);
            proactor.ready(o, result);
        }
    }

    @Override
    void cancelPending() {
        pause.cancel();
        for (Overlapped o = accepts.poll(); o != null; o = accepts.poll()) {
            proactor.ready(o, -Errno.ECANCELED);
        }
        if (accepting != null) {
            proactor.submission().cancelPlaced(accepting);
        }
    }

    @Override
    void forEachPending(Consumer<Overlapped> action) {
        visit(accepting, action);
        accepts.forEach(action);
        super.forEachPending(action);
    }

    @Override
    boolean hasOperationInDriver() {
        return accepting != null;
    }

    private void end(Overlapped o, int result) {
        accepting = null;
        paused = false;
        proactor.ready(o, result);
        Overlapped following = accepts.poll();
        if (following != null) {
            accepting = following;
            proactor.flight().launchOrHold(following);
        }
        closeWhenDrained();
    }

    private void pause(int errno) {
        paused = true;
        long nanos = pauseNanos;
        if (!pause.isPending()) {
            proactor.timer(pause, Duration.ofNanos(nanos));
            pauseNanos = Math.min(2 * nanos, PAUSE_NANOS_MAX);
        }
        proactor.acceptPauses().add(this, errno, nanos, proactor.nanoTime());
    }

    private void pauseOver() {
        Overlapped o = accepting;
        if (o != null && paused && !isClosing()) {
            paused = false;
            proactor.flight().launchOrHold(o);
        }
    }

    private static boolean isShortage(int errno) {
        return errno == Errno.EMFILE
                || errno == Errno.ENFILE
                || errno == Errno.ENOBUFS
                || errno == Errno.ENOMEM;
    }

    /** Errors of a connection that ended before it was accepted; see accept(2). */
    private static boolean isOfOneConnection(int errno) {
        return errno == Errno.ECONNABORTED
                || errno == Errno.EPROTO
                || errno == Errno.EINTR
                || errno == Errno.EAGAIN
                || errno == Errno.EPERM;
    }
}
