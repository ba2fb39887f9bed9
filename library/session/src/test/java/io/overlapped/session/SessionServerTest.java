package io.overlapped.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Options;
import io.overlapped.Proactor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionServerTest {
    /** Answers every frame with the same. */
    private static class Echo extends Site.Log {
        @Override
        public void received(Session session, MemorySegment frame) {
            super.received(session, frame);
            Offer offer = session.sendFrames(frame);
            if (offer != Offer.ACCEPTED) {
                fault(session + " answered " + offer);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void framesComeBackInOrder(String driver) throws IOException {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        try (Site site = new Site(driver, Site.FRAMING, Limits.client(), new Echo())) {
            Socket socket = site.connect();
            for (int i = 0; i < 200; i++) {
                byte[] payload = new byte[random.nextInt(1, 1025)];
                random.nextBytes(payload);
                byte[] frame = Frames.framed(payload);
                int cut = random.nextInt(frame.length);
                socket.getOutputStream().write(frame, 0, cut);
                socket.getOutputStream().write(frame, cut, frame.length - cut);
                assertArrayEquals(
                        frame,
                        socket.getInputStream().readNBytes(frame.length),
                        () -> "seed " + seed);
            }
            socket.shutdownOutput();
            assertEquals(-1, socket.getInputStream().read());
            site.awaitClosed(CloseReason.PEER_CLOSED, 1);
            assertEquals(200, site.server.report().framesIn());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void anAnswerIsFinishedAfterThePeerHasEndedItsSide(String driver) throws IOException {
        try (Site site = new Site(driver, Site.FRAMING, Limits.client(), new Echo())) {
            Socket socket = site.connect();
            byte[] frame = Frames.framed("the last question");
            socket.getOutputStream().write(frame);
            socket.shutdownOutput();
            assertArrayEquals(frame, socket.getInputStream().readAllBytes());
            site.awaitClosed(CloseReason.PEER_CLOSED, 1);
            site.awaitQuiet();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void closingTheServerSaysGoodbye(String driver) throws IOException {
        Site.Log log =
                new Site.Log() {
                    @Override
                    public void closing(Session session, CloseReason reason, String detail) {
                        super.closing(session, reason, detail);
                        assertEquals(Offer.ACCEPTED, session.send(Frames.text(reason.name())));
                    }
                };
        try (Site site = new Site(driver, Site.FRAMING, Limits.library(), log)) {
            Socket socket = site.connect();
            // Unread input would turn a plain close into a reset that destroys the goodbye.
            socket.getOutputStream().write(new byte[] {5});
            Site.await(() -> site.server.report().open() == 1, () -> "open");
            Thread closer = Thread.ofPlatform().start(site.server::close);
            InputStream in = socket.getInputStream();
            assertArrayEquals(
                    Frames.framed("SERVER_CLOSING"), in.readNBytes(2 + "SERVER_CLOSING".length()));
            assertEquals(-1, in.read());
            socket.close();
            closer.join();
            assertEquals(1, site.closed(CloseReason.SERVER_CLOSING));
            assertThrows(IOException.class, site::connect);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void aHandlerThatThrowsLosesThatSessionAlone(String driver) throws IOException {
        losesThatSessionAlone(
                driver,
                () -> {
                    throw new IllegalStateException("on purpose");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void anErrorInAHandlerLosesThatSessionAlone(String driver) throws IOException {
        losesThatSessionAlone(
                driver,
                () -> {
                    throw new AssertionError("on purpose");
                });
    }

    private static void losesThatSessionAlone(String driver, Runnable failure) throws IOException {
        Site.Log log =
                new Echo() {
                    @Override
                    public void received(Session session, MemorySegment frame) {
                        if (frame.byteSize() == 3) {
                            failure.run();
                        }
                        super.received(session, frame);
                    }
                };
        try (Site site = new Site(driver, Site.FRAMING, Limits.library(), log)) {
            Socket good = site.connect();
            Socket bad = site.connect();
            bad.getOutputStream().write(Frames.framed("x"));
            site.awaitClosed(CloseReason.HANDLER_FAILED, 1);
            assertEquals(-1, bad.getInputStream().read());
            byte[] frame = Frames.framed("still here");
            good.getOutputStream().write(frame);
            assertArrayEquals(frame, good.getInputStream().readNBytes(frame.length));
            assertEquals(1, site.server.report().handlerFailures());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void theLastWordsReachAPeerThatIsStillSending(String driver) throws IOException {
        Site.Log log =
                new Site.Log() {
                    @Override
                    public void received(Session session, MemorySegment frame) {
                        session.send(MemorySegment.ofArray(new byte[] {7}));
                        session.close();
                    }
                };
        try (Site site = new Site(driver, Site.FRAMING, Limits.library(), log)) {
            Socket socket = site.connect();
            // More than one receive takes: a plain close would reset what was not read.
            byte[] frame = Frames.framed("x".repeat(1_000));
            for (int i = 0; i < 48; i++) {
                socket.getOutputStream().write(frame);
            }
            socket.shutdownOutput();
            assertArrayEquals(new byte[] {1, 0, 7}, socket.getInputStream().readAllBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void aPeerThatGoesOnSendingAfterTheLastWordsIsNotReset(String driver) throws IOException {
        Site.Log log =
                new Site.Log() {
                    @Override
                    public void received(Session session, MemorySegment frame) {
                        session.send(MemorySegment.ofArray(new byte[] {7}));
                        session.close();
                    }
                };
        try (Site site = new Site(driver, Site.FRAMING, Limits.library(), log)) {
            Socket socket = site.connect();
            socket.getOutputStream().write(Frames.framed("ask"));
            assertArrayEquals(new byte[] {1, 0, 7}, socket.getInputStream().readNBytes(3));
            assertEquals(-1, socket.getInputStream().read());
            // A socket that was closed would answer the first by a reset and break the second.
            socket.getOutputStream().write(Frames.framed("and another thing"));
            socket.getOutputStream().write(Frames.framed("and one more"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void clientAndServerSessionsTalk(String driver) throws IOException {
        AtomicReference<String> got = new AtomicReference<>();
        Site.Log clientLog =
                new Site.Log() {
                    @Override
                    public void received(Session session, MemorySegment frame) {
                        super.received(session, frame);
                        got.set(Frames.text(session.framing().payload(frame)));
                        session.close();
                    }
                };
        try (Site site = new Site(driver, Site.FRAMING, Limits.library(), new Echo())) {
            Session session =
                    SessionClient.connect(
                            site.proactor,
                            site.address(),
                            Site.FRAMING,
                            Limits.client(),
                            clientLog);
            assertTrue(session.id() > 0);
            site.server.execute(() -> session.send(Frames.text("hello")));
            Site.await(() -> clientLog.closed.containsKey(session.id()), () -> "closed");
            assertEquals("hello", got.get());
            assertEquals(CloseReason.CLOSED_BY_US, clientLog.closed.get(session.id()));
            site.awaitClosed(CloseReason.PEER_CLOSED, 1);
            assertEquals(List.of(), clientLog.faults());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void aClientThatNobodyAnswersIsToldSo(String driver) throws IOException {
        Site.Log clientLog = new Site.Log();
        try (Site site = new Site(driver, Site.FRAMING, Limits.library(), new Echo())) {
            site.server.close();
            try (SessionClient client =
                    SessionClient.open(site.proactor, Limits.client(), clientLog)) {
                Session session = client.connect(site.address(), Site.FRAMING);
                Site.await(() -> clientLog.closed.containsKey(session.id()), () -> "closed");
                assertEquals(CloseReason.CONNECT_FAILED, clientLog.closed.get(session.id()));
                assertEquals(0, client.report().open());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void aServerClosedOnItsProactorsOwnThreadDrivesItToTheEnd(String driver) throws IOException {
        Site.Log log = new Echo();
        try (Proactor proactor = Proactor.open(Options.defaults().withDriver(driver))) {
            SessionServer server =
                    SessionServer.open(
                            proactor,
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            Site.FRAMING,
                            Limits.library(),
                            log);
            InetSocketAddress address = server.address();
            try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                while (server.report().open() == 0) {
                    proactor.alertableWait(Duration.ofSeconds(1));
                }
                socket.shutdownOutput();
                server.close();
                assertEquals(0, server.report().open() + server.report().ending());
                assertEquals(-1, socket.getInputStream().read());
            }
            // Its address is free again when close returns.
            proactor.listen(address).close();
            server.close();
        }
        assertEquals(1, log.closed.size());
        assertEquals(List.of(), log.faults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void aServerClosedInsideACallbackGoesOnClosingByItself(String driver) throws IOException {
        SessionServer[] server = new SessionServer[1];
        Site.Log log =
                new Site.Log() {
                    @Override
                    public void received(Session session, MemorySegment frame) {
                        super.received(session, frame);
                        server[0].close();
                    }
                };
        try (Site site = new Site(driver, Site.FRAMING, Limits.library(), log)) {
            server[0] = site.server;
            Socket other = site.connect();
            Socket socket = site.connect();
            socket.getOutputStream().write(Frames.framed("stop"));
            site.awaitClosed(CloseReason.SERVER_CLOSING, 2);
            assertEquals(-1, socket.getInputStream().read());
            assertEquals(-1, other.getInputStream().read());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void nothingIsSentOrHeardAfterTheEnd(String driver) throws IOException {
        AtomicReference<Offer> afterClose = new AtomicReference<>();
        AtomicReference<Offer> inClosing = new AtomicReference<>();
        AtomicReference<Offer> inClosed = new AtomicReference<>();
        Site.Log log =
                new Site.Log() {
                    @Override
                    public void received(Session session, MemorySegment frame) {
                        super.received(session, frame);
                        session.close();
                        afterClose.set(session.send(Frames.text("too late")));
                    }

                    @Override
                    public void closing(Session session, CloseReason reason, String detail) {
                        super.closing(session, reason, detail);
                        inClosing.set(session.send(Frames.text("farewell")));
                    }

                    @Override
                    public void closed(Session session, CloseReason reason, String detail) {
                        super.closed(session, reason, detail);
                        inClosed.set(session.send(Frames.text("later still")));
                    }
                };
        try (Site site = new Site(driver, Site.FRAMING, Limits.library(), log)) {
            Socket socket = site.connect();
            byte[] frame = Frames.framed("one");
            for (int i = 0; i < 5; i++) {
                socket.getOutputStream().write(frame);
            }
            assertArrayEquals(Frames.framed("farewell"), socket.getInputStream().readAllBytes());
            socket.close();
            site.awaitQuiet();
            assertEquals(1, site.server.report().framesIn());
            assertEquals(Offer.CLOSED, afterClose.get());
            assertEquals(Offer.ACCEPTED, inClosing.get());
            assertEquals(Offer.CLOSED, inClosed.get());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void aFramingThatThrowsEndsThatSessionAlone(String driver) throws IOException {
        try (Site site = new Site(driver, new Faulty(), Limits.library(), new Echo())) {
            Socket good = site.connect();
            site.connect().getOutputStream().write(13);
            site.awaitClosed(CloseReason.HANDLER_FAILED, 1);
            good.getOutputStream().write(7);
            assertEquals(7, good.getInputStream().read());
        }
    }

    /** Single bytes, but for the one it cannot bear. */
    private static final class Faulty implements Framing {
        @Override
        public int frameBytes(MemorySegment bytes, long start, long end, int seen) {
            if (bytes.get(java.lang.foreign.ValueLayout.JAVA_BYTE, start) == 13) {
                throw new IllegalStateException("on purpose");
            }
            return 1;
        }

        @Override
        public int frameBytesMax() {
            return 1;
        }
    }
}
