package io.overlapped.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.lab.model.Job;
import io.overlapped.lab.model.Models;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The process that serves: its one line, its steps, its ends. */
final class ServeTest {
    private static final long END_SECONDS_MAX = 60;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aServerSaysWhereItListensShowsStepsAndEndsWithZeroWhenToldTo() throws Exception {
        Process process = serve("--model", "selector", "--job", "echo", "--port", "0", "--watch");
        try (BufferedReader lines = process.inputReader()) {
            String line = lines.readLine();
            String expected =
                    "listening 127\\.0\\.0\\.1:(\\d+) model=selector job=echo pid=" + process.pid();
            assertTrue(line.matches(expected), line);
            int port = Integer.parseInt(line.replaceAll(expected, "$1"));
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.getOutputStream().write(42);
                assertEquals(42, socket.getInputStream().read());
            }
            assertTrue(lines.readLine().contains("\"connection\":1,\"step\":\"accepted\""));
            assertTrue(lines.readLine().contains("\"step\":\"ready\",\"detail\":\"Selector."));
            assertTrue(lines.readLine().contains("\"step\":\"read\",\"detail\":\"1 bytes\""));
            process.destroy();
            assertTrue(process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aModelThatCannotRunSaysWhyAndEndsWithOne() throws Exception {
        try (ServerSocket holder = new ServerSocket(0)) {
            String port = Integer.toString(holder.getLocalPort());
            Process process = serve("--model", "thread", "--job", "chat", "--port", port);
            try (BufferedReader errors = process.errorReader()) {
                String why = errors.readLine();
                assertTrue(why.startsWith("lab: thread cannot run here: "), why);
            }
            assertTrue(process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS));
            assertEquals(1, process.exitValue());
        }
    }

    @Test
    void aDriverThatIsNotThereIsRefusedAtOnce() throws Exception {
        Process process = serve("--model", "overlapped-port", "--driver", "none");
        try (BufferedReader errors = process.errorReader()) {
            String why = errors.readLine();
            assertTrue(why.contains("no driver is named 'none'"), why);
        }
        assertTrue(process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS));
        assertEquals(1, process.exitValue());
    }

    @Test
    void theListHasEachModelWithItsKind() throws Exception {
        Process process = serve("--list");
        try (BufferedReader lines = process.inputReader()) {
            List<String> listed = lines.lines().toList();
            assertEquals(Models.all().size(), listed.size());
            assertTrue(listed.contains("polling\tpolling"));
            assertTrue(listed.contains("epoll\treactor"));
            assertTrue(listed.contains("overlapped-port\tproactor"));
        }
        assertTrue(process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
    }

    @Test
    void wrongOptionsAreRefusedWithTheirNames() {
        assertRefused("--model is missing", "--job", "echo");
        assertRefused("unknown option --jop", "--jop", "echo");
        assertRefused("there is no job sing", "--model", "poll", "--job", "sing");
        assertRefused("--port must be", "--model", "poll", "--port", "65536");
        assertRefused("--port needs a value", "--model", "poll", "--port");
        ServeOptions options =
                ServeOptions.parse(
                        new String[] {"--model", "poll", "--job", "chat", "--port", "1"});
        assertEquals(new ServeOptions(false, "poll", Job.CHAT, 1, "auto", false), options);
    }

    private static void assertRefused(String why, String... arguments) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> ServeOptions.parse(arguments));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }

    private static Process serve(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Serve.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }
}
