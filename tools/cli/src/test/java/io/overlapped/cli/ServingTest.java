package io.overlapped.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ServingTest {
    /** A server in a process of its own, so that it can be sent signals. */
    static final class Server {
        private Server() {}

        public static void main(String[] args) throws InterruptedException {
            PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
            PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
            AutoCloseable server =
                    () -> {
                        if (args[0].equals("faulty")) {
                            throw new IOException("stuck");
                        }
                        out.println("closed");
                    };
            var listening = new Listening(new InetSocketAddress("127.0.0.1", 3500), "echo", "nio");
            Serving.untilStopped(server, List.of(listening), false, out, err);
        }
    }

    private static Process start(String kind) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName(),
                        kind)
                .start();
    }

    private static int signal(Process process, String name) throws Exception {
        Process kill =
                new ProcessBuilder("kill", "-s", name, String.valueOf(process.pid())).start();
        assertEquals(0, kill.waitFor());
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it still runs");
        return process.exitValue();
    }

    private static void assertClosesOn(String signal) throws Exception {
        Process process = start("sound");
        try (BufferedReader out = process.inputReader()) {
            assertTrue(String.valueOf(out.readLine()).startsWith("listening 127.0.0.1:3500 "));
            assertEquals(0, signal(process, signal));
            assertEquals("closed", out.readLine());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aTerminationClosesTheServerAndTheExitCodeIsZero() throws Exception {
        assertClosesOn("TERM");
    }

    @Test
    void anInterruptClosesTheServerAndTheExitCodeIsZero() throws Exception {
        assertClosesOn("INT");
    }

    @Test
    void aServerThatCannotCloseSaysSoAndTheExitCodeIsOne() throws Exception {
        Process process = start("faulty");
        try (BufferedReader out = process.inputReader();
                BufferedReader err = process.errorReader()) {
            out.readLine();
            assertEquals(1, signal(process, "TERM"));
            assertEquals("overlapped: closing failed: java.io.IOException: stuck", err.readLine());
        } finally {
            process.destroyForcibly();
        }
    }
}
