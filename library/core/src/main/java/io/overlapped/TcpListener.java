package io.overlapped;

import io.overlapped.spi.Errno;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Accepts streams, in the order in which accepts were started.
 *
 * <p>An accept that finds no descriptor or memory left does not fail: it stays pending, is tried
 * again after 10 ms, then after twice that up to half a second, and is counted in {@link
 * Proactor#report} as {@code acceptPauses}.
 *
 * <p>Threads: any.
 */
public final class TcpListener extends Endpoint {
    private static final long PAUSE_NANOS_MIN = 10_000_000;
    private static final long PAUSE_NANOS_MAX = 500_000_000;

    private final InetSocketAddress address;
    private final Lane accepts = new Lane();
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

    /** Accepts one stream within {@code timeout}: {@link Overlapped#within}. */
    public Overlapped accept(Overlapped overlapped, Duration timeout) {
        return accept(overlapped.within(timeout));
    }

    /**
     * Accepts one stream for another proactor, so that one address is served by several threads:
     * the stream is {@code home}'s, and the accept completes on {@code home}'s thread. If {@code
     * home} is closed by then it completes with {@link Status#CLOSED} on this one's; where the
     * driver cannot do it, with {@link Status#UNSUPPORTED}.
     *
     * @throws IllegalArgumentException if the two have different drivers
     */
    public Overlapped accept(Overlapped overlapped, Proactor home) {
        if (!home.driver().name().equals(proactor.driver().name())) {
            throw new IllegalArgumentException(
                    "the listener's driver is "
                            + proactor.driver().name()
                            + ", the other proactor's is "
                            + home.driver().name()
                            + "; a stream can change between equal ones only");
        }
        overlapped.begin(Operation.ACCEPT, home, this);
        CompletionPort port = overlapped.port();
        if (port != null) {
            // So that whoever waits there on home's thread drives it.
            port.fedBy(home);
        }
        return proactor.start(overlapped);
    }

    @Override
    void start(Overlapped o) {
        if (enter(accepts, o)) {
            advance(accepts);
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
            accepted(o, result);
        } else if (isClosing() || o.cancelRequested) {
            end(o, -Errno.ECANCELED);
        } else if (isShortage(-result)) {
            o.place = Overlapped.Place.HELD;
            pause(-result);
        } else if (isOfOneConnection(-result)) {
            if (!proactor.flight().launchOrHold(o)) {
                end(o, -Errno.EAGAIN);
            }
        } else {
            end(o, result);
        }
    }

    @Override
    void endQueued(Overlapped o, int result) {
        if (accepts.peek() == o) {
            paused = false;
        }
        endQueued(accepts, o, result);
    }

    @Override
    void drain() {
        close();
    }

    @Override
    void closing() {
        pause.cancel();
    }

    @Override
    void forEachLane(Consumer<Lane> action) {
        action.accept(accepts);
    }

    @Override
    boolean hasOperationInDriver() {
        return accepts.isLaunched();
    }

    private void accepted(Overlapped o, int accepted) {
        Proactor home = Objects.requireNonNull(o.proactor);
        if (home == proactor) {
            o.stream = proactor.adopt(accepted);
            end(o, 0);
            return;
        }
        takeFirst(accepts, o);
        proactor.forgetDeadline(o);
        int result = HandOver.begin(o, proactor, home, accepted);
        if (result < 0) {
            proactor.ready(o, result);
        }
        advance(accepts);
        closeWhenDrained();
    }

    private void end(Overlapped o, int result) {
        endFirst(accepts, o, result);
        advance(accepts);
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
        Overlapped o = accepts.peek();
        if (o != null && paused && !isClosing()) {
            paused = false;
            if (!proactor.flight().launchOrHold(o)) {
                end(o, -Errno.EAGAIN);
            }
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
                || errno == Errno.ECONNRESET
                || errno == Errno.EPROTO
                || errno == Errno.EINTR
                || errno == Errno.EAGAIN
                || errno == Errno.EPERM;
    }
}
