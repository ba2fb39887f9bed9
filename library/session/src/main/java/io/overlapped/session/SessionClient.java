package io.overlapped.session;

import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Makes sessions by connecting; any number of them, to any servers, share its handler and limits.
 *
 * <p>Threads: {@link #open}, {@link #connect}, {@link #report}, {@link #execute} and {@link #close}
 * on any.
 */
public final class SessionClient implements AutoCloseable {
    private static final Duration MARGIN = Duration.ofMillis(500);

    private final SessionLoop loop;
    private final Overlapped closed = new Overlapped();
    private volatile boolean closing;

    private SessionClient(SessionLoop loop) {
        this.loop = loop;
    }

    /**
     * @throws IllegalArgumentException if {@code output.bytesMax} is more than the buffer pool has
     */
    public static SessionClient open(Proactor proactor, Limits limits, SessionHandler handler) {
        return new SessionClient(new SessionLoop(proactor, limits, handler));
    }

    /** One session by itself. */
    public static Session connect(
            Proactor proactor,
            InetSocketAddress address,
            Framing framing,
            Limits limits,
            SessionHandler handler) {
        return open(proactor, limits, handler).connect(address, framing);
    }

    /**
     * Begins to connect. {@link SessionHandler#opened} tells that it has succeeded; else {@link
     * SessionHandler#closed} tells of {@link CloseReason#CONNECT_FAILED}, at the latest after
     * {@link Limits.Login#deadline}. What is sent before leaves when it is open.
     */
    public Session connect(InetSocketAddress address, Framing framing) {
        Framings.requireUsable(framing);
        Session session = new Session(loop, framing, address, Place.NONE);
        loop.execute(session::connect);
        return session;
    }

    /** What has happened so far. */
    public SessionReport report() {
        return loop.report();
    }

    /** Runs {@code work} on the proactor's thread, soon; what it throws is logged. */
    public void execute(Runnable work) {
        loop.execute(work);
    }

    /**
     * Ends every session with {@link CloseReason#CLOSED_BY_US} and waits until all are gone; inside
     * a routine or a callback it does not wait.
     */
    @Override
    public void close() {
        if (!closing) {
            closing = true;
            try {
                startClosing();
            } catch (IllegalStateException e) {
                // The proactor is closed, and with it all that was open.
                return;
            }
        }
        try {
            boolean _ = closed.await(Proactor.FOREVER);
        } catch (IllegalStateException e) {
            // Inside a routine nobody may wait; the rest goes on without.
        }
    }

    private void startClosing() {
        Limits.Ending ending = loop.limits().ending();
        loop.proactor().timer(closed, ending.flushMax().plus(ending.drainMax()).plus(MARGIN));
        loop.execute(
                () -> {
                    loop.whenEmpty(closed::cancel);
                    for (Session session : loop.sessions()) {
                        session.end(CloseReason.CLOSED_BY_US, "");
                    }
                });
    }
}
