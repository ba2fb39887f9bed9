package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overlapped.nio.DriverHarness.Completion;
import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListenTest {
    private final DriverHarness harness = new DriverHarness();
    private final NioDriver driver = harness.driver;

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void aPortInUseIsRefused() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress taken = (InetSocketAddress) other.getLocalSocketAddress();
            assertEquals(-Errno.EADDRINUSE, driver.listen(taken, 1, false));
        }
    }

    @Test
    void anAddressThatIsNotOursIsRefused() throws IOException {
        // Set aside for documentation: nobody has it.
        InetSocketAddress foreign = new InetSocketAddress(address(192, 0, 2, 1), 0);
        assertEquals(-Errno.EADDRNOTAVAIL, driver.listen(foreign, 1, false));
    }

    @Test
    void anUnresolvedAddressIsRefused() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 1);
        assertEquals(-Errno.EADDRNOTAVAIL, driver.listen(unresolved, 1, false));
    }

    @Test
    void sharedListenersHaveOneAddress() throws IOException {
        int first = driver.listen(DriverHarness.loopback(), 16, true);
        InetSocketAddress address = driver.localAddress(first);
        int second = driver.listen(address, 16, true);
        assertTrue(second >= 0, () -> "result " + second);
        assertEquals(address, driver.localAddress(second));
        assertEquals(-Errno.EADDRINUSE, driver.listen(address, 16, false));
    }

    @Test
    void aWildcardIsReportedAsItWasAskedFor() throws IOException {
        InetAddress any = address(0, 0, 0, 0);
        int listener = driver.listen(new InetSocketAddress(any, 0), 16, false);
        assertEquals(any, driver.localAddress(listener).getAddress());
        assertNotEquals(0, driver.localAddress(listener).getPort());
    }

    @Test
    void anAcceptCompletesWithASocketThatHasBothAddresses() throws IOException {
        int listener = harness.listen();
        long accept = harness.token();
        driver.accept(accept, listener);
        assertTrue(harness.isPending(accept));
        try (Socket peer = harness.connectTo(listener)) {
            int socket = harness.await(accept).result();
            assertEquals(peer.getLocalSocketAddress(), driver.remoteAddress(socket));
            assertEquals(peer.getRemoteSocketAddress(), driver.localAddress(socket));
        }
    }

    @Test
    void iPv6IsSpokenToo() throws IOException {
        InetAddress loopback = InetAddress.getByName("::1");
        assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "no IPv6 here");
        int listener = driver.listen(new InetSocketAddress(loopback, 0), 16, false);
        assertTrue(listener >= 0, () -> "result " + listener);
        try (Socket peer = harness.connectTo(listener)) {
            int socket = harness.accept(listener);
            assertEquals(peer.getLocalSocketAddress(), driver.remoteAddress(socket));
        }
    }

    @Test
    void theConnectionThatACancelledAcceptMissedGoesToTheNext() throws IOException {
        int listener = harness.listen();
        long accept = harness.token();
        driver.accept(accept, listener);
        assertTrue(harness.isPending(accept));
        driver.cancel(accept, listener);
        assertEquals(new Completion(-Errno.ECANCELED, Driver.NO_FLAGS), harness.await(accept));
        try (Socket first = harness.connectTo(listener);
                Socket second = harness.connectTo(listener)) {
            int socket = harness.accept(listener);
            assertEquals(first.getLocalSocketAddress(), driver.remoteAddress(socket));
            int next = harness.accept(listener);
            assertEquals(second.getLocalSocketAddress(), driver.remoteAddress(next));
        }
    }

    @Test
    void aConnectionNobodyAcceptedIsClosedWithItsListener() throws IOException {
        int listener = harness.listen();
        long accept = harness.token();
        driver.accept(accept, listener);
        driver.cancel(accept, listener);
        try (Socket peer = harness.connectTo(listener)) {
            peer.setSoTimeout(60_000);
            harness.drive(200_000_000);
            harness.closeSocket(listener);
            int end;
            try {
                end = peer.getInputStream().read();
            } catch (java.net.SocketException reset) {
                end = -1;
            }
            assertEquals(-1, end);
        }
    }

    @Test
    void anAddressCanBeBoundAgainOnceItsListenerIsClosed() throws IOException {
        InetSocketAddress address = null;
        for (int i = 0; i < 50; i++) {
            int listener =
                    driver.listen(address == null ? DriverHarness.loopback() : address, 4, false);
            assertTrue(listener >= 0, () -> "result " + listener);
            address = driver.localAddress(listener);
            try (Socket _ = harness.connectTo(listener)) {
                int socket = harness.accept(listener);
                long accept = harness.token();
                driver.accept(accept, listener);
                driver.cancel(accept, listener);
                harness.closeSocket(socket);
                harness.closeSocket(listener);
            }
        }
    }

    private static InetAddress address(int a, int b, int c, int d) throws IOException {
        return InetAddress.getByAddress(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d});
    }
}
