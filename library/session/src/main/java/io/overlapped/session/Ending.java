package io.overlapped.session;

import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.StreamOption;
import io.overlapped.TcpStream;

/**
 * How a session's connection ends. Politely: what was accepted is sent, our side is shut down, and
 * what the peer still sends is thrown away until it ends its side too; each for a bounded time. A
 * close with unread bytes would reset the connection, and the reset would destroy what the peer has
 * not read yet. Abortively: it is reset at once.
 *
 * <p>Threads: the proactor's.
 */
final class Ending {
    private final Session session;
    private final SessionLoop loop;
    private final TcpStream stream;
    private final Intake intake;
    private long deadlineNanos;
    private long drainedBytes;

    Ending(Session session, SessionLoop loop, TcpStream stream, Intake intake) {
        this.session = session;
        this.loop = loop;
        this.stream = stream;
        this.intake = intake;
    }

    void start(boolean polite) {
        if (!polite) {
            abort();
            return;
        }
        setDeadline(loop.limits().ending().flushMax().toNanos());
        session.output().flush();
        if (session.output().isEmpty()) {
            drain();
        } else {
            keepReceiving();
        }
    }

    /** A send has completed. */
    void sent(boolean successfully) {
        if (!successfully) {
            abort();
        } else if (session.phase() == Phase.FLUSHING && session.output().isEmpty()) {
            drain();
        }
    }

    void inputEnded(boolean byThePeer) {
        if (!byThePeer || session.phase() == Phase.DRAINING) {
            close();
        }
    }

    /** Bytes came that nobody wants any more. */
    void drained(int bytes) {
        drainedBytes += bytes;
        if (drainedBytes > loop.limits().ending().drainBytesMax()) {
            abort();
        } else {
            keepReceiving();
        }
    }

    void due(long nowNanos) {
        if (session.phase().compareTo(Phase.CLOSING) >= 0) {
            return;
        }
        if (nowNanos - deadlineNanos < 0) {
            loop.schedule(session, deadlineNanos);
        } else if (session.phase() == Phase.DRAINING) {
            close();
        } else {
            abort();
        }
    }

    private void drain() {
        if (intake.isEnded()) {
            close();
            return;
        }
        session.phase(Phase.DRAINING);
        setDeadline(loop.limits().ending().drainMax().toNanos());
        // What becomes of it is learned from the receive.
        Overlapped _ = stream.shutdownOutput(new Overlapped(_ -> {}));
        keepReceiving();
    }

    private void keepReceiving() {
        if (!intake.isEnded() && session.phase().compareTo(Phase.CLOSING) < 0) {
            intake.drainOn();
        }
    }

    private void abort() {
        if (session.phase().compareTo(Phase.CLOSING) >= 0) {
            return;
        }
        try {
            stream.set(StreamOption.LINGER_SECONDS, 0);
        } catch (OverlappedException e) {
            // It ends either way: the peer learns of it a little later.
        }
        close();
    }

    private void close() {
        if (session.phase().compareTo(Phase.CLOSING) < 0) {
            session.phase(Phase.CLOSING);
            Overlapped _ = stream.close(new Overlapped(this::closed));
        }
    }

    private void closed(Overlapped o) {
        loop.enter(null);
        try {
            session.gone();
        } finally {
            loop.leave();
        }
    }

    private void setDeadline(long nanos) {
        deadlineNanos = loop.now() + nanos;
        loop.schedule(session, deadlineNanos);
    }
}
