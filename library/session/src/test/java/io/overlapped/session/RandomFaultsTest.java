package io.overlapped.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Options;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients, handler and server do everything wrong at random. What must hold for all of it is
 * checked by {@link Site}: every session that was opened is closed exactly once and last, and every
 * buffer comes back.
 */
class RandomFaultsTest {
    private static final int THREADS = 4;
    private static final int CLIENTS = 60;

    /** A handler with a will of its own. */
    private static final class Moody extends Site.Log {
        private final SplittableRandom random;
        private final Group group = new Group(Site.FRAMING, Group.WhenFull.CLOSE);

        Moody(long seed) {
            random = new SplittableRandom(seed);
        }

        @Override
        public void opened(Session session) {
            super.opened(session);
            group.join(session);
            mood(session);
        }

        @Override
        public void received(Session session, MemorySegment frame) {
            super.received(session, frame);
            group.broadcastFrames(frame, random.nextBoolean() ? session : null);
            mood(session);
        }

        @Override
        public void writable(Session session) {
            super.writable(session);
            mood(session);
        }

        @Override
        public void closing(Session session, CloseReason reason, String detail) {
            super.closing(session, reason, detail);
            mood(session);
        }

        @Override
        public void closed(Session session, CloseReason reason, String detail) {
            super.closed(session, reason, detail);
            if (session.isOpen() || group.contains(session)) {
                fault(session + " is closed and yet there");
            }
            mood(session);
        }

        private void mood(Session session) {
            switch (random.nextInt(40)) {
                case 0 -> throw new IllegalStateException("a bad mood");
                case 1 -> session.close();
                case 2 -> session.close(CloseReason.PROTOCOL_ERROR, "no reason");
                case 3 -> session.pauseReceiving();
                case 4 -> session.requestWritable();
                case 5 -> group.leave(session);
                case 6 -> {
                    while (session.send(MemorySegment.ofArray(new byte[1024])) == Offer.ACCEPTED) {}
                }
                case 7 -> session.flush();
                default -> session.resumeReceiving();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void everySessionEndsOnceAndEveryBufferComesBack(String driver) throws Exception {
        long seed = System.nanoTime();
        Limits limits =
                Limits.game()
                        .withOutput(new Limits.Output(32 * 1024, Duration.ofMillis(400)))
                        .withInput(new Limits.Input(Duration.ofMillis(300), 100, 2_000, 1 << 20, 0))
                        .withSilence(
                                new Limits.Silence(Duration.ofMillis(200), Duration.ofSeconds(1)))
                        .withEnding(
                                new Limits.Ending(
                                        Duration.ofMillis(300), Duration.ofMillis(200), 65_536))
                        .withAdmission(
                                new Limits.Admission(40, 1_000, 10_000, Duration.ofMinutes(1)));
        Options options = Options.defaults().withDriver(driver).withBuffers(48, 4096, 8);
        Moody moody = new Moody(seed);
        try (Site site = new Site(options, Site.FRAMING, limits, moody)) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                SplittableRandom random = new SplittableRandom(seed + 1 + i);
                threads.add(Thread.ofPlatform().start(() -> misbehave(site, random)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            site.awaitQuiet();
            SessionReport report = site.server.report();
            assertEquals(report.accepted(), report.closedTotal(), () -> report + " seed " + seed);
            assertTrue(report.framesIn() > 0, report::toString);
            assertEquals(List.of(), moody.faults(), () -> "seed " + seed);
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static void misbehave(Site site, SplittableRandom random) {
        for (int i = 0; i < CLIENTS; i++) {
            try (Socket socket =
                    new Socket(site.address().getAddress(), site.address().getPort())) {
                socket.setSoTimeout(random.nextInt(1, 30));
                live(socket, random);
                if (random.nextBoolean()) {
                    socket.setSoLinger(true, 0);
                }
            } catch (IOException e) {
                // Whatever becomes of a client: it is the server that is looked at.
            }
        }
    }

    private static void live(Socket socket, SplittableRandom random) throws IOException {
        OutputStream out = socket.getOutputStream();
        int steps = random.nextInt(30);
        for (int step = 0; step < steps; step++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> out.write(Frames.framed(new byte[random.nextInt(1, 1024)]));
                case 2 -> {
                    byte[] frame = Frames.framed(new byte[random.nextInt(1, 1024)]);
                    int cut = random.nextInt(frame.length);
                    out.write(frame, 0, cut);
                    out.flush();
                    out.write(frame, cut, frame.length - cut);
                }
                case 3 -> {
                    byte[] got = new byte[4096];
                    boolean _ = socket.getInputStream().read(got) > 0;
                }
                case 4 -> {
                    for (int i = 0; i < 100; i++) {
                        out.write(Frames.framed("many small ones"));
                    }
                }
                default -> {
                    if (random.nextInt(10) == 0) {
                        out.write(new byte[] {0, 0});
                    } else if (random.nextInt(10) == 0) {
                        socket.shutdownOutput();
                    }
                }
            }
        }
    }
}
