package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overlapped.spi.Errno;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process of its own has no descriptors left. */
@Timeout(300)
class DescriptorLimitTest {

    @Test
    void anAcceptWithoutDescriptorsSaysSoAndWorksAgainLater() throws Exception {
        assumeTrue(new File("/bin/sh").exists(), "ulimit needs a shell");
        String output = ChildProcess.run(Child.class, "ulimit -n 64", Map.of());
        String expected = "accept " + -Errno.EMFILE + ", open " + -Errno.EMFILE + ", accepted\n";
        assertEquals(expected, output);
    }

    /** Run in the other process. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            try (DriverHarness harness = new DriverHarness()) {
                int listener = harness.listen();
                // Once with descriptors, so that every class is loaded.
                harness.connectTo(listener).close();
                harness.accept(listener);
                int opened = harness.driver.open(DriverHarness.loopback());
                harness.closeSocket(opened);
                int _ = SocketErrors.errno(new IOException("x"), SocketErrors.Call.OPEN);
                try (Socket _ = harness.connectTo(listener)) {
                    System.out.println(withoutDescriptors(harness, listener));
                }
            }
        }

        private static String withoutDescriptors(DriverHarness harness, int listener)
                throws IOException {
            ArrayDeque<FileInputStream> files = new ArrayDeque<>();
            try {
                while (true) {
                    files.push(new FileInputStream("/dev/null"));
                }
            } catch (IOException full) {
                // As intended.
            }
            long accept = harness.token();
            harness.driver.accept(accept, listener);
            int result = harness.await(accept).result();
            int open = harness.driver.open(DriverHarness.loopback());
            while (!files.isEmpty()) {
                files.pop().close();
            }
            harness.accept(listener);
            return "accept " + result + ", open " + open + ", accepted";
        }
    }
}
