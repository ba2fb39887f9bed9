package io.overlapped.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** The load generator finds what a server does wrong. */
class LoadTest {
    private static final int BYTES = 64;
    private static final long STALL_MILLIS = 400;

    /** It ends as soon as the fault is found. */
    private static final long FOUND_MILLIS = 60_000;

    /** What a server does to the bytes on their way back. */
    interface Trick {
        int answer(byte[] bytes, int count, long before) throws InterruptedException;
    }

    private static Reply visit(Request.Kind kind, long millis, Trick trick) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> serve(listener, trick));
            Request request =
                    new Request(
                            kind,
                            listener.getLocalPort(),
                            ProcessHandle.current().pid(),
                            1,
                            BYTES,
                            1,
                            1000,
                            20,
                            1000,
                            millis);
            try (Load load = Load.of(request)) {
                return load.run();
            }
        }
    }

    private static void serve(ServerSocket listener, Trick trick) {
        byte[] bytes = new byte[1 << 16];
        try (Socket socket = listener.accept()) {
            long before = 0;
            for (int n = socket.getInputStream().read(bytes);
                    n > 0;
                    n = socket.getInputStream().read(bytes)) {
                int count = trick.answer(bytes, n, before);
                socket.getOutputStream().write(bytes, 0, count);
                before += n;
            }
        } catch (IOException | InterruptedException e) {
            // The client has seen enough and has reset the connection.
        }
    }

    @Test
    void anHonestServerIsMeasured() throws IOException {
        Reply reply = visit(Request.Kind.ECHO, 300, (_, count, _) -> count);
        assertTrue(reply.messages() > 0, "messages were counted");
        assertEquals((double) reply.messages(), (double) reply.latency().getTotalCount(), 1.0);
    }

    @Test
    void oneWrongByteIsFound() {
        Trick flips =
                (bytes, count, before) -> {
                    if (before == 30 * BYTES) {
                        bytes[5] ^= 1;
                    }
                    return count;
                };
        var found =
                assertThrows(
                        IllegalStateException.class,
                        () -> visit(Request.Kind.ECHO, FOUND_MILLIS, flips));
        assertTrue(String.valueOf(found.getMessage()).contains("byte 1925 is"), found.getMessage());
    }

    @Test
    void aConnectionThatEndsEarlyIsFound() {
        Trick ends =
                (_, count, before) -> {
                    if (before == 30 * BYTES) {
                        throw new InterruptedException("the server goes");
                    }
                    return count;
                };
        var found =
                assertThrows(
                        IllegalStateException.class,
                        () -> visit(Request.Kind.ECHO, FOUND_MILLIS, ends));
        assertTrue(String.valueOf(found.getMessage()).contains("after 1920 bytes"));
    }

    @Test
    void aStalledServerIsChargedForEveryMessageThatWaited() throws IOException {
        boolean[] stalled = new boolean[1];
        Trick stalls =
                (_, count, before) -> {
                    if (before >= 300 * BYTES && !stalled[0]) {
                        stalled[0] = true;
                        Thread.sleep(STALL_MILLIS);
                    }
                    return count;
                };
        Reply reply = visit(Request.Kind.OPEN, 1000, stalls);
        // 1,000 a second: all that were due in the first half of the stall waited the other half.
        long halfNanos = STALL_MILLIS * 1_000_000 / 2;
        long waited = reply.latency().getCountBetweenValues(halfNanos, Long.MAX_VALUE / 2);
        assertTrue(waited >= STALL_MILLIS / 2 - 20, waited + " messages waited");
        assertEquals(
                1000.0,
                (double) reply.latency().getTotalCount(),
                2.0,
                "all that were due were answered");
    }

    @Test
    void aReplySurvivesItsLine() throws IOException {
        Reply reply = visit(Request.Kind.ECHO, 30, (_, count, _) -> count);
        Reply read = Reply.of(reply.line());
        assertEquals(reply.messages(), read.messages());
        assertEquals(reply.latency(), read.latency());
        assertThrows(
                IllegalStateException.class,
                () -> Reply.of(Reply.failure(new IllegalStateException("a wrong byte"))));
    }
}
