package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.spi.Errno;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CloseTest {
    private final DriverHarness harness = new DriverHarness();
    private final NioDriver driver = harness.driver;

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void aCloseCompletesInADriveAndThePeerSeesTheEnd() throws IOException {
        int listener = harness.listen();
        try (Socket peer = harness.connectTo(listener)) {
            int socket = harness.accept(listener);
            long close = harness.token();
            driver.close(close, socket);
            assertFalse(harness.completions.containsKey(close));
            assertEquals(0, harness.await(close).result());
            assertEquals(-1, peer.getInputStream().read());
        }
    }

    @Test
    void aReadLeftArmedByACancelEndsBeforeTheCloseDoes() throws IOException {
        int listener = harness.listen();
        try (Socket _ = harness.connectTo(listener)) {
            int socket = harness.accept(listener);
            long receive = harness.receive(socket);
            assertTrue(harness.isPending(receive));
            driver.cancel(receive, socket);
            assertEquals(1, counter("handlersPending"));
            harness.closeSocket(socket);
            assertEquals(0, counter("handlersPending"));
            assertEquals(0, counter("landingBytes"));
        }
    }

    @Test
    void bytesThatLandedForAClosedSocketReachNoOther() throws IOException {
        harness.provide(0);
        int listener = harness.listen();
        int first;
        try (Socket peer = harness.connectTo(listener)) {
            first = harness.accept(listener);
            long receive = harness.receive(first);
            driver.cancel(receive, first);
            peer.getOutputStream().write(new byte[19]);
            while (counter("handlersPending") > 0) {
                harness.drive(100_000_000);
            }
            harness.closeSocket(first);
        }
        try (Socket peer = harness.connectTo(listener)) {
            int second = harness.accept(listener);
            assertEquals(first, second, "the number is used again");
            peer.getOutputStream().write('2');
            assertEquals("2", harness.text(harness.await(harness.receive(second))));
        }
        assertEquals(0, counter("landingBytes"));
    }

    @Test
    void nothingOfAClosedSocketCompletesAnymore() throws IOException {
        int listener = harness.listen();
        for (int i = 0; i < 50; i++) {
            try (Socket peer = harness.connectTo(listener)) {
                int socket = harness.accept(listener);
                long receive = harness.receive(socket);
                peer.getOutputStream().write('x');
                driver.cancel(receive, socket);
                harness.await(receive);
                harness.closeSocket(socket);
            }
        }
        int before = harness.completions.size();
        harness.drive(20_000_000);
        assertEquals(before, harness.completions.size());
    }

    @Test
    void aStreamWhoseConnectFailedIsClosedLikeAnyOther() throws IOException {
        int listener = harness.listen();
        var address = driver.localAddress(listener);
        harness.closeSocket(listener);
        int socket = driver.open(address);
        long connect = harness.token();
        driver.connect(connect, socket, address);
        assertEquals(-Errno.ECONNREFUSED, harness.await(connect).result());
        harness.closeSocket(socket);
    }

    private long counter(String name) {
        return driver.report().counters().get(name);
    }
}
