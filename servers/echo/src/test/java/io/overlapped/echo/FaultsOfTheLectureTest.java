package io.overlapped.echo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Options;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The faults of the lecture's echo programs, row by row of the table of them: none is here. */
class FaultsOfTheLectureTest {
    private final List<String> reports = new CopyOnWriteArrayList<>();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private boolean talk(InetSocketAddress server, String typed) {
        return talk(server, new ByteArrayInputStream(typed.getBytes(UTF_8)));
    }

    private boolean talk(InetSocketAddress server, InputStream in) {
        return new EchoDialogue(new PrintWriter(out), new PrintWriter(err), false)
                .run(server, Options.defaults(), in);
    }

    private EchoServer open(boolean records) {
        return EchoServer.open(
                Setting.ANY_PORT,
                EchoOptions.defaults().withRecords(records).withReport(reports::add));
    }

    @Nested
    class A1 {
        @Test
        void oneReceiveBringsMoreThan512Bytes() throws IOException {
            try (EchoServer server = open(true);
                    Peer peer = new Peer(server.address())) {
                peer.send(new byte[200_000]);
                Peer.until(() -> server.counts().get("bytesReceived") == 200_000);
                assertTrue(server.counts().get("receives") < 200_000 / 512);
            }
        }
    }

    @Nested
    class A2AndC6 {
        @Test
        void theEndOfAStreamEndsTheClientOnceAndCostsNothingMore() throws IOException {
            var options = EchoOptions.defaults().withRecords(false).withReport(reports::add);
            try (Proactor proactor = Proactor.start();
                    EchoServer server = EchoServer.open(proactor, Setting.ANY_PORT, options)) {
                Peer peer = new Peer(server.address());
                assertTrue(peer.isEchoed((byte) 1));
                peer.close();
                Peer.until(() -> server.connected() == 0);
                long before = passes(proactor);
                LockSupport.parkNanos(500_000_000);
                long passes = passes(proactor) - before;
                // What is left of the close; one that went round and round would make thousands.
                assertTrue(passes < 100, passes + " passes while nothing happened");
                assertEquals(1, server.counts().get("receives"));
                assertEquals(1, reports.stream().filter(r -> r.contains("ended")).count());
            }
        }

        private static long passes(Proactor proactor) {
            return proactor.report().counters().get("passes");
        }
    }

    @Nested
    class A3 {
        @Test
        void aResetIsAnErrorAndNoReceiveOfNothing() throws IOException {
            try (EchoServer server = open(false)) {
                Peer peer = new Peer(server.address());
                assertTrue(peer.isEchoed((byte) 1));
                peer.reset();
                Peer.until(() -> server.connected() == 0);
                assertEquals(1, server.counts().get("ended.RESET"));
                assertEquals(0, server.counts().get("ended.DONE"));
            }
        }
    }

    @Nested
    class B2 {
        @Test
        void eachReceiveIsReportedOnce() throws IOException {
            try (EchoServer server = open(false);
                    Peer peer = new Peer(server.address())) {
                for (int i = 0; i < 50; i++) {
                    assertTrue(peer.isEchoed(new byte[100]));
                }
                long reported =
                        reports.stream()
                                .filter(r -> r.contains(" sent "))
                                .mapToLong(r -> Long.parseLong(r.split(" ", -1)[3]))
                                .sum();
                assertEquals(50 * 100, reported);
            }
        }
    }

    @Nested
    class C4 {
        @Test
        void aShortMessageAfterALongOneBringsNothingOfTheLongOne() throws IOException {
            try (EchoServer server = open(false);
                    Peer peer = new Peer(server.address())) {
                assertTrue(peer.isEchoed("a long message here\0".getBytes(UTF_8)));
                assertTrue(peer.isEchoed("ab".getBytes(UTF_8)));
                assertTrue(peer.isEchoed((byte) 0));
                assertTrue(reports.contains("client 1 sent 2 bytes"));
            }
        }
    }

    @Nested
    class C7 {
        @Test
        void aClientThatLeavesWithAnOperationPendingLeavesTheServerAlive() throws IOException {
            try (EchoServer server = open(false);
                    Peer good = new Peer(server.address())) {
                Peer bad = new Peer(server.address());
                bad.socket().setReceiveBufferSize(4096);
                bad.send(new byte[100_000]);
                bad.reset();
                Peer.until(() -> server.connected() == 1);
                assertTrue(good.isEchoed((byte) 1));
            }
        }
    }

    @Nested
    class A5AndC1a {
        @Test
        void aClientWithoutAServerSaysNothingButWhy() throws IOException {
            int port;
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            var nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            OverlappedException e =
                    assertThrows(OverlappedException.class, () -> talk(nobody, "hello\n"));
            assertEquals(Status.REFUSED, e.status());
            assertEquals("", out.toString());
        }
    }

    @Nested
    class A6 {
        @Test
        void sendingRecordsEndsWithTheLastOrWithTheServer() throws IOException {
            var plan = new RecordSender.Plan("Hello World", 1_000_000, 0);
            try (ServerSocket listening =
                    new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Thread server =
                        Thread.startVirtualThread(
                                () -> {
                                    try (Socket socket = listening.accept()) {
                                        socket.getInputStream().readNBytes(1000);
                                        socket.setSoLinger(true, 0);
                                    } catch (IOException e) {
                                        throw new UncheckedIOException(e);
                                    }
                                });
                var address =
                        new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
                assertThrows(
                        OverlappedException.class,
                        () -> RecordSender.run(address, Options.defaults(), plan, _ -> {}));
                server.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Nested
    class C1b {
        @Test
        void aPortInUseFailsAtTheStart() {
            try (EchoServer server = open(false)) {
                OverlappedException e =
                        assertThrows(
                                OverlappedException.class,
                                () -> EchoServer.open(server.address(), EchoOptions.defaults()));
                assertEquals(Status.ADDRESS_IN_USE, e.status());
            }
        }
    }

    @Nested
    class C2 {
        @Test
        void theEndOfTheInputEndsTheClientAndALongLineIsNotSentForEver() {
            try (EchoServer server = open(false)) {
                assertTrue(talk(server.address(), "x".repeat(198) + "\n" + "y".repeat(5000)));
                assertEquals(2, out.toString().lines().count());
            }
        }
    }

    @Nested
    class C3 {
        @Test
        void aServerThatGoesEndsTheClientWithAMessage() throws IOException {
            EchoServer server = open(false);
            try (PipedOutputStream typed = new PipedOutputStream();
                    InputStream in = new PipedInputStream(typed)) {
                Thread _ =
                        Thread.startVirtualThread(
                                () -> {
                                    Peer.until(() -> server.connected() == 1);
                                    server.close();
                                });
                assertFalse(talk(server.address(), in));
                assertTrue(err.toString().contains("the server has"), err.toString());
            }
        }
    }

    @Nested
    class C5 {
        @Test
        void theSecondClientIsServedWhenTheFirstHasLeft() throws IOException {
            var options = EchoOptions.defaults().withOneAtATime(true);
            try (EchoServer server = EchoServer.open(Setting.ANY_PORT, options)) {
                for (int i = 0; i < 5; i++) {
                    try (Peer peer = new Peer(server.address())) {
                        assertTrue(peer.isEchoed((byte) i));
                    }
                }
            }
        }
    }
}
