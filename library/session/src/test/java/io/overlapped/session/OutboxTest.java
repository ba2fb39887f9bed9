package io.overlapped.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Options;
import io.overlapped.Proactor;
import io.overlapped.StreamOption;
import io.overlapped.TcpListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An outbox holds what its limits promise, and leaves in order however much it holds. */
class OutboxTest {
    private static final Limits LIMITS = Limits.library();

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void anOutboxHoldsItsBoundHoweverManyBuffersThatTakes(String driver) throws IOException {
        int bytesMax = 1_000_000;
        Limits limits = LIMITS.withOutput(new Limits.Output(bytesMax, Duration.ofSeconds(10)));
        Sessions log = new Sessions();
        Options options = Options.defaults().withDriver(driver).withBuffers(300, 4096, 8);
        try (Site site = new Site(options, Site.FRAMING, limits, log)) {
            Socket socket = site.connect();
            log.await(1);
            Session session = log.sessions.getFirst();
            byte[] bytes = new byte[bytesMax + 1];
            new SplittableRandom(3).nextBytes(bytes);
            MemorySegment all = MemorySegment.ofArray(bytes);
            boolean _ =
                    site.on(
                            () -> {
                                assertThrows(
                                        IllegalArgumentException.class,
                                        () -> session.sendFrames(all));
                                // In one piece, which takes more buffers than a send does.
                                assertEquals(
                                        Offer.ACCEPTED,
                                        session.sendFrames(all.asSlice(0, bytesMax - 10)));
                                assertEquals(Offer.FULL, session.sendFrames(all.asSlice(0, 11)));
                                return session.sendFrames(all.asSlice(bytesMax - 10, 10))
                                        == Offer.ACCEPTED;
                            });
            assertArrayEquals(
                    Arrays.copyOf(bytes, bytesMax), socket.getInputStream().readNBytes(bytesMax));
            Site.await(() -> site.proactor.buffers().leased() == 0, () -> "buffers given back");
            Site.await(() -> site.on(session::outboxBytes) == 0, () -> "an empty outbox");
            assertEquals(bytesMax, site.server.report().bytesOut());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void aFullOutboxLeavesToItsEndThoughItsSessionCloses(String driver) throws IOException {
        int bytesMax = 1_000_000;
        Duration patience = Duration.ofSeconds(20);
        Limits limits =
                LIMITS.withOutput(new Limits.Output(bytesMax, patience))
                        .withEnding(new Limits.Ending(patience, patience, 1_000));
        Sessions log = new Sessions();
        Options options = Options.defaults().withDriver(driver).withBuffers(300, 4096, 8);
        try (Site site = new Site(options, Site.FRAMING, limits, log)) {
            Socket socket = site.connect();
            log.await(1);
            Session session = log.sessions.getFirst();
            byte[] bytes = new byte[bytesMax];
            new SplittableRandom(5).nextBytes(bytes);
            Offer offer =
                    site.on(
                            () -> {
                                Offer taken = session.sendFrames(MemorySegment.ofArray(bytes));
                                session.close();
                                return taken;
                            });
            assertEquals(Offer.ACCEPTED, offer);
            assertArrayEquals(bytes, socket.getInputStream().readAllBytes());
            socket.close();
            site.awaitQuiet();
            assertEquals(1, site.closed(CloseReason.CLOSED_BY_US));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void whatIsSentWhileAFullOutboxLeavesFollowsIt(String driver) throws IOException {
        int bytesMax = 200_000;
        Limits limits = LIMITS.withOutput(new Limits.Output(bytesMax, Duration.ofSeconds(10)));
        Sessions log = new Sessions();
        Options options = Options.defaults().withDriver(driver).withBuffers(600, 512, 8);
        long seed = System.nanoTime();
        try (Site site = new Site(options, Framing.raw(1 << 16), limits, log)) {
            Socket socket = site.connect();
            log.await(1);
            Session session = log.sessions.getFirst();
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = new byte[3_000_000];
            new SplittableRandom(4).nextBytes(bytes);
            CompletableFuture<byte[]> read =
                    CompletableFuture.supplyAsync(() -> readAll(socket, bytes.length));
            int sent = 0;
            while (sent < bytes.length) {
                int from = sent;
                int length = Math.min(bytes.length - sent, random.nextInt(1, 50_000));
                MemorySegment piece = MemorySegment.ofArray(bytes).asSlice(from, length);
                sent += site.on(() -> session.sendFrames(piece)) == Offer.ACCEPTED ? length : 0;
                int waits = site.on(session::outboxBytes);
                assertTrue(waits <= bytesMax, () -> waits + " bytes wait, seed " + seed);
            }
            assertArrayEquals(bytes, read.join(), "seed " + seed);
        }
    }

    private static byte[] readAll(Socket socket, int count) {
        try {
            return socket.getInputStream().readNBytes(count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aBoundBeyondThePoolIsRefusedWithTheRemedyAndNothingListens() throws IOException {
        Limits limits = LIMITS.withOutput(new Limits.Output(65_537, Duration.ofSeconds(10)));
        Options options = Options.defaults().withDriver("nio").withBuffers(16, 4096, 4);
        try (Proactor proactor = Proactor.start(options)) {
            InetSocketAddress address = freeAddress();
            for (Runnable open :
                    List.<Runnable>of(
                            () ->
                                    SessionServer.open(
                                            proactor,
                                            address,
                                            Site.FRAMING,
                                            limits,
                                            new Sessions()),
                            () -> SessionClient.open(proactor, limits, new Sessions()))) {
                String message =
                        assertThrows(IllegalArgumentException.class, open::run).getMessage();
                assertEquals(
                        "output.bytesMax is 65537, but the pool has 65536 bytes (16 buffers of 4096);"
                                + " lower Limits.Output.bytesMax, or give the proactor 17 buffers"
                                + " or more",
                        message);
            }
            assertEquals(address, proactor.listen(address).address());
        }
    }

    /** On the driver whose listeners can be asked. */
    @Test
    void aSystemThatHoldsLessThanItWasAskedForIsNamed() throws IOException {
        try (Proactor proactor = Proactor.start(Options.defaults().withDriver("uring"));
                TcpListener listener = proactor.listen(freeAddress())) {
            listener.set(StreamOption.SEND_BUFFER_BYTES, 64 * 1024);
            int given = listener.get(StreamOption.SEND_BUFFER_BYTES);
            assertEquals("", SessionServer.shortfall(64 * 1024, given));
            listener.set(StreamOption.SEND_BUFFER_BYTES, 1 << 30);
            String line =
                    SessionServer.shortfall(1 << 30, listener.get(StreamOption.SEND_BUFFER_BYTES));
            assertTrue(line.startsWith("output.kernelBytes is 1073741824, but the system"), line);
        }
    }

    private static InetSocketAddress freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }
}
