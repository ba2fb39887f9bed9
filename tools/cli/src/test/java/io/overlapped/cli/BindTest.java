package io.overlapped.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.OverlappedException;
import io.overlapped.Status;
import io.overlapped.spi.Errno;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BindTest {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 3500);
    private static final Duration SHORT = Duration.ofMillis(600);

    private static String failure(InetSocketAddress address, Exception cause) {
        UserError error =
                assertThrows(
                        UserError.class,
                        () ->
                                Bind.open(
                                        address,
                                        Duration.ZERO,
                                        () -> {
                                            throw cause;
                                        }));
        return String.valueOf(error.getMessage());
    }

    @Test
    void aFreeAddressIsOpenedAtOnce() throws Exception {
        assertEquals("open", Bind.open(LOOPBACK, () -> "open"));
    }

    @Test
    void aBusyAddressIsTriedUntilItIsFree() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        String opened =
                Bind.open(
                        LOOPBACK,
                        () -> {
                            if (tries.incrementAndGet() < 4) {
                                throw new OverlappedException("bind", Errno.EADDRINUSE);
                            }
                            return "open";
                        });
        assertEquals("open", opened);
        assertEquals(4, tries.get());
    }

    @Test
    void anAddressThatStaysBusyFailsAndItsHolderIsNamed() throws IOException {
        try (var holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = new InetSocketAddress("127.0.0.1", holder.getLocalPort());
            AtomicInteger tries = new AtomicInteger();
            UserError error =
                    assertThrows(
                            UserError.class,
                            () ->
                                    Bind.open(
                                            address,
                                            SHORT,
                                            () -> {
                                                tries.incrementAndGet();
                                                return new ServerSocket(
                                                        address.getPort(), 1, address.getAddress());
                                            }));
            assertTrue(tries.get() > 1, () -> "tries: " + tries);
            String message = String.valueOf(error.getMessage());
            String who = PortHolder.of(address.getPort());
            assertTrue(
                    message.startsWith(
                            "127.0.0.1 port " + address.getPort() + " is in use by " + who),
                    message);
            assertTrue(message.contains("--port"), message);
        }
    }

    @Test
    void anAddressOfAnotherMachineFailsWithOurOwn() {
        var elsewhere = new InetSocketAddress("192.0.2.1", 3500);
        String message = failure(elsewhere, new OverlappedException("bind", Errno.EADDRNOTAVAIL));
        assertTrue(message.startsWith("192.0.2.1 is not an address of this machine; "), message);
        assertTrue(message.contains("127.0.0.1"), message);
    }

    @Test
    void aPrivilegedPortFailsWithTheWayRound() {
        var privileged = new InetSocketAddress("127.0.0.1", 80);
        String message = failure(privileged, new OverlappedException("bind", Errno.EACCES));
        assertTrue(message.contains("ports below 1024 need a privilege"), message);
    }

    @Test
    void noDescriptorsLeftFailsWithTheLimit() {
        String message = failure(LOOPBACK, new OverlappedException("socket", Errno.EMFILE));
        assertTrue(message.contains("no file descriptors left (limit "), message);
        assertTrue(message.contains("ulimit -n"), message);
    }

    @Test
    void errorsOfTheJdksSocketsAreRecognisedAlsoInsideAnother() {
        assertEquals(
                Status.ADDRESS_IN_USE,
                Bind.statusOf(
                        new IOException("page", new BindException("Address already in use"))));
        assertEquals(
                Status.ADDRESS_NOT_AVAILABLE,
                Bind.statusOf(new BindException("Cannot assign requested address")));
        assertEquals(Status.ACCESS_DENIED, Bind.statusOf(new SocketException("Permission denied")));
        assertEquals(
                Status.FILES_EXHAUSTED, Bind.statusOf(new SocketException("Too many open files")));
    }

    @Test
    void anyOtherFailureIsPassedOnAsItIs() {
        IOException other = new IOException("disk");
        Exception thrown =
                assertThrows(
                        IOException.class,
                        () ->
                                Bind.open(
                                        LOOPBACK,
                                        () -> {
                                            throw other;
                                        }));
        assertSame(other, thrown);
    }
}
