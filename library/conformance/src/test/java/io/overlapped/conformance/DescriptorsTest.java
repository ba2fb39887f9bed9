package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server without descriptors: it neither fails nor spins, and goes on when some are free. */
class DescriptorsTest {
    private static final int LIMIT = 150;
    private static final int FLOOD = 250;

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void acceptsWaitOutAShortageAndConnectionsThereAreGoOn(String driver, @TempDir Path folder)
            throws Exception {
        Process server =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "ulimit -n " + LIMIT + " && exec \"$0\" \"$@\"",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                // The JDK would raise a soft limit to the hard one.
                                "-XX:-MaxFDLimit",
                                "-cp",
                                jars(folder),
                                EchoProcess.class.getName(),
                                driver)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        // Whatever hangs, hangs on this process: nothing waits longer than it lives.
        server.onExit()
                .orTimeout(240, TimeUnit.SECONDS)
                .exceptionally(_ -> server.destroyForcibly());
        List<Socket> flood = new ArrayList<>();
        try (BufferedReader answers = server.inputReader()) {
            int port = Integer.parseInt(answers.readLine());
            Socket first = connect(port);
            echo(first, 1);
            // Asked once before, so that every class is loaded while files can be opened.
            assertEquals(0, pauses(server, answers));
            for (int i = 0; i < FLOOD; i++) {
                flood.add(connect(port));
            }
            while (pauses(server, answers) == 0) {
                echo(first, 2);
            }
            long start = System.nanoTime();
            long before = pauses(server, answers);
            while (System.nanoTime() - start < 1_000_000_000L) {
                echo(first, 3);
            }
            long pauses = pauses(server, answers) - before;
            // 10 ms, 20, 40 … up to half a second: a busy loop would count hundreds of thousands.
            long halfSeconds = (System.nanoTime() - start) / 500_000_000L;
            assertTrue(pauses < 16 + 2 * halfSeconds, "accepts were tried again at once");
            for (Socket socket : flood.subList(0, FLOOD - 20)) {
                socket.close();
            }
            // Those that waited in the backlog are served now, and so is a new one.
            for (Socket socket : flood.subList(FLOOD - 20, FLOOD)) {
                echo(socket, 4);
            }
            Socket last = connect(port);
            echo(last, 5);
            last.close();
            first.close();
        } finally {
            for (Socket socket : flood) {
                socket.close();
            }
            server.getOutputStream().close();
            server.waitFor();
        }
        assertEquals(0, server.exitValue());
    }

    /**
     * The class path with every folder packed, as a server is deployed: out of a folder no class
     * can be loaded without a free descriptor.
     */
    static String jars(Path folder) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                path = pack(path, folder.resolve(entries.size() + ".jar"));
            }
            entries.add(path.toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private static Path pack(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }

    private static long pauses(Process server, BufferedReader answers) throws IOException {
        server.getOutputStream().write('\n');
        server.getOutputStream().flush();
        return Long.parseLong(answers.readLine());
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress("127.0.0.1", port), 60_000);
        return socket;
    }

    private static void echo(Socket socket, int value) throws IOException {
        socket.getOutputStream().write(value);
        assertEquals(value, socket.getInputStream().read());
    }
}
