package io.overlapped.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Proactor;
import io.overlapped.session.SessionServer;
import io.overlapped.sim.World;
import io.overlapped.spi.DriverProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts each example as its readers would, and talks to it. */
@Tag("long")
class ExamplesTest {
    private static final Path FOLDER = Path.of("").toAbsolutePath();
    private static final int LINES_MAX = 30;
    private static final int TIMEOUT_MILLIS = 60_000;

    @ParameterizedTest
    @ValueSource(
            strings = {"EchoEvent", "EchoRoutine", "EchoPort", "Cores", "Shutdown", "Timeouts"})
    void anExampleEchoesToEveryClientWhateverTheOthersDo(String name) throws Exception {
        Process process = start(name);
        try (BufferedReader said = process.inputReader(UTF_8)) {
            String line = said.readLine();
            assertTrue(line != null && line.matches("listening 127.0.0.1:\\d+"), line);
            int port = Integer.parseInt(line.substring(line.indexOf(':') + 1));
            long seed = System.nanoTime();
            SplittableRandom random = new SplittableRandom(seed);
            try (Socket first = connect(port);
                    Socket second = connect(port)) {
                for (int i = 0; i < 20; i++) {
                    echo(first, random, seed);
                    reset(port, i % 2 == 0);
                    echo(second, random, seed);
                }
                connect(port).close();
                halfClose(first, random, seed);
                echo(second, random, seed);
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EchoEvent", "EchoRoutine", "EchoPort"})
    void anExampleIsShortAndShownInBothReadmes(String name) throws IOException {
        String source = Files.readString(FOLDER.resolve(name + ".java"));
        assertTrue(source.lines().count() <= LINES_MAX, name + " is longer than 30 lines");
        for (String readme : List.of("README.md", "README.ko.md")) {
            String text = Files.readString(FOLDER.resolveSibling(readme));
            assertTrue(
                    text.contains("```java\n" + source + "```\n"),
                    readme + " does not show examples/" + name + ".java as it is");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Shutdown,shutdown.md",
        "Cores,cores.md",
        "Timeouts,timeouts.md",
        "Structured,concurrency.md"
    })
    void aPageOfTheGuideShowsItsExampleAsItIs(String name, String guide) throws IOException {
        String source = Files.readString(FOLDER.resolve(name + ".java"));
        String page = Files.readString(FOLDER.resolve("../docs/guide", guide));
        assertTrue(page.contains("```java\n" + source + "```\n"), guide);
    }

    @Test
    void onASignalAServerTakesNoNewClientsAndServesThoseItHasToTheirEnd() throws Exception {
        Process process = start("Shutdown");
        try (BufferedReader said = process.inputReader(UTF_8)) {
            String line = said.readLine();
            int port = Integer.parseInt(line.substring(line.indexOf(':') + 1));
            long seed = System.nanoTime();
            SplittableRandom random = new SplittableRandom(seed);
            try (Socket client = connect(port)) {
                echo(client, random, seed);
                process.toHandle().destroy(); // leaves what it says readable
                assertEquals("no new clients", said.readLine());
                assertThrows(ConnectException.class, () -> connect(port));
                echo(client, random, seed);
                halfClose(client, random, seed);
            }
            assertEquals("closed", said.readLine());
            assertEquals(
                    128 + 15, process.waitFor(), "the exit code of a process ended by SIGTERM");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aScopeWhoseOneTaskFailsDoesNotWaitForTheOther() throws Exception {
        Process process = start("Structured", List.of("--enable-preview", "--source", "25"), "0");
        try (BufferedReader said = process.inputReader(UTF_8)) {
            assertEquals("REFUSED", said.readLine());
            assertEquals(0, process.waitFor());
        } finally {
            process.destroy();
        }
    }

    @Test
    void aServerOfOnesOwnIsTriedInSimulatedWorlds() throws Exception {
        Process process = start("Simulated", "40");
        try (BufferedReader said = process.inputReader(UTF_8)) {
            assertEquals("40 worlds, and the client was answered again in each", said.readLine());
            assertEquals(0, process.waitFor());
        } finally {
            process.destroy();
        }
    }

    @Test
    void aFramingOfOnesOwnIsWrittenInAFewLinesAndShownInTheGuide() throws Exception {
        String source = Files.readString(FOLDER.resolve("OwnFraming.java"));
        String framing = source.substring(source.indexOf("record "), source.indexOf("\n}\n") + 3);
        assertTrue(framing.lines().count() <= 20, framing);
        String guide = Files.readString(FOLDER.resolveSibling("docs/guide/framing.md"));
        assertTrue(guide.contains("```java\n" + framing + "```\n"), framing);
        Process process = start("OwnFraming");
        try (BufferedReader said = process.inputReader(UTF_8)) {
            assertEquals("5:hello,", said.readLine());
            assertEquals(0, process.waitFor());
        } finally {
            process.destroy();
        }
    }

    private static Process start(String name) throws IOException {
        return start(name, "0");
    }

    private static Process start(String name, String argument) throws IOException {
        return start(name, List.of(), argument);
    }

    private static Process start(String name, List<String> options, String argument)
            throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(options);
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "--module-path",
                        modulePath(),
                        "--add-modules",
                        "io.overlapped,io.overlapped.session,io.overlapped.uring,"
                                + "io.overlapped.nio,io.overlapped.sim",
                        "--enable-native-access=io.overlapped.uring",
                        name + ".java",
                        argument));
        return new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Where this build has the core, the sessions and the drivers. */
    private static String modulePath() {
        List<String> places = new ArrayList<>();
        places.add(placeOf(Proactor.class));
        places.add(placeOf(SessionServer.class));
        places.add(placeOf(World.class));
        for (DriverProvider provider : ServiceLoader.load(DriverProvider.class)) {
            places.add(placeOf(provider.getClass()));
        }
        assertEquals(5, places.size(), places.toString());
        return String.join(java.io.File.pathSeparator, places);
    }

    private static String placeOf(Class<?> type) {
        URI place = URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString());
        return Path.of(place).toString();
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private static void echo(Socket socket, SplittableRandom random, long seed) throws IOException {
        byte[] sent = new byte[1 + random.nextInt(40_000)];
        random.nextBytes(sent);
        socket.getOutputStream().write(sent);
        byte[] got = socket.getInputStream().readNBytes(sent.length);
        assertArrayEquals(sent, got, "seed " + seed);
    }

    private static void reset(int port, boolean talking) throws IOException {
        try (Socket socket = connect(port)) {
            if (talking) {
                socket.getOutputStream().write(new byte[1000]);
            }
            socket.setSoLinger(true, 0);
        }
    }

    private static void halfClose(Socket socket, SplittableRandom random, long seed)
            throws IOException {
        byte[] last = new byte[1 + random.nextInt(10_000)];
        random.nextBytes(last);
        socket.getOutputStream().write(last);
        socket.shutdownOutput();
        assertArrayEquals(last, socket.getInputStream().readAllBytes(), "seed " + seed);
    }
}
