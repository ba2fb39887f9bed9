package io.overlapped.web;

import static io.overlapped.web.PageSocket.frame;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.web.NativeServer.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The bridge between a page's WebSocket and a native server, on each driver. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"uring", "nio"})
final class BridgeTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final String driver;
    private NativeServer world;
    private NativeServer chat;
    private WebServer web;

    BridgeTest(String driver) {
        this.driver = driver;
    }

    @BeforeEach
    void open() throws Exception {
        world = new NativeServer();
        chat = new NativeServer();
        open(PageLimits.DEFAULTS);
    }

    @AfterEach
    void close() throws Exception {
        web.close();
        world.close();
        chat.close();
    }

    private void open(PageLimits limits) throws Exception {
        if (web != null) {
            web.close();
        }
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        web =
                WebServer.open(
                        new WebOptions(any, world.address(), chat.address())
                                .withDriver(driver)
                                .withLimits(limits));
    }

    @Test
    void oneMessageIsOneFrameInBothDirections() throws Exception {
        try (PageSocket page = PageSocket.open(web.address(), "/world")) {
            Peer peer = world.accept();
            page.send(frame(2, (byte) 3, (byte) 1, (byte) 2, (byte) 3, (byte) 4));
            assertArrayEquals(
                    frame(2, (byte) 3, (byte) 1, (byte) 2, (byte) 3, (byte) 4), peer.readFrame());
            peer.write(frame(69, (byte) 7, (byte) 0, (byte) 0, (byte) 0));
            assertArrayEquals(
                    frame(69, (byte) 7, (byte) 0, (byte) 0, (byte) 0), page.nextMessage());
        }
    }

    @Test
    void eachPathLeadsToItsServer() throws Exception {
        try (PageSocket page = PageSocket.open(web.address(), "/chat")) {
            Peer peer = chat.accept();
            page.send(frame(2, "hello".getBytes(StandardCharsets.UTF_8)));
            assertEquals(8, peer.readFrame().length);
        }
    }

    @Test
    void framesThatArriveSplitAndJoinedStayFrames() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (PageSocket page = PageSocket.open(web.address(), "/world")) {
            Peer peer = world.accept();
            List<byte[]> frames = new ArrayList<>();
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            for (int i = 0; i < 300; i++) {
                byte[] body = new byte[i % 50 == 49 ? 65_534 : random.nextInt(40)];
                random.nextBytes(body);
                frames.add(frame(65 + random.nextInt(5), body));
                stream.writeBytes(frames.getLast());
            }
            byte[] all = stream.toByteArray();
            Thread.ofVirtual().start(() -> writeInPieces(peer, all, random));
            for (int i = 0; i < frames.size(); i++) {
                assertArrayEquals(
                        frames.get(i), page.nextMessage(), "frame " + i + ", seed " + seed);
            }
        }
    }

    private static void writeInPieces(Peer peer, byte[] all, Random random) {
        try {
            int at = 0;
            while (at < all.length) {
                int piece = Math.min(all.length - at, 1 + random.nextInt(9_000));
                peer.write(Arrays.copyOfRange(all, at, at + piece));
                at += piece;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFragmentedMessageIsOneFrame() throws Exception {
        try (PageSocket page = PageSocket.open(web.address(), "/world")) {
            Peer peer = world.accept();
            byte[] whole = frame(1, (byte) 1, (byte) 0, (byte) 1, (byte) 'A');
            page.sendPart(false, Arrays.copyOfRange(whole, 0, 1));
            page.sendPart(false, Arrays.copyOfRange(whole, 1, 5));
            page.sendPart(true, Arrays.copyOfRange(whole, 5, 7));
            assertArrayEquals(whole, peer.readFrame());
        }
    }

    @Test
    void aTextMessageClosesThatPageOnly() throws Exception {
        assertClosedAlone(page -> page.sendText("hello"), 1003, "TEXT_MESSAGE");
    }

    @Test
    void anEmptyMessageClosesThatPageOnly() throws Exception {
        assertClosedAlone(page -> page.send(), 1007, "EMPTY_MESSAGE");
    }

    @Test
    void aMessageThatIsShorterThanItsLengthSaysClosesThatPageOnly() throws Exception {
        assertClosedAlone(page -> page.send((byte) 9, (byte) 0, (byte) 1), 1007, "LENGTH_MISMATCH");
    }

    @Test
    void twoFramesInOneMessageCloseThatPageOnly() throws Exception {
        assertClosedAlone(
                page -> page.send((byte) 1, (byte) 0, (byte) 1, (byte) 1, (byte) 0, (byte) 1),
                1007,
                "LENGTH_MISMATCH");
    }

    @Test
    void aMessageOfOneByteClosesThatPageOnly() throws Exception {
        assertClosedAlone(page -> page.send((byte) 0), 1007, "LENGTH_MISMATCH");
    }

    @Test
    void aMessageThatIsTooLongClosesThatPageOnly() throws Exception {
        assertClosedAlone(page -> page.send(frame(1, new byte[1_024])), 1009, "TOO_LONG");
    }

    @Test
    void aMessageThatNeverEndsClosesThatPageOnlyAsSoonAsItIsTooLong() throws Exception {
        assertClosedAlone(
                page -> {
                    page.sendPart(false, new byte[1_000]);
                    page.sendPart(false, new byte[1_000]);
                },
                1009,
                "TOO_LONG");
    }

    @Test
    void theLongestFrameOfTheWorldPasses() throws Exception {
        try (PageSocket page = PageSocket.open(web.address(), "/world")) {
            Peer peer = world.accept();
            byte[] longest = frame(1, new byte[1_023]);
            page.send(longest);
            assertArrayEquals(longest, peer.readFrame());
        }
    }

    @Test
    void aMessageThatIsNotCompletedInTimeClosesThatPageOnly() throws Exception {
        open(PageLimits.DEFAULTS.withStall(Duration.ofMillis(300), DEADLINE));
        assertClosedAlone(page -> page.sendPart(false, (byte) 1), 1008, "FRAME_DEADLINE");
    }

    @Test
    void aPageThatFloodsIsClosedAlone() throws Exception {
        open(PageLimits.DEFAULTS.withMessages(20, 1));
        assertClosedAlone(
                page -> {
                    try {
                        for (int i = 0; i < 1_000 && page.isOpen(); i++) {
                            page.send(frame(3, new byte[8]));
                        }
                    } catch (CompletionException closedMeanwhile) {
                        // The rest has nowhere to go.
                    }
                },
                1008,
                "RATE");
    }

    @Test
    void aServerThatTakesNothingHoldsThePageBackAndIsGivenUp() throws Exception {
        open(
                PageLimits.DEFAULTS
                        .withMessages(1_000_000, 1_000_000)
                        .withStall(DEADLINE, Duration.ofSeconds(1)));
        try (PageSocket page = PageSocket.open(web.address(), "/chat")) {
            chat.accept();
            byte[] message = frame(2, new byte[8_000]);
            long sent = 0;
            // 100 MB, far more than the sockets on the way hold.
            for (int i = 0; i < 12_500 && page.isOpen(); i++) {
                if (!page.trySend(message, Duration.ofSeconds(3))) {
                    break;
                }
                sent += message.length;
            }
            assertTrue(sent < 50_000_000, sent + " bytes went into a server that reads nothing");
            await(() -> web.closes().containsKey("SERVER_STALLED"));
        }
        await(() -> web.socketCount() == 0);
    }

    @Test
    void aPageThatDoesNotReadHoldsTheServerBackAndIsGivenUp() throws Exception {
        open(PageLimits.DEFAULTS.withStall(DEADLINE, Duration.ofSeconds(1)));
        try (PageSocket _ = PageSocket.openWithoutReading(web.address(), "/world");
                PageSocket other = PageSocket.open(web.address(), "/chat")) {
            Peer peer = world.accept();
            Peer others = chat.accept();
            byte[] frame = frame(68, new byte[60_000]);
            Thread.ofVirtual().start(() -> writeUntilClosed(peer, frame));
            await(() -> web.closes().containsKey("SLOW_PAGE"));
            assertTrue(peer.isEnded());
            assertPasses(other, others);
            await(() -> web.socketCount() == 1);
        }
    }

    private static void writeUntilClosed(Peer peer, byte[] frame) {
        try {
            // 600 MB at most, so that the test ends even if nobody stops it.
            for (int i = 0; i < 10_000; i++) {
                peer.write(frame);
            }
        } catch (IOException closed) {
            // As it should be.
        }
    }

    @Test
    void theStreamClosesWhenThePageGoesAway() throws Exception {
        PageSocket page = PageSocket.open(web.address(), "/world");
        Peer peer = world.accept();
        page.close();
        assertTrue(peer.isEnded());
        await(() -> web.socketCount() == 0);
    }

    @Test
    void theStreamClosesWhenThePageClosesPolitely() throws Exception {
        try (PageSocket page = PageSocket.open(web.address(), "/world")) {
            Peer peer = world.accept();
            page.sendClose();
            assertTrue(peer.isEnded());
            await(() -> web.closes().containsKey("DONE"));
        }
    }

    @Test
    void thePageHearsTheServersLastWords() throws Exception {
        try (PageSocket page = PageSocket.open(web.address(), "/world")) {
            Peer peer = world.accept();
            byte[] words = "Too many packets. Send fewer.".getBytes(StandardCharsets.UTF_8);
            byte[] body = new byte[2 + words.length];
            body[0] = 9;
            body[1] = (byte) words.length;
            System.arraycopy(words, 0, body, 2, words.length);
            peer.write(frame(71, body));
            peer.close();
            assertArrayEquals(frame(71, body), page.nextMessage());
            assertEquals(
                    new PageSocket.Close(1000, "Too many packets. Send fewer."), page.closed());
        }
    }

    @Test
    void thePageIsToldWhenTheServerBehindDoesNotAnswer() throws Exception {
        world.close();
        try (PageSocket page = PageSocket.open(web.address(), "/world")) {
            assertEquals(1013, page.closed().code());
            assertTrue(web.closes().containsKey("SERVER_UNREACHABLE"));
        }
    }

    @Test
    void thePageIsToldThatTheServerStops() throws Exception {
        try (PageSocket page = PageSocket.open(web.address(), "/world")) {
            Peer peer = world.accept();
            web.close();
            assertEquals(new PageSocket.Close(1001, "the server stops"), page.closed());
            assertTrue(peer.isEnded());
        }
    }

    @Test
    void aSocketThatCarriesNothingForTooLongIsClosed() throws Exception {
        open(PageLimits.DEFAULTS.withIdle(Duration.ofMillis(300)));
        try (PageSocket page = PageSocket.open(web.address(), "/world")) {
            Peer peer = world.accept();
            assertEquals(1001, page.closed().code());
            assertTrue(peer.isEnded());
            await(() -> web.closes().equals(Map.of("IDLE", 1L)));
        }
    }

    @Test
    void onePageTooManyIsToldSo() throws Exception {
        open(PageLimits.DEFAULTS.withSockets(2));
        try (PageSocket one = PageSocket.open(web.address(), "/world");
                PageSocket two = PageSocket.open(web.address(), "/world");
                PageSocket three = PageSocket.open(web.address(), "/world")) {
            Peer first = world.accept();
            world.accept();
            assertEquals(1013, three.closed().code());
            assertPasses(one, first);
            assertTrue(two.isOpen());
        }
    }

    @Test
    void nothingIsLeftBehindByManyPages() throws Exception {
        for (int i = 0; i < 40; i++) {
            PageSocket page = PageSocket.open(web.address(), "/world");
            Peer peer = world.accept();
            assertPasses(page, peer);
            if (i % 2 == 0) {
                page.close();
            } else {
                peer.close();
                page.closed();
                page.close();
            }
        }
        await(() -> web.socketCount() == 0);
        await(() -> web.buffersLeased() == 0);
    }

    private interface Misdeed {
        void commit(PageSocket page);
    }

    private void assertClosedAlone(Misdeed misdeed, int code, String reason) throws Exception {
        try (PageSocket page = PageSocket.open(web.address(), "/world")) {
            Peer peer = world.accept();
            try (PageSocket other = PageSocket.open(web.address(), "/world")) {
                Peer others = world.accept();
                misdeed.commit(page);
                assertTold(page, code, reason);
                assertTrue(peer.isEnded());
                assertEquals(1L, web.closes().get(reason), web.closes().toString());
                assertPasses(other, others);
            }
        }
        await(() -> web.buffersLeased() == 0);
    }

    private static void assertTold(PageSocket page, int code, String reason) throws Exception {
        PageSocket.Close close;
        try {
            close = page.closed();
        } catch (ExecutionException e) {
            // A flood that is still on its way resets the connection, which may overtake the words.
            assertEquals("RATE", reason, e.toString());
            assertInstanceOf(IOException.class, e.getCause());
            return;
        }
        assertEquals(code, close.code(), close.reason());
        assertTrue(!close.reason().isBlank());
    }

    private static void assertPasses(PageSocket page, Peer peer) throws Exception {
        page.send(frame(3, new byte[8]));
        assertArrayEquals(frame(3, new byte[8]), peer.readFrame());
        peer.write(frame(70, new byte[8]));
        assertArrayEquals(frame(70, new byte[8]), page.nextMessage());
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - start < DEADLINE.toNanos(), "not within " + DEADLINE);
            Thread.sleep(5);
        }
    }
}
