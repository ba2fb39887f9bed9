package io.overlapped.bench.server;

import io.overlapped.Proactor;
import io.overlapped.session.Framing;
import io.overlapped.session.Limits;
import io.overlapped.session.Offer;
import io.overlapped.session.Session;
import io.overlapped.session.SessionHandler;
import io.overlapped.session.SessionServer;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/**
 * Ours, with the session kit: records of 64 bytes come back. Its limits are so wide that a load
 * meets none, but for those on memory, which are the library's.
 */
final class KitServer implements SessionHandler {
    private static final int RECORD_BYTES = 64;
    private static final int MANY = 1 << 30;

    private KitServer() {}

    public static void main(String[] args) {
        Mode mode = Mode.of(args[1]);
        if (mode != Mode.ECHO) {
            throw new IllegalArgumentException("the session kit's server echoes only");
        }
        try (Proactor proactor = Proactor.open(Ours.options(args[0]))) {
            SessionServer server =
                    SessionServer.open(
                            proactor.listen(Launch.anyPort()),
                            Framing.records(RECORD_BYTES),
                            limits(),
                            new KitServer());
            Launch.ready(server.address().getPort());
            proactor.run();
        }
    }

    private static Limits limits() {
        Duration hour = Duration.ofHours(1);
        return Limits.library()
                .withInput(new Limits.Input(hour, MANY, MANY, MANY, 0))
                .withSilence(new Limits.Silence(hour, hour))
                .withAdmission(new Limits.Admission(MANY, MANY, MANY, hour));
    }

    @Override
    public void opened(Session session) {
        session.authenticated();
    }

    @Override
    public void received(Session session, MemorySegment frame) {
        Offer offer = session.send(frame);
        if (offer == Offer.FULL) {
            throw new IllegalStateException("more is on its way than a session's outbox holds");
        }
    }
}
