package io.overlapped.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do what should not be done; each loses its own session and nothing else. */
class HostileClientTest {
    private static final Limits LIMITS =
            Limits.library()
                    .withAdmission(
                            new Limits.Admission(1_000, 1_000, 10_000, Duration.ofMinutes(1)));

    /** Counts how often it was told of silence. */
    private static final class Gate extends Site.Log {
        final AtomicInteger quiet = new AtomicInteger();

        @Override
        public void quiet(Session session) {
            quiet.incrementAndGet();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void aFrameThatTricklesInIsCutOffAtItsDeadline(String driver) throws IOException {
        Limits limits =
                LIMITS.withInput(new Limits.Input(Duration.ofMillis(300), 200, 100, 4096, 3));
        try (Site site = new Site(driver, Site.FRAMING, limits, new Gate())) {
            Socket socket = site.connect();
            byte[] frame = Frames.framed("x".repeat(1_000));
            int sent = 0;
            while (site.closed(CloseReason.FRAME_TIMEOUT) == 0 && sent < frame.length) {
                // One more byte each time must not move the deadline.
                if (!write(socket, frame, sent++, 1)) {
                    break;
                }
                pause(20);
            }
            assertTrue(sent < frame.length, "the whole frame was sent meanwhile");
            site.awaitClosed(CloseReason.FRAME_TIMEOUT, 1);
            assertEquals(0, site.server.report().framesIn());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void whoeverSaysNothingIsOutAtTheLoginDeadline(String driver) throws IOException {
        Limits limits = LIMITS.withLogin(new Limits.Login(Duration.ofMillis(200), 4096, 8));
        Site.Log log =
                new Site.Log() {
                    @Override
                    public void opened(Session session) {}

                    @Override
                    public void closing(Session session, CloseReason reason, String detail) {}
                };
        try (Site site = new Site(driver, Site.FRAMING, limits, log)) {
            Socket[] sockets = new Socket[20];
            for (int i = 0; i < sockets.length; i++) {
                sockets[i] = site.connect();
            }
            site.awaitClosed(CloseReason.LOGIN_TIMEOUT, 20);
            for (Socket socket : sockets) {
                assertEquals(-1, socket.getInputStream().read());
                socket.close();
            }
            site.awaitQuiet();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void framesBeforeTheLoginAreFew(String driver) throws IOException {
        Site.Log log =
                new Site.Log() {
                    @Override
                    public void opened(Session session) {}

                    @Override
                    public void received(Session session, MemorySegment frame) {}

                    @Override
                    public void closing(Session session, CloseReason reason, String detail) {}
                };
        try (Site site = new Site(driver, Site.FRAMING, LIMITS, log)) {
            Socket socket = site.connect();
            for (int i = 0; i < 9; i++) {
                boolean _ = write(socket, Frames.framed("hello"));
            }
            site.awaitClosed(CloseReason.FLOOD, 1);
            assertEquals(9, site.server.report().framesIn());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void silenceIsAskedAboutAndThenEnds(String driver) throws IOException {
        Limits limits =
                LIMITS.withSilence(
                        new Limits.Silence(Duration.ofMillis(200), Duration.ofSeconds(2)));
        Gate gate = new Gate();
        try (Site site = new Site(driver, Site.FRAMING, limits, gate)) {
            site.connect();
            site.awaitClosed(CloseReason.IDLE, 1);
            int quiet = gate.quiet.get();
            assertTrue(quiet >= 1 && quiet <= 9, quiet + " times");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void framesOfNoLengthAndOfTooMuchAreRefused(String driver) throws IOException {
        try (Site site = new Site(driver, Site.FRAMING, LIMITS, new Gate())) {
            write(site.connect(), new byte[] {0, 0});
            site.awaitClosed(CloseReason.PROTOCOL_ERROR, 1);
            write(site.connect(), new byte[] {(byte) 0xff, (byte) 0xff});
            write(site.connect(), new byte[] {1, 4, 9});
            site.awaitClosed(CloseReason.OVERSIZE, 2);
            assertEquals(0, site.server.report().framesIn());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void aFloodOfEmptyTextsIsSlowedDownAndThenEnds(String driver) throws IOException {
        Limits limits =
                LIMITS.withInput(new Limits.Input(Duration.ofSeconds(5), 100, 50, 1 << 20, 1));
        try (Site site = new Site(driver, Framing.nulTerminated(100), limits, new Gate())) {
            Socket socket = site.connect();
            byte[] empties = new byte[1_000_000];
            long start = System.nanoTime();
            Thread writer = Thread.ofPlatform().start(() -> write(socket, empties));
            site.awaitClosed(CloseReason.FLOOD, 1);
            join(writer);
            long frames = site.server.report().framesIn();
            // The burst, and the rate for as long as it took: about a second.
            double seconds = (System.nanoTime() - start) / 1e9;
            double most = 100 + 50 * (seconds + 1);
            assertTrue(frames >= 100 && frames < most, frames + " frames in " + seconds + " s");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void aShortBurstIsOnlySlowedDown(String driver) throws IOException {
        Limits limits =
                LIMITS.withInput(new Limits.Input(Duration.ofSeconds(5), 20, 100, 1 << 20, 3));
        try (Site site = new Site(driver, Framing.nulTerminated(100), limits, new Gate())) {
            write(site.connect(), new byte[60]);
            Site.await(
                    () -> site.server.report().framesIn() == 60, () -> "" + site.server.report());
            assertTrue(site.server.report().throttled() > 0);
            assertEquals(1, site.server.report().open());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void tenThousandFramesInOneWriteLeaveTurnsToOthers(String driver) throws IOException {
        AtomicInteger frames = new AtomicInteger();
        AtomicInteger framesWhenOthersCame = new AtomicInteger();
        SessionServer[] server = new SessionServer[1];
        Site.Log log =
                new Site.Log() {
                    @Override
                    public void received(Session session, MemorySegment frame) {
                        if (frames.incrementAndGet() == 1) {
                            server[0].execute(() -> framesWhenOthersCame.set(frames.get()));
                        }
                    }
                };
        try (Site site = new Site(driver, Site.FRAMING, fast(), log)) {
            server[0] = site.server;
            byte[] frame = Frames.framed("x");
            byte[] all = new byte[10_000 * frame.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = frame[i % frame.length];
            }
            write(site.connect(), all);
            Site.await(() -> frames.get() == 10_000, () -> frames + " frames");
            // At most the rest of the turn in which the first frame came.
            assertTrue(framesWhenOthersCame.get() <= 64, framesWhenOthersCame + " frames");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void aResetAtAnyByteDeliversNoPartOfAFrame(String driver) throws IOException {
        try (Site site = new Site(driver, Site.FRAMING, fast(), new Gate())) {
            byte[] frame = Frames.framed("thirty bytes of which none count");
            for (int offset = 1; offset < frame.length; offset++) {
                Socket socket = site.connect();
                boolean _ = write(socket, frame, 0, offset);
                socket.setSoLinger(true, 0);
                socket.close();
            }
            int count = frame.length - 1;
            Site.await(() -> site.server.report().closedTotal() == count, () -> "all closed");
            assertEquals(0, site.server.report().framesIn());
            assertEquals(count, site.closed(CloseReason.PEER_RESET));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void aResetWhileWeSendEndsTheSessionOnce(String driver) throws IOException {
        Site.Log log =
                new Site.Log() {
                    @Override
                    public void received(Session session, MemorySegment frame) {
                        super.received(session, frame);
                        while (session.send(MemorySegment.ofArray(new byte[1024]))
                                == Offer.ACCEPTED) {
                            session.flush();
                        }
                    }

                    @Override
                    public void writable(Session session) {
                        received(session, MemorySegment.NULL);
                    }
                };
        try (Site site = new Site(driver, Site.FRAMING, fast(), log)) {
            for (int i = 0; i < 20; i++) {
                Socket socket = site.connect();
                write(socket, Frames.framed("go"));
                socket.getInputStream().readNBytes(10_000 * (i + 1));
                socket.setSoLinger(true, 0);
                socket.close();
            }
            Site.await(() -> site.server.report().closedTotal() == 20, () -> "all closed");
            assertEquals(20, site.closed(CloseReason.PEER_RESET));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void whoeverReadsAlmostNothingIsASlowConsumer(String driver) throws IOException {
        Limits limits = fast().withOutput(new Limits.Output(64 * 1024, Duration.ofMillis(500)));
        Site.Log log =
                new Site.Log() {
                    @Override
                    public void opened(Session session) {
                        super.opened(session);
                        writable(session);
                    }

                    @Override
                    public void writable(Session session) {
                        while (session.send(MemorySegment.ofArray(new byte[1024]))
                                == Offer.ACCEPTED) {}
                    }
                };
        try (Site site = new Site(driver, Site.FRAMING, limits, log)) {
            Socket socket = site.connect();
            while (site.closed(CloseReason.SLOW_CONSUMER) == 0) {
                assertTrue(socket.getInputStream().read() >= -1);
                pause(20);
            }
            site.awaitQuiet();
            assertThrows(SocketException.class, () -> socket.getInputStream().readAllBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void oneAddressDoesNotGetEverything(String driver) throws IOException {
        Limits limits =
                LIMITS.withAdmission(new Limits.Admission(1_000, 3, 1_000, Duration.ofMinutes(1)));
        Site.Log log =
                new Site.Log() {
                    @Override
                    public MemorySegment refusal(CloseReason reason) {
                        return Site.FRAMING.encode(Frames.text(reason.name()));
                    }
                };
        try (Site site = new Site(driver, Site.FRAMING, limits, log)) {
            Socket first = site.connect();
            site.connect();
            site.connect();
            Site.await(() -> site.server.report().open() == 3, () -> "three");
            Socket fourth = site.connect();
            // What it has sent already must not turn the refusal into a reset.
            boolean _ = write(fourth, Frames.framed("hello?"));
            assertArrayEquals(
                    Frames.framed("TOO_MANY_FROM_ADDRESS"), fourth.getInputStream().readAllBytes());
            fourth.close();
            site.awaitClosed(CloseReason.TOO_MANY_FROM_ADDRESS, 1);
            first.close();
            site.awaitClosed(CloseReason.PEER_CLOSED, 1);
            site.connect();
            Site.await(() -> site.server.report().open() == 3, () -> "three again");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void aFullServerTurnsAwayAndGoesOn(String driver) throws IOException {
        Limits limits =
                LIMITS.withAdmission(new Limits.Admission(2, 1_000, 1_000, Duration.ofMinutes(1)));
        try (Site site = new Site(driver, Site.FRAMING, limits, new Gate())) {
            Socket first = site.connect();
            site.connect();
            Site.await(() -> site.server.report().open() == 2, () -> "two");
            for (int i = 0; i < 50; i++) {
                site.connect();
            }
            site.awaitClosed(CloseReason.TOO_MANY_SESSIONS, 50);
            first.close();
            site.awaitClosed(CloseReason.PEER_CLOSED, 1);
            Site.await(() -> site.server.report().ending() == 0, () -> "gone");
            site.connect();
            Site.await(() -> site.server.report().open() == 2, () -> "two again");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void garbageEndsItsSessionByName(String driver) throws IOException {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        try (Site site = new Site(driver, Framing.sizePrefixed(5, 25), fast(), new Gate())) {
            for (int i = 0; i < 100; i++) {
                byte[] garbage = new byte[5_000];
                random.nextBytes(garbage);
                Socket socket = site.connect();
                boolean _ = write(socket, garbage);
                socket.close();
            }
            Site.await(
                    () -> site.server.report().closedTotal() == 100,
                    () -> site.server.report() + ", seed " + seed);
            assertEquals(
                    100,
                    site.closed(CloseReason.OVERSIZE) + site.closed(CloseReason.PROTOCOL_ERROR));
        }
    }

    private static Limits fast() {
        return LIMITS.withInput(Limits.client().input());
    }

    private static boolean write(Socket socket, byte[] bytes) {
        return write(socket, bytes, 0, bytes.length);
    }

    /** False when the server has closed already, as it may. */
    private static boolean write(Socket socket, byte[] bytes, int from, int length) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes, from, length);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The client's own pace. */
    private static void pause(int millis) {
        java.util.concurrent.locks.LockSupport.parkNanos(millis * 1_000_000L);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
