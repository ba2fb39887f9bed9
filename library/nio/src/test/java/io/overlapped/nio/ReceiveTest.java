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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiveTest {
    private final DriverHarness harness = new DriverHarness();
    private final NioDriver driver = harness.driver;
    private int listener;
    private Socket peer;
    private int socket;

    @BeforeEach
    void connect() throws IOException {
        listener = harness.listen();
        peer = harness.connectTo(listener);
        socket = harness.accept(listener);
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        harness.close();
    }

    @Test
    void aReceiveChoosesAProvidedBuffer() throws IOException {
        harness.provide(7);
        long receive = harness.receive(socket);
        assertTrue(harness.isPending(receive));
        say("hello");
        Completion completion = harness.await(receive);
        assertEquals(7, completion.buffer());
        assertEquals("hello", harness.text(completion));
    }

    @Test
    void aBufferNumberNeedsAllSixteenBits() throws IOException {
        harness.provide(65_535);
        long receive = harness.receive(socket);
        say("x");
        assertEquals(65_535, harness.await(receive).buffer());
    }

    @Test
    void afterAFewMessagesOfASizeOneReadBringsOneOfThem() throws IOException {
        MemorySegment memory = harness.memory(64 * 1024);
        for (int bytes : new int[] {1000, 16_000}) {
            for (int message = 0; message < 10; message++) {
                long first = harness.token();
                driver.receive(first, socket, DriverHarness.vector(memory));
                say("x".repeat(bytes));
                int count = harness.await(first).result();
                if (message >= 3) {
                    assertEquals(bytes, count, "message " + message);
                }
                while (count < bytes) {
                    long rest = harness.token();
                    driver.receive(rest, socket, DriverHarness.vector(memory));
                    count += harness.await(rest).result();
                }
            }
        }
    }

    @Test
    void aReceiveWaitsUntilABufferIsProvided() throws IOException {
        long receive = harness.receive(socket);
        say("patience");
        awaitLanded();
        assertTrue(harness.isPending(receive));
        harness.provide(0);
        assertEquals("patience", harness.text(harness.await(receive)));
    }

    @Test
    void whoeverWaitedFirstForABufferGetsIt() throws IOException {
        Socket other = harness.connectTo(listener);
        int otherSocket = harness.accept(listener);
        long first = harness.receive(socket);
        say("1");
        awaitLanded();
        long second = harness.receive(otherSocket);
        other.getOutputStream().write('2');
        while (driver.provided().waitCount() < 2) {
            harness.drive(100_000_000);
        }
        harness.provide(0);
        assertEquals("1", harness.text(harness.await(first)));
        assertTrue(harness.isPending(second));
        harness.provide(1);
        assertEquals("2", harness.text(harness.await(second)));
        other.close();
    }

    @Test
    void aCancelWhileWaitingForABufferGivesTheBytesToTheNext() throws IOException {
        long receive = harness.receive(socket);
        say("kept");
        awaitLanded();
        driver.cancel(receive, socket);
        assertEquals(-Errno.ECANCELED, harness.await(receive).result());
        harness.provide(0);
        assertEquals("kept", harness.text(harness.await(harness.receive(socket))));
    }

    @Test
    void aCancelledReceiveEndsAtOnceAndTheNextGetsTheNextByte() throws IOException {
        harness.provide(0);
        long receive = harness.receive(socket);
        assertTrue(harness.isPending(receive));
        driver.cancel(receive, socket);
        Completion cancelled = harness.await(receive);
        assertEquals(new Completion(-Errno.ECANCELED, Driver.NO_FLAGS), cancelled);
        say("after");
        assertEquals("after", harness.text(harness.await(harness.receive(socket))));
    }

    @Test
    void theEndComesToTheReceiveAfterACancelledOne() throws IOException {
        long receive = harness.receive(socket);
        driver.cancel(receive, socket);
        peer.close();
        assertEquals(0, harness.await(harness.receive(socket)).result());
        assertEquals(0, harness.await(harness.receive(socket)).result(), "and to those behind");
    }

    @Test
    void aTokenThatIsNotInFlightIsNotCancelled() throws IOException {
        harness.provide(0);
        long receive = harness.receive(socket);
        driver.cancel(receive + (1L << 32), socket);
        driver.cancel(999_999, socket);
        assertTrue(harness.isPending(receive));
        say("y");
        assertEquals(1, harness.await(receive).result());
        driver.cancel(receive, socket);
        assertEquals(0, harness.drive(0));
    }

    @Test
    void aScatterFillsItsPiecesInOrder() throws IOException {
        IoVector pieces = new IoVector();
        MemorySegment first = harness.memory(8);
        MemorySegment second = harness.memory(8);
        pieces.add(first, 2, 3);
        pieces.add(second, 1, 4);
        long receive = harness.token();
        driver.receive(receive, socket, pieces);
        // The vector is the caller's again.
        pieces.clear();
        say("abcdefghij");
        assertEquals(7, harness.await(receive).result());
        assertEquals("abc", DriverHarness.text(first.asSlice(2), 3));
        assertEquals("defg", DriverHarness.text(second.asSlice(1), 4));
        assertEquals(0, first.get(ValueLayout.JAVA_BYTE, 5));
        harness.provide(0);
        assertEquals("hij", harness.text(harness.await(harness.receive(socket))));
    }

    @Test
    void moreThanABufferHoldsComesInSeveral() throws IOException {
        harness.provide(0);
        byte[] sent = new byte[3 * DriverHarness.BUFFER_BYTES + 17];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) ('a' + i % 26);
        }
        peer.getOutputStream().write(sent);
        StringBuilder got = new StringBuilder();
        while (got.length() < sent.length) {
            Completion completion = harness.await(harness.receive(socket));
            got.append(harness.text(completion));
            harness.provide(completion.buffer());
        }
        assertEquals(new String(sent, StandardCharsets.US_ASCII), got.toString());
    }

    @Test
    void anIdleConnectionHoldsLittleAndAWaitingOneNothing() throws IOException {
        assertEquals(0, landingBytes());
        long receive = harness.receive(socket);
        assertTrue(harness.isPending(receive));
        assertEquals(512, landingBytes());
        harness.provide(0);
        say("z");
        assertEquals(1, harness.await(receive).result());
        assertEquals(0, landingBytes());
    }

    @Test
    void aResetIsAnErrorOfItsOwn() throws IOException {
        long receive = harness.receive(socket);
        assertTrue(harness.isPending(receive));
        peer.setSoLinger(true, 0);
        peer.close();
        assertEquals(-Errno.ECONNRESET, harness.await(receive).result());
    }

    @Test
    void bytesThatAreThereAreReceivedBeforeTheEnd() throws IOException {
        harness.provide(0);
        say("last words");
        peer.close();
        assertEquals("last words", harness.text(harness.await(harness.receive(socket))));
        assertEquals(new Completion(0, Driver.NO_FLAGS), harness.await(harness.receive(socket)));
    }

    private void say(String text) throws IOException {
        peer.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private long landingBytes() {
        return driver.report().counters().get("landingBytes");
    }

    /** Until bytes have arrived for a receive that has no buffer. */
    private void awaitLanded() {
        long start = System.nanoTime();
        while (driver.provided().waitCount() == 0) {
            assertTrue(System.nanoTime() - start < 60_000_000_000L, "bytes arrive in time");
            harness.drive(100_000_000);
        }
    }
}
