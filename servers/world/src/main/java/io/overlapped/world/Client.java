package io.overlapped.world;

import io.overlapped.session.CloseReason;
import io.overlapped.session.Offer;
import io.overlapped.session.Session;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The link of one client through its session; remembers why the rules' side ended it.
 *
 * <p>Threads: the proactor's.
 */
final class Client implements Link {
    private final Session session;
    private final Visitor visitor;
    private @Nullable CloseCode ended;

    Client(Session session, WorldHost host, Encoded encoded) {
        this.session = session;
        visitor = host.connect(encoded, this);
    }

    Visitor visitor() {
        return visitor;
    }

    /** Why it ends: what the rules' side said, or else what the session kit found. */
    CloseCode code(CloseReason reason) {
        return ended == null ? CloseCode.of(reason) : ended;
    }

    @Override
    public void send(MemorySegment packets) {
        if (session.sendFrames(packets) == Offer.FULL) {
            session.close(
                    CloseReason.SLOW_CONSUMER, session.outboxBytes() + " bytes wait to be read");
        }
    }

    @Override
    public void flush() {
        session.flush();
    }

    @Override
    public void loggedIn() {
        session.authenticated();
    }

    @Override
    public void end(WireError why, String detail) {
        if (ended == null) {
            ended = CloseCode.of(why);
            session.close(CloseReason.PROTOCOL_ERROR, detail);
        }
    }

    @Override
    public void endRefused(Refusal why) {
        if (ended == null) {
            ended = CloseCode.REFUSED;
            session.close(CloseReason.CLOSED_BY_US, why.reason());
        }
    }
}
