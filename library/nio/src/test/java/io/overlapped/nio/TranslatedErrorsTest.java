package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overlapped.spi.Errno;
import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the system speaks Korean, an error is the same error. */
@Timeout(300)
class TranslatedErrorsTest {
    private static final Map<String, String> KOREAN = Map.of("LC_ALL", "C.UTF-8", "LANGUAGE", "ko");

    @Test
    void errorsAreToldApartInAnotherLanguage() throws Exception {
        assumeTrue(new File("/bin/sh").exists(), "a child process is started by a shell");
        List<String> lines = ChildProcess.run(Child.class, ":", KOREAN).lines().toList();
        assumeFalse(
                lines.getFirst().contains("already in use"),
                "the C library's messages are not translated");
        assertFalse(lines.getFirst().isEmpty());
        assertEquals("in use " + -Errno.EADDRINUSE, lines.get(1));
        assertEquals("foreign " + -Errno.EADDRNOTAVAIL, lines.get(2));
        assertEquals("refused " + -Errno.ECONNREFUSED, lines.get(3));
        assertEquals("no network " + -Errno.ENETUNREACH, lines.get(4));
        assertEquals("reset " + -Errno.ECONNRESET, lines.get(5));
        assertEquals("after reset " + -Errno.EPIPE, lines.get(6));
    }

    @Test
    void aLackOfDescriptorsIsKnownInAnotherLanguage() throws Exception {
        assumeTrue(new File("/bin/sh").exists(), "ulimit needs a shell");
        String output = ChildProcess.run(DescriptorLimitTest.Child.class, "ulimit -n 64", KOREAN);
        String expected = "accept " + -Errno.EMFILE + ", open " + -Errno.EMFILE + ", accepted\n";
        assertEquals(expected, output);
    }

    /** Run in the other process: provokes each error and prints its number. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            try (DriverHarness harness = new DriverHarness();
                    ServerSocket server =
                            new ServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
                InetSocketAddress taken = (InetSocketAddress) server.getLocalSocketAddress();
                System.out.println(wordsFor(taken));
                System.out.println("in use " + harness.driver.listen(taken, 1, false));
                InetSocketAddress foreign = address(new byte[] {(byte) 192, 0, 2, 1}, 0);
                System.out.println("foreign " + harness.driver.listen(foreign, 1, false));
                server.close();
                System.out.println("refused " + connect(harness, taken));
                InetSocketAddress group = address(new byte[] {(byte) 224, 0, 0, 1}, 9);
                System.out.println("no network " + connect(harness, group));
                reset(harness);
            }
        }

        private static void reset(DriverHarness harness) throws IOException {
            int listener = harness.listen();
            Socket peer = harness.connectTo(listener);
            int socket = harness.accept(listener);
            peer.setSoLinger(true, 0);
            peer.close();
            int received = harness.await(harness.receive(socket)).result();
            System.out.println("reset " + received);
            int sent = harness.await(harness.send(socket, "x")).result();
            System.out.println("after reset " + sent);
        }

        private static String wordsFor(InetSocketAddress taken) throws IOException {
            try (ServerSocket second = new ServerSocket()) {
                second.bind(taken);
                throw new AssertionError("bound twice");
            } catch (BindException e) {
                return e.getMessage();
            }
        }

        private static int connect(DriverHarness harness, InetSocketAddress address) {
            int socket = harness.driver.open(address);
            long connect = harness.token();
            harness.driver.connect(connect, socket, address);
            return harness.await(connect).result();
        }

        private static InetSocketAddress address(byte[] bytes, int port) throws IOException {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
        }
    }
}
