package io.overlapped.world;

import io.overlapped.session.CloseReason;
import io.overlapped.session.Offer;
import io.overlapped.session.Session;
import io.overlapped.session.SessionHandler;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one wire.
 *
 * <p>Threads: the proactor's.
 */
final class WireHandler implements SessionHandler {
    private final WorldHost host;
    private final Encoded encoded;
    private final Tally tally;
    private final int outputBytesMax;

    WireHandler(WorldHost host, Encoded encoded, Tally tally, int outputBytesMax) {
        this.outputBytesMax = outputBytesMax;
        this.host = host;
        this.encoded = encoded;
        this.tally = tally;
    }

    @Override
    public void opened(Session session) {
        session.attach(new Client(session, host, encoded, outputBytesMax));
    }

    @Override
    public void received(Session session, MemorySegment frame) {
        client(session).visitor().received(frame);
    }

    @Override
    public void quiet(Session session) {
        Packet ping = new Packet();
        encoded.wire().ping(ping, session.proactor().nanoTime());
        client(session).send(ping.segment());
    }

    @Override
    public void closing(Session session, CloseReason reason, String detail) {
        CloseCode code = client(session).code(reason);
        if (code != CloseCode.DONE) {
            Offer _ = session.sendFrames(farewell(code, detail).segment());
        }
    }

    @Override
    public void closed(Session session, CloseReason reason, String detail) {
        Client client = client(session);
        client.visitor().closed();
        tally.count(client.code(reason));
    }

    @Override
    public @Nullable MemorySegment refusal(CloseReason reason) {
        CloseCode code = CloseCode.of(reason);
        tally.count(code);
        Packet packet = farewell(code, "");
        if (packet.length() == 0) {
            encoded.wire()
                    .refused(packet, code == CloseCode.STOPPING ? Refusal.STOPPING : Refusal.FULL);
        }
        return packet.segment();
    }

    private Packet farewell(CloseCode code, String detail) {
        Packet packet = new Packet();
        encoded.wire().closing(packet, code.code(), detail.isEmpty() ? code.text() : detail);
        return packet;
    }

    private static Client client(Session session) {
        return (Client) Objects.requireNonNull(session.attachment());
    }
}
