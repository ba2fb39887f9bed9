package io.overlapped.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overlapped.Proactor;
import io.overlapped.spi.Errno;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a driver of the system's ends, and what goes on in another one. */
class DriverEndTest {
    private static final long MILLISECOND = 1_000_000;

    private final Machine machine = new Machine.Real();
    private final List<Socket> peers = new ArrayList<>();

    @BeforeEach
    void whatIsThere() {
        for (String name : List.of("uring", "nio")) {
            assumeTrue(
                    Proactor.drivers().stream().anyMatch(r -> r.driver().equals(name)),
                    name + " is not here");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void whatIsInFlightEndsAtItsShutdownSoThatMemoryCanBeFreed(String name) throws IOException {
        new RawDriver(name).driver.shutdown();
        int before = machine.descriptors();
        RawDriver raw = new RawDriver(name);
        everythingInFlight(raw);
        assertTrue(raw.driver.shutdown(), () -> "in flight: " + raw.driver.report().counters());
        assertTrue(raw.driver.shutdown(), "it says so again");
        allLearnOfTheEnd();
        noneIsLeft(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void aListenerThatComesAfterTheEndIsRefused(String name) {
        RawDriver raw = new RawDriver(name);
        raw.driver.shutdown();
        int before = machine.descriptors();
        int result = raw.driver.listen(Bench.ANY_PORT, 8, false);
        assertTrue(result < 0, () -> "result " + result);
        noneIsLeft(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void oneThatCouldNotBeOpenedLeavesNothing(String name, @TempDir Path folder) throws Exception {
        Process process =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "ulimit -n 100 && exec \"$0\" \"$@\"",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                // The JDK would raise a soft limit to the hard one.
                                "-XX:-MaxFDLimit",
                                "-cp",
                                DescriptorsTest.jars(folder),
                                HalfOpen.class.getName(),
                                name)
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals("some failed true\nleft 0\n", output);
        process.waitFor();
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring"})
    void anotherThreadMayShutItDownOnceItsOwnHasEnded(String name) throws Exception {
        new RawDriver(name).driver.shutdown();
        int before = machine.descriptors();
        FutureTask<RawDriver> opened =
                new FutureTask<>(
                        () -> {
                            RawDriver raw = new RawDriver(name);
                            everythingInFlight(raw);
                            return raw;
                        });
        Thread owner = Thread.ofPlatform().start(opened);
        RawDriver raw = opened.get();
        owner.join();
        assertEquals(false, raw.driver.shutdown(), "what the system still writes to is not known");
        raw.driver.wake();
        allLearnOfTheEnd();
        noneIsLeft(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring"})
    void nobodyElseMayShutItDownWhileItsOwnThreadLives(String name) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch ready = new CountDownLatch(1);
        RawDriver[] raw = new RawDriver[1];
        Thread owner =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    raw[0] = new RawDriver(name);
                                    ready.countDown();
                                    try {
                                        done.await();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                    raw[0].driver.shutdown();
                                });
        ready.await();
        assertThrows(IllegalStateException.class, raw[0].driver::shutdown);
        done.countDown();
        owner.join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring"})
    void aDetachedStreamGoesOnInADriverOfAnotherThread(String name) throws Exception {
        new RawDriver(name).driver.shutdown();
        int before = machine.descriptors();
        RawDriver first = new RawDriver(name);
        int listener = first.listen();
        Socket peer = connect(first, listener);
        int detached = first.driver.detach(first.accept(listener));
        assertTrue(detached >= 0, () -> "detach: " + detached);
        peer.getOutputStream().write(new byte[19]);
        assertTrue(first.driver.shutdown(), "what was detached is not its own any more");
        FutureTask<Integer> received =
                new FutureTask<>(
                        () -> {
                            RawDriver second = new RawDriver(name);
                            int socket = second.driver.attach(detached);
                            int count = second.await(second.startReceive(socket, 0));
                            assertEquals(
                                    peer.getLocalSocketAddress(),
                                    second.driver.remoteAddress(socket));
                            second.close(socket);
                            assertTrue(second.driver.shutdown());
                            return count;
                        });
        Thread.ofPlatform().start(received);
        assertEquals(19, received.get());
        allLearnOfTheEnd();
        noneIsLeft(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring"})
    void aDetachedStreamThatNobodyAttachesIsDiscarded(String name) throws Exception {
        new RawDriver(name).driver.shutdown();
        int before = machine.descriptors();
        RawDriver raw = new RawDriver(name);
        int listener = raw.listen();
        connect(raw, listener);
        int detached = raw.driver.detach(raw.accept(listener));
        raw.driver.shutdown();
        Thread other = Thread.ofVirtual().start(() -> raw.driver.discard(detached));
        other.join();
        allLearnOfTheEnd();
        noneIsLeft(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring"})
    void aStreamThatIsInUseIsNotDetached(String name) throws Exception {
        RawDriver raw = new RawDriver(name);
        int listener = raw.listen();
        Socket peer = connect(raw, listener);
        int stream = raw.accept(listener);
        long receive = raw.startReceive(stream, 0);
        raw.drive(0);
        assertEquals(-Errno.EBUSY, raw.driver.detach(stream));
        peer.getOutputStream().write(1);
        assertEquals(1, raw.await(receive), "it goes on where it is");
        assertEquals(-Errno.EBUSY, raw.driver.detach(stream), "a receive may be armed ahead");
        assertTrue(raw.driver.shutdown());
        allLearnOfTheEnd();
    }

    /** Each kind of operation is in flight, and more connections have come than were asked for. */
    private void everythingInFlight(RawDriver raw) throws IOException {
        int listener = raw.listen();
        for (int pieces = 0; pieces <= 2; pieces++) {
            connect(raw, listener);
            raw.startReceive(raw.accept(listener), pieces);
        }
        for (int i = 0; i < 4; i++) {
            connect(raw, listener);
        }
        raw.drive(MILLISECOND);
        raw.driver.accept(raw.token(), listener);
        raw.drive(0);
        connect(raw, listener);
        int idle = raw.listen();
        raw.driver.accept(raw.token(), idle);
        raw.drive(0);
        connect(raw, idle);
        connect(raw, idle);
    }

    private Socket connect(RawDriver raw, int listener) throws IOException {
        Socket peer = raw.connectTo(listener);
        peers.add(peer);
        return peer;
    }

    private void allLearnOfTheEnd() throws IOException {
        for (Socket peer : peers) {
            try {
                assertEquals(-1, peer.getInputStream().read());
            } catch (SocketTimeoutException e) {
                throw new AssertionError("a connection is left open", e);
            } catch (IOException e) {
                // A reset is an end too.
            }
            peer.close();
        }
        peers.clear();
    }

    /** Some are closed by threads of the JDK's or the kernel's, a moment later. */
    private void noneIsLeft(int before) {
        long start = System.nanoTime();
        while (machine.descriptors() > before && System.nanoTime() - start < 60_000_000_000L) {
            Thread.onSpinWait();
        }
        assertTrue(
                machine.descriptors() <= before,
                () -> machine.descriptors() + " descriptors instead of " + before);
    }
}
