package io.overlapped.echo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.OverlappedException;
import io.overlapped.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("settings")
class EchoServerTest {
    private final Setting setting;

    EchoServerTest(Setting setting) {
        this.setting = setting;
    }

    static Stream<Setting> settings() {
        return Setting.all();
    }

    @Test
    void twentyConnectionsGetEveryByteBack() {
        var plan =
                new EchoVerification.Plan(20, 60, 4000, System.nanoTime(), Duration.ofMinutes(2));
        try (EchoServer server = setting.open()) {
            var result = EchoVerification.run(server.address(), setting.io(), plan);
            assertTrue(result.isVerified(), () -> result.failures().toString());
            assertEquals(20 * 60, result.messages());
            Peer.until(() -> server.connected() == 0);
            assertEquals(20, server.counts().get("ended.DONE"));
            assertEquals(result.bytes(), server.counts().get("bytesSent"));
        }
    }

    @Test
    void whatWasSentBeforeTheEndIsAnswered() throws IOException {
        byte[] sent = new byte[300_000];
        new SplittableRandom(1).nextBytes(sent);
        try (EchoServer server = setting.open();
                Peer peer = new Peer(server.address())) {
            Thread _ =
                    Thread.startVirtualThread(
                            () -> {
                                try {
                                    peer.send(sent);
                                    peer.socket().shutdownOutput();
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
            assertArrayEquals(sent, peer.receive(sent.length));
            assertTrue(peer.isEnded());
        }
    }

    @Test
    void aClientThatIsResetHarmsNoOther() throws IOException {
        try (EchoServer server = setting.open();
                Peer good = new Peer(server.address())) {
            for (int i = 0; i < 10; i++) {
                Peer bad = new Peer(server.address());
                if (i % 2 == 0) {
                    bad.send(new byte[1000]);
                }
                bad.reset();
                assertTrue(good.isEchoed((byte) i, (byte) 0));
            }
            Peer.until(() -> server.connected() == 1);
        }
    }

    @Test
    void aClientThatDoesNotReadIsNotReadFromAndHarmsNoOther() throws IOException {
        try (EchoServer server = setting.open();
                Peer slow = new Peer(server.address());
                Peer good = new Peer(server.address())) {
            Thread writer =
                    Thread.startVirtualThread(
                            () -> {
                                try {
                                    slow.send(new byte[64 << 20]);
                                } catch (IOException closed) {
                                    // As it must, when the test ends.
                                }
                            });
            Peer.until(() -> isStill(server));
            assertTrue(writer.isAlive(), "64 MiB were taken although no answer was read");
            assertTrue(good.isEchoed("hello\0".getBytes(UTF_8)));
        }
    }

    private static boolean isStill(EchoServer server) {
        long before = server.counts().get("bytesReceived");
        LockSupport.parkNanos(300_000_000);
        return before > 0 && before == server.counts().get("bytesReceived");
    }

    @Test
    void aClientThatDoesNotReadForLongIsClosed() throws IOException {
        EchoOptions options = setting.options().withStallTimeout(Duration.ofMillis(300));
        try (EchoServer server = EchoServer.open(Setting.ANY_PORT, options);
                Peer slow = new Peer(server.address())) {
            assertThrows(IOException.class, () -> slow.send(new byte[64 << 20]));
            Peer.until(() -> server.connected() == 0);
            assertEquals(1, server.counts().get("ended.STALLED"));
        }
    }

    @Test
    void oneAtATimeServesTheNextWhenTheFirstHasLeft() throws IOException {
        EchoOptions options = setting.options().withOneAtATime(true);
        try (EchoServer server = EchoServer.open(Setting.ANY_PORT, options);
                Peer first = new Peer(server.address())) {
            assertTrue(first.isEchoed((byte) 1));
            try (Peer second = new Peer(server.address());
                    Peer third = new Peer(server.address())) {
                second.send((byte) 2);
                third.send((byte) 3);
                second.socket().setSoTimeout(200);
                assertThrows(SocketTimeoutException.class, () -> second.receive(1));
                assertTrue(first.isEchoed((byte) 4));
                first.close();
                second.socket().setSoTimeout(60_000);
                assertEquals(2, second.receive(1)[0]);
                second.reset();
                assertEquals(3, third.receive(1)[0]);
            }
        }
    }

    @Test
    void recordsAreCountedHoweverTheyArrive() throws IOException {
        List<String> reports = new CopyOnWriteArrayList<>();
        EchoOptions options = setting.options().withRecords(true).withReport(reports::add);
        try (EchoServer server = EchoServer.open(Setting.ANY_PORT, options)) {
            var plan = new RecordSender.Plan("Hello World", 50, 0);
            assertTrue(RecordSender.run(server.address(), setting.io(), plan, _ -> {}));
            try (Peer peer = new Peer(server.address())) {
                peer.send(new byte[250]);
                peer.socket().shutdownOutput();
                assertTrue(peer.isEnded(), "a records server answers nothing");
            }
            Peer.until(() -> server.connected() == 0);
            assertEquals(52, server.counts().get("records"));
            assertEquals(1, server.counts().get("incompleteRecords"));
            assertEquals(5250, server.counts().get("bytesReceived"));
            assertTrue(reports.contains("client 2 left 50 bytes of a record unfinished"));
        }
    }

    @Test
    void closingEndsClientsAndGivesThePortBack() throws IOException {
        EchoServer server = setting.open();
        try (Peer peer = new Peer(server.address())) {
            assertTrue(peer.isEchoed((byte) 1));
            server.close();
            assertTrue(peer.isEnded());
        }
        assertThrows(IOException.class, () -> new Peer(server.address()));
    }

    @Test
    void aBusyPortIsAnErrorAtTheStart() {
        try (EchoServer server = setting.open()) {
            OverlappedException e =
                    assertThrows(
                            OverlappedException.class,
                            () -> EchoServer.open(server.address(), setting.options()));
            assertEquals(Status.ADDRESS_IN_USE, e.status());
        }
    }
}
