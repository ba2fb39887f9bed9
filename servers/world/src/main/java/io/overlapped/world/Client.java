package io.overlapped.world;

import io.overlapped.session.CloseReason;
import io.overlapped.session.Offer;
import io.overlapped.session.Session;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The link of one client through its session; remembers why the rules' side ended it.
 *
 * <p>Threads: the proactor's.
 */
final class Client implements Link {
    private final Session session;
    private final Visitor visitor;
    private final int outputBytesMax;
    private @Nullable CloseCode ended;

    /**
     * @param outputBytesMax how much may wait for it
     */
    Client(Session session, WorldHost host, Encoded encoded, int outputBytesMax) {
        this.session = session;
        this.outputBytesMax = outputBytesMax;
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
            int waiting = session.outboxBytes();
            if (waiting > outputBytesMax / 2) {
                session.close(CloseReason.SLOW_CONSUMER, waiting + " bytes wait to be read");
            } else {
                session.close(CloseReason.OVERLOADED, "the pool has no buffer left");
            }
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
    public void countAs(InetAddress address) {
        boolean _ = session.countAs(address);
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
