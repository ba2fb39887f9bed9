package io.overlapped.session;

import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.StreamOption;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Listens, and makes a session of every connection that the limits admit. It goes on accepting
 * whatever fails.
 *
 * <p>Threads: {@link #open}, {@link #address}, {@link #report}, {@link #execute}, {@link #close}
 * and {@link #startClose} on any; the rest on the proactor's own.
 */
public final class SessionServer implements AutoCloseable {
    private static final int ACCEPTS = 8;
    private static final int TURNED_AWAY_POLITELY_MAX = 64;
    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);
    private static final Duration MARGIN = Duration.ofMillis(500);

    private final TcpListener listener;
    private final SessionLoop loop;
    private final Framing framing;
    private final Addresses addresses;
    private final Overlapped closed = new Overlapped();
    private volatile boolean closing;
    private int turnedAway;
    private int parts = 2;

    private SessionServer(TcpListener listener, SessionLoop loop, Framing framing) {
        this.listener = listener;
        this.loop = loop;
        this.framing = framing;
        addresses = new Addresses(loop.limits().admission(), loop.now());
    }

    /**
     * Listens on {@code address} and accepts from then on.
     *
     * @throws OverlappedException if the address cannot be had
     * @throws IllegalArgumentException if {@code output.bytesMax} is more than the buffer pool has,
     *     or the framing's header or trailer is too long
     */
    public static SessionServer open(
            Proactor proactor,
            InetSocketAddress address,
            Framing framing,
            Limits limits,
            SessionHandler handler) {
        Framings.requireUsable(framing);
        Outbox.requireFits(limits.output().bytesMax(), proactor.buffers());
        return open(proactor.listen(address), framing, limits, handler);
    }

    /** Accepts from a listener, which is the server's unless this throws. */
    public static SessionServer open(
            TcpListener listener, Framing framing, Limits limits, SessionHandler handler) {
        Framings.requireUsable(framing);
        SessionLoop loop = new SessionLoop(listener.proactor(), limits, handler);
        SessionServer server = new SessionServer(listener, loop, framing);
        server.tune(StreamOption.KEEP_ALIVE, 1);
        server.tune(StreamOption.SEND_BUFFER_BYTES, limits.output().kernelBytes());
        server.warnOfLess(limits.output().kernelBytes());
        for (int i = 0; i < ACCEPTS; i++) {
            Overlapped _ = listener.accept(new Overlapped(server::accepted));
        }
        return server;
    }

    /** Sets what the streams inherit that it accepts. */
    private void tune(StreamOption option, int value) {
        try {
            listener.set(option, value);
        } catch (OverlappedException e) {
            // What a driver does not have at all is no news to whoever runs the server.
            System.Logger.Level level =
                    e.status() == Status.UNSUPPORTED
                            ? System.Logger.Level.DEBUG
                            : System.Logger.Level.WARNING;
            loop.log(level, option.name(), "goes on without: " + e, null);
        }
    }

    private void warnOfLess(int kernelBytes) {
        try {
            String line = shortfall(kernelBytes, listener.get(StreamOption.SEND_BUFFER_BYTES));
            if (!line.isEmpty()) {
                loop.log(System.Logger.Level.WARNING, "kernelBytes", line, null);
            }
        } catch (OverlappedException e) {
            // Where it cannot be asked, nobody knows.
        }
    }

    /** What to say of a system that has a bound of its own, and says nothing when it gives less. */
    static String shortfall(int kernelBytes, int given) {
        return given < 0 || given >= kernelBytes
                ? ""
                : "output.kernelBytes is "
                        + kernelBytes
                        + ", but the system gives "
                        + given
                        + "; raise net.core.wmem_max, or lower Limits.Output.kernelBytes";
    }

    /** Where it listens, with the port that was chosen if 0 was asked for. */
    public InetSocketAddress address() {
        return listener.address();
    }

    public Limits limits() {
        return loop.limits();
    }

    public Framing framing() {
        return framing;
    }

    /** What has happened so far. */
    public SessionReport report() {
        return loop.report();
    }

    /**
     * Its sessions at this moment, in the order in which they began; ending ones are among them.
     */
    public List<Session> sessions() {
        loop.requireThread();
        return loop.sessions();
    }

    /** Runs {@code work} on the proactor's thread, soon; what it throws is logged. */
    public void execute(Runnable work) {
        loop.execute(work);
    }

    /**
     * Stops listening and ends every session with {@link CloseReason#SERVER_CLOSING}; what they
     * were sent is still sent, for as long as {@link Limits.Ending} says. Waits until all are gone
     * and the address is free, but for a call inside a routine or a callback, which returns at
     * once.
     */
    @Override
    public void close() {
        startClose();
        try {
            boolean _ = closed.await(Proactor.FOREVER);
        } catch (IllegalStateException e) {
            // Inside a routine nobody may wait; the rest goes on without. Or the proactor is
            // closed, and with it all that was open.
        }
    }

    /** Begins what {@link #close} does, without waiting; does nothing the second time. */
    public void startClose() {
        if (!closing) {
            closing = true;
            try {
                endAll();
            } catch (IllegalStateException e) {
                // The proactor is closed, and with it all that was open.
                closing = true;
            }
        }
    }

    private void endAll() {
        Limits.Ending ending = loop.limits().ending();
        loop.proactor().timer(closed, ending.flushMax().plus(ending.drainMax()).plus(MARGIN));
        loop.execute(
                () -> {
                    Overlapped _ = listener.close(new Overlapped(_ -> partGone()));
                    loop.whenEmpty(this::partGone);
                    for (Session session : loop.sessions()) {
                        session.end(CloseReason.SERVER_CLOSING, "");
                    }
                });
    }

    /** The listener is gone, or the last session. */
    private void partGone() {
        if (--parts == 0) {
            closed.cancel();
        }
    }

    private void accepted(Overlapped o) {
        loop.enter(null);
        try {
            if (o.status() == Status.OK) {
                admit(o.stream());
            } else if (o.status() != Status.CANCELED && o.status() != Status.CLOSED) {
                loop.counters().add(Counters.Count.ACCEPT_FAILURES, 1);
                loop.log(System.Logger.Level.WARNING, "accept", "accept: " + o.status(), null);
                // Not at once, as what failed may fail as fast again.
                loop.proactor().timer(new Overlapped(_ -> accept(o)), ACCEPT_PAUSE);
                return;
            }
            accept(o);
        } finally {
            loop.leave();
        }
    }

    private void accept(Overlapped o) {
        if (!closing && !listener.isClosed()) {
            Overlapped _ = listener.accept(o);
        }
    }

    private void admit(TcpStream stream) {
        loop.counters().add(Counters.Count.ACCEPTED, 1);
        InetSocketAddress peer;
        try {
            peer = stream.remoteAddress();
        } catch (OverlappedException e) {
            loop.counters().closed(CloseReason.PEER_RESET);
            stream.close();
            return;
        }
        if (closing) {
            turnAway(stream, peer, CloseReason.SERVER_CLOSING);
        } else if (loop.size() - turnedAway >= loop.limits().admission().sessionsMax()) {
            turnAway(stream, peer, CloseReason.TOO_MANY_SESSIONS);
        } else {
            Place place = AddressPlace.of(addresses, loop, peer.getAddress());
            if (place == null) {
                turnAway(stream, peer, CloseReason.TOO_MANY_FROM_ADDRESS);
            } else {
                new Session(loop, framing, peer, place).begin(stream);
            }
        }
    }

    private void turnAway(TcpStream stream, InetSocketAddress peer, CloseReason reason) {
        loop.counters().closed(reason);
        loop.log(
                System.Logger.Level.INFO,
                reason.name(),
                "turned away " + peer + ": " + reason,
                null);
        MemorySegment farewell =
                turnedAway < TURNED_AWAY_POLITELY_MAX ? loop.refusal(reason) : null;
        if (farewell == null) {
            abort(stream);
            return;
        }
        turnedAway++;
        new Session(loop, framing, peer, () -> turnedAway--).turnAway(stream, farewell);
    }

    private static void abort(TcpStream stream) {
        try {
            stream.set(StreamOption.LINGER_SECONDS, 0);
        } catch (OverlappedException e) {
            // Reset or not, it is closed.
        }
        stream.close();
    }
}
