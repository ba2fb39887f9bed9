package io.overlapped.session;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.overlapped.fuzz.Cuts;
import io.overlapped.fuzz.Fed;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A session's incoming side, from the driver's completions to its handler and its limits. */
class IntakeFuzzTest {
    private static final List<Framing> FRAMINGS =
            List.of(
                    Framing.lengthPrefixed(600),
                    Framing.nulTerminated(200),
                    Framing.lines(200),
                    Framing.varintPrefixed(0, 600),
                    Framing.sizePrefixed(4, ByteOrder.BIG_ENDIAN, 4, 600));

    private record Outcome(List<String> frames, Map<CloseReason, Long> closed) {}

    /** Keeps what it gets. */
    private static final class Keeper implements SessionHandler {
        final List<String> frames = new ArrayList<>();

        @Override
        public void opened(Session session) {
            session.authenticated();
        }

        @Override
        public void received(Session session, MemorySegment frame) {
            frames.add(HexFormat.of().formatHex(frame.toArray(JAVA_BYTE)));
        }
    }

    @FuzzTest
    void aSessionGetsTheSameFramesHoweverTheyArrive(byte[] data) {
        for (Framing framing : FRAMINGS) {
            Outcome whole = outcome(framing, Cuts.whole(data), Fed.unhurried());
            assertEquals(whole, outcome(framing, Cuts.any(data), Fed.unhurried()));
        }
    }

    @FuzzTest
    void aHurriedPeerIsSlowedDownOrEndedAndLosesNothing(byte[] data) {
        Limits.Input few = new Limits.Input(java.time.Duration.ofSeconds(2), 3, 2, 50, 2);
        for (Framing framing : FRAMINGS) {
            Outcome all = outcome(framing, Cuts.any(data), Fed.unhurried());
            Outcome hurried = outcome(framing, Cuts.any(data), Fed.unhurried().withInput(few));
            int count = hurried.frames.size();
            assertTrue(count <= all.frames.size());
            assertEquals(all.frames.subList(0, count), hurried.frames);
        }
    }

    private static Outcome outcome(Framing framing, Cuts cuts, Limits limits) {
        try (Fed fed = new Fed()) {
            Keeper keeper = new Keeper();
            SessionServer server = fed.serve(framing, limits, keeper);
            int peer = fed.arrive();
            fed.feed(peer, cuts);
            for (int seconds = 0; seconds < 5; seconds++) {
                fed.second();
            }
            fed.end(peer);
            for (int seconds = 0; seconds < 200 && !fed.isClosed(peer); seconds++) {
                fed.second();
            }
            assertTrue(fed.isClosed(peer));
            SessionReport report = server.report();
            assertEquals(1, report.closedTotal());
            assertEquals(0, report.handlerFailures());
            assertEquals(0, fed.proactor().buffers().leased());
            return new Outcome(keeper.frames, report.closed());
        }
    }
}
