package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.nio.DriverHarness.Completion;
import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import io.overlapped.spi.IoVector;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendTest {
    private static final int MEGABYTE = 1 << 20;

    private final DriverHarness harness = new DriverHarness();
    private final NioDriver driver = harness.driver;
    private Socket peer;
    private int socket;

    @BeforeEach
    void connect() throws IOException {
        int listener = harness.listen();
        peer = harness.connectTo(listener);
        socket = harness.accept(listener);
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        harness.close();
    }

    @Test
    void aGatherLeavesInTheOrderOfItsPieces() throws IOException {
        IoVector pieces = new IoVector();
        pieces.add(harness.memory("xxone"), 2, 3);
        pieces.add(harness.memory("-two-yy"), 0, 5);
        pieces.add(harness.memory("three"), 0, 5);
        long send = harness.token();
        driver.send(send, socket, pieces);
        pieces.clear();
        assertEquals(13, harness.await(send).result());
        byte[] got = peer.getInputStream().readNBytes(13);
        assertEquals("one-two-three", new String(got, StandardCharsets.US_ASCII));
    }

    @Test
    void aSendIsCopiedSoItsMemoryIsFreeOnCompletion() throws IOException {
        MemorySegment memory = harness.memory("first");
        long send = harness.token();
        driver.send(send, socket, DriverHarness.vector(memory));
        harness.await(send);
        memory.fill((byte) 'X');
        assertEquals(
                "first",
                new String(peer.getInputStream().readNBytes(5), StandardCharsets.US_ASCII));
    }

    @Test
    void whatALargeSendLeftShortIsSentByTheNext() throws Exception {
        long seed = System.nanoTime();
        byte[] sent = new byte[5 * MEGABYTE + 3];
        new SplittableRandom(seed).nextBytes(sent);
        MemorySegment memory = harness.memory(sent.length);
        MemorySegment.copy(sent, 0, memory, ValueLayout.JAVA_BYTE, 0, sent.length);
        CompletableFuture<byte[]> got = CompletableFuture.supplyAsync(() -> read(sent.length));
        int at = 0;
        while (at < sent.length) {
            IoVector rest = new IoVector();
            rest.add(memory, at, sent.length - at);
            long send = harness.token();
            driver.send(send, socket, rest);
            int count = harness.await(send).result();
            assertTrue(count > 0, () -> "result " + count);
            at += count;
        }
        assertTrue(java.util.Arrays.equals(sent, got.get()), "seed " + seed);
        assertEquals(0, stagedBytes());
    }

    @Test
    void aCancelledSendThatMayStillLeaveSaysSo() {
        long blocked = sendUntilBlocked();
        driver.cancel(blocked, socket);
        assertEquals(new Completion(-Errno.ECANCELED, Driver.CUT), harness.await(blocked));
    }

    @Test
    void nothingFollowsACutSend() {
        long blocked = sendUntilBlocked();
        driver.cancel(blocked, socket);
        assertEquals(-Errno.EPIPE, harness.await(harness.send(socket, "late")).result());
    }

    @Test
    void aCutSendDoesNotHarmTheReceives() throws IOException {
        long blocked = sendUntilBlocked();
        driver.cancel(blocked, socket);
        harness.provide(0);
        peer.getOutputStream().write('r');
        assertEquals("r", harness.text(harness.await(harness.receive(socket))));
    }

    @Test
    void aSendThatHasEndedKeepsItsResultWhenItIsCancelled() throws IOException {
        long send = harness.send(socket, "done");
        driver.cancel(send, socket);
        assertEquals(new Completion(4, Driver.NO_FLAGS), harness.await(send));
        assertEquals('d', peer.getInputStream().read());
    }

    @Test
    void aBlockedSendHoldsLittle() {
        long blocked = sendUntilBlocked();
        assertEquals(8 * 1024, stagedBytes());
        driver.cancel(blocked, socket);
        harness.closeSocket(socket);
        assertEquals(0, stagedBytes());
    }

    @Test
    void sendingToAPeerThatHasResetFails() throws IOException {
        peer.setSoLinger(true, 0);
        peer.close();
        int result = 1;
        for (int i = 0; result > 0 && i < 1000; i++) {
            result = harness.await(harness.send(socket, "anyone?")).result();
        }
        assertTrue(result == -Errno.ECONNRESET || result == -Errno.EPIPE, "result " + result);
    }

    @Test
    void theEndOfOutputComesBehindWhatWasSent() throws IOException {
        assertEquals(3, harness.await(harness.send(socket, "bye")).result());
        assertEquals(0, driver.shutdownOutput(socket));
        assertEquals(
                "bye", new String(peer.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        harness.provide(0);
        peer.getOutputStream().write('!');
        assertEquals("!", harness.text(harness.await(harness.receive(socket))));
        assertEquals(-Errno.EPIPE, harness.await(harness.send(socket, "more")).result());
    }

    @Test
    void whatCompletesAtOnceIsPassedOnByTheDriveAlone() {
        // The second start finds the thread known to the group, whose handlers then run inside it.
        harness.await(harness.send(socket, "one"));
        long send = harness.send(socket, "two");
        assertTrue(!harness.completions.containsKey(send));
        assertEquals(3, harness.await(send).result());
    }

    /** Sends until the peer, which does not read, lets nothing more through. */
    private long sendUntilBlocked() {
        MemorySegment memory = harness.memory(MEGABYTE);
        while (true) {
            long send = harness.token();
            driver.send(send, socket, DriverHarness.vector(memory));
            if (harness.isPending(send)) {
                harness.drive(50_000_000);
            }
            if (!harness.completions.containsKey(send)) {
                return send;
            }
            assertTrue(harness.completions.get(send).result() > 0);
        }
    }

    private byte[] read(int count) {
        try {
            return peer.getInputStream().readNBytes(count);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private long stagedBytes() {
        return driver.report().counters().get("stagedBytes");
    }
}
