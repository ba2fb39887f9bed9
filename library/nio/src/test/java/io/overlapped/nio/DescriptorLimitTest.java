package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.overlapped.spi.Errno;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process of its own has no descriptors left. */
@Timeout(60)
class DescriptorLimitTest {
    private static final String LIMIT = "64";

    @Test
    void anAcceptWithoutDescriptorsSaysSoAndWorksAgainLater() throws Exception {
        assumeTrue(new File("/bin/sh").exists(), "ulimit needs a shell");
        Process process =
                new ProcessBuilder(
                                "/bin/sh",
                                "-c",
                                "ulimit -n " + LIMIT + "; exec \"$0\" \"$@\"",
                                System.getProperty("java.home") + "/bin/java",
                                "-Xshare:auto",
                                "-XX:-MaxFDLimit",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Child.class.getName())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(true, process.waitFor(30, TimeUnit.SECONDS));
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
                int refused = harness.driver.open(DriverHarness.loopback());
                harness.closeSocket(refused);
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
