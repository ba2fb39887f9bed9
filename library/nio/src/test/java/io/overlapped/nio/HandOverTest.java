package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overlapped.spi.Errno;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream that one driver accepts and another one serves. */
@Timeout(300)
class HandOverTest {
    private static final File DESCRIPTORS = new File("/proc/self/fd");

    private final DriverHarness first = new DriverHarness();
    private final DriverHarness second = new DriverHarness();

    @Test
    void theOtherDriverReceivesSendsAndCloses() throws IOException {
        int listener = first.listen();
        second.provide(0);
        try (Socket peer = first.connectTo(listener)) {
            peer.getOutputStream().write('a');
            int socket = handOver(first.accept(listener));
            assertEquals("a", second.text(second.await(second.receive(socket))));
            second.provide(0);
            long receive = second.receive(socket);
            assertTrue(second.isPending(receive));
            peer.getOutputStream().write('b');
            assertEquals("b", second.text(second.await(receive)));
            assertEquals(3, second.await(second.send(socket, "abc")).result());
            assertEquals("abc", text(peer.getInputStream().readNBytes(3)));
            second.closeSocket(socket);
            assertEquals(-1, peer.getInputStream().read());
        }
        second.close();
        first.close();
    }

    @Test
    void itOutlivesTheDriverThatAcceptedItAndNothingIsLeftInTheEnd() throws IOException {
        second.close();
        first.close();
        assumeTrue(DESCRIPTORS.isDirectory(), "only Linux lists descriptors");
        int before = DESCRIPTORS.list().length;
        DriverHarness accepting = new DriverHarness();
        DriverHarness serving = new DriverHarness();
        int listener = accepting.listen();
        try (Socket peer = accepting.connectTo(listener)) {
            int detached = accepting.driver.detach(accepting.accept(listener));
            accepting.close();
            int socket = serving.driver.attach(detached);
            serving.provide(0);
            long receive = serving.receive(socket);
            assertTrue(serving.isPending(receive));
            peer.getOutputStream().write('x');
            assertEquals("x", serving.text(serving.await(receive)));
            serving.driver.receive(serving.token(), socket);
            serving.close();
            assertEquals(-1, peer.getInputStream().read());
        }
        assertEquals(before, DESCRIPTORS.list().length);
    }

    @Test
    void itGoesBackAndForth() throws IOException {
        int listener = first.listen();
        try (Socket peer = first.connectTo(listener)) {
            InputStream in = peer.getInputStream();
            int socket = first.accept(listener);
            for (int i = 0; i < 100; i++) {
                assertEquals(1, first.await(first.send(socket, "1")).result());
                socket = second.driver.attach(first.driver.detach(socket));
                assertEquals(1, second.await(second.send(socket, "2")).result());
                socket = first.driver.attach(second.driver.detach(socket));
                assertEquals("12", text(in.readNBytes(2)));
            }
        }
        first.close();
        second.close();
    }

    @Test
    void aStreamInUseStays() throws IOException {
        int listener = first.listen();
        first.provide(0);
        try (Socket peer = first.connectTo(listener)) {
            int socket = first.accept(listener);
            long receive = first.receive(socket);
            assertEquals(-Errno.EBUSY, first.driver.detach(socket));
            first.driver.cancel(receive, socket);
            first.await(receive);
            assertEquals(-Errno.EBUSY, first.driver.detach(socket), "its read is still armed");
            peer.getOutputStream().write("yz".getBytes(StandardCharsets.US_ASCII));
            while (first.driver.report().counters().get("handlersPending") > 0) {
                first.drive(100_000_000);
            }
            assertEquals(-Errno.EBUSY, first.driver.detach(socket), "it has brought bytes");
            assertEquals("yz", first.text(first.await(first.receive(socket))));
            assertEquals(1, second.await(second.send(handOver(socket), "!")).result());
            assertEquals('!', peer.getInputStream().read());
        }
        first.close();
        second.close();
    }

    @Test
    void oneThatNobodyAttachesIsDiscardedEvenAfterTheDrivers() throws IOException {
        int listener = first.listen();
        try (Socket peer = first.connectTo(listener);
                Socket other = first.connectTo(listener)) {
            int detached = first.driver.detach(first.accept(listener));
            int later = first.driver.detach(first.accept(listener));
            first.driver.discard(detached);
            assertEquals(-1, peer.getInputStream().read());
            first.close();
            second.close();
            other.getOutputStream().write('o');
            second.driver.discard(later);
            assertTrue(endOf(other) <= 0, "it is closed");
        }
    }

    @Test
    void manyGoFromThreadToThread() throws Exception {
        second.close();
        int count = 200;
        int listener = first.listen();
        BlockingQueue<Integer> detached = new ArrayBlockingQueue<>(count);
        FutureTask<Integer> served = new FutureTask<>(() -> serve(detached, count));
        Thread serving = Thread.ofPlatform().start(served);
        int sum = 0;
        for (int i = 0; i < count; i++) {
            try (Socket peer = first.connectTo(listener)) {
                detached.put(first.driver.detach(first.accept(listener)));
                // Sometimes before the other driver has armed its read, sometimes after.
                peer.getOutputStream().write(i);
                assertEquals(i, peer.getInputStream().read());
                sum += i;
            }
        }
        serving.join();
        assertEquals(sum, served.get());
        first.close();
    }

    /** Echoes one byte on each; their sum. */
    private static int serve(BlockingQueue<Integer> detached, int count) throws Exception {
        int sum = 0;
        DriverHarness harness = new DriverHarness();
        for (int i = 0; i < count; i++) {
            harness.provide(0);
            int socket = harness.driver.attach(detached.take());
            DriverHarness.Completion received = harness.await(harness.receive(socket));
            assertEquals(1, received.result());
            byte value = harness.buffer(received).get(java.lang.foreign.ValueLayout.JAVA_BYTE, 0);
            sum += Byte.toUnsignedInt(value);
            long sent = harness.token();
            harness.driver.send(
                    sent, socket, DriverHarness.vector(harness.buffer(received).asSlice(0, 1)));
            assertEquals(1, harness.await(sent).result());
            harness.closeSocket(socket);
        }
        harness.close();
        return sum;
    }

    private int handOver(int socket) {
        int detached = first.driver.detach(socket);
        assertTrue(detached >= 0, () -> "detach: " + detached);
        return second.driver.attach(detached);
    }

    /** What a read brings of a connection that was closed with bytes unread, 0 for a reset. */
    private static int endOf(Socket peer) {
        try {
            return peer.getInputStream().read();
        } catch (IOException e) {
            return 0;
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
