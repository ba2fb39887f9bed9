package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.nio.DriverHarness.Completion;
import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectTest {
    private final DriverHarness harness = new DriverHarness();
    private final NioDriver driver = harness.driver;

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void aStreamConnects() throws IOException {
        try (ServerSocket server = server(16)) {
            InetSocketAddress address = address(server);
            int socket = driver.open(address);
            assertNull(driver.remoteAddress(socket));
            assertEquals(0, connect(socket, address).result());
            try (Socket accepted = server.accept()) {
                assertEquals(address, driver.remoteAddress(socket));
                assertEquals(accepted.getRemoteSocketAddress(), driver.localAddress(socket));
                assertEquals(2, harness.await(harness.send(socket, "hi")).result());
                assertEquals('h', accepted.getInputStream().read());
            }
        }
    }

    @Test
    void whereNobodyListensAConnectIsRefused() throws IOException {
        InetSocketAddress address;
        try (ServerSocket server = server(1)) {
            address = address(server);
        }
        int socket = driver.open(address);
        assertEquals(-Errno.ECONNREFUSED, connect(socket, address).result());
        harness.closeSocket(socket);
    }

    @Test
    void aConnectToAGroupOfHostsFindsNoNetwork() throws IOException {
        InetAddress group = InetAddress.getByAddress(new byte[] {(byte) 224, 0, 0, 1});
        InetSocketAddress address = new InetSocketAddress(group, 9);
        int socket = driver.open(address);
        assertEquals(-Errno.ENETUNREACH, connect(socket, address).result());
        harness.closeSocket(socket);
    }

    @Test
    void anUnresolvedNameIsNoAddress() {
        InetSocketAddress address = InetSocketAddress.createUnresolved("nowhere.invalid", 1);
        int socket = driver.open(address);
        assertEquals(-Errno.EADDRNOTAVAIL, connect(socket, address).result());
        harness.closeSocket(socket);
    }

    @Test
    void aReceiveBeforeTheConnectIsAnError() {
        int socket = driver.open(DriverHarness.loopback());
        assertEquals(-Errno.ENOTCONN, harness.await(harness.receive(socket)).result());
        assertEquals(-Errno.ENOTCONN, harness.await(harness.send(socket, "x")).result());
        assertEquals(-Errno.ENOTCONN, driver.shutdownOutput(socket));
    }

    @Test
    void aCancelledConnectEndsAtOnceAndItsSocketCanBeClosed() throws IOException {
        List<SocketChannel> crowd = new ArrayList<>();
        try (ServerSocket server = server(1)) {
            InetSocketAddress address = address(server);
            fill(address, crowd);
            int socket = driver.open(address);
            long connect = harness.token();
            driver.connect(connect, socket, address);
            assertTrue(harness.isPending(connect), "a full backlog answers nobody");
            driver.cancel(connect, socket);
            assertEquals(new Completion(-Errno.ECANCELED, Driver.NO_FLAGS), harness.await(connect));
            harness.closeSocket(socket);
        } finally {
            for (SocketChannel channel : crowd) {
                channel.close();
            }
        }
    }

    /** Connects until the backlog is full and connects are left waiting. */
    private static void fill(InetSocketAddress address, List<SocketChannel> crowd)
            throws IOException {
        for (int i = 0; i < 8; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(address);
            crowd.add(channel);
        }
    }

    private Completion connect(int socket, InetSocketAddress address) {
        long connect = harness.token();
        driver.connect(connect, socket, address);
        return harness.await(connect);
    }

    private static ServerSocket server(int backlog) throws IOException {
        return new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
    }

    private static InetSocketAddress address(ServerSocket server) {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }
}
