package io.overlapped.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the process that listens on a port, where Linux lets us see it.
 *
 * <p>The socket tables of {@code /proc/net} give the inode of the listener; the process is the one
 * that has a descriptor of that inode. Other users' descriptors are hidden from all but root.
 */
final class PortHolder {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTEN = "0A";

    /**
     * A line of a socket table.
     *
     * @param inode 0 if the socket has none any more
     */
    record Listener(int port, long uid, long inode) {}

    private PortHolder() {}

    /** Who listens on the port, in words that follow "in use by". */
    static String of(int port) {
        return of(port, PROC);
    }

    static String of(int port, Path proc) {
        if (!Files.isReadable(proc.resolve("net/tcp"))) {
            return "another process ('lsof -i :" + port + "' may show it)";
        }
        Listener listener = null;
        for (String table : List.of("net/tcp", "net/tcp6")) {
            for (String line : lines(proc.resolve(table))) {
                Optional<Listener> found = listener(line).filter(l -> l.port() == port);
                listener = found.orElse(listener);
            }
        }
        if (listener == null) {
            return "a socket that does not listen, or one that this process cannot see";
        }
        return process(proc, listener.inode())
                .orElse(
                        "a process of the user with the number "
                                + listener.uid()
                                + " (root can see which: ss -ltnp)");
    }

    /** The listener that a line of a socket table describes; empty for any other line. */
    static Optional<Listener> listener(String line) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length < 10 || !fields[3].equals(LISTEN)) {
            return Optional.empty();
        }
        int port =
                HexFormat.fromHexDigits(fields[1], fields[1].indexOf(':') + 1, fields[1].length());
        return Optional.of(
                new Listener(port, Long.parseLong(fields[7]), Long.parseLong(fields[9])));
    }

    private static Optional<String> process(Path proc, long inode) {
        String link = "socket:[" + inode + "]";
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, link)) {
                    return Optional.of(
                            "process " + process.getFileName() + " (" + name(process) + ")");
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, String link) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (link.equals(target(descriptor))) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }

    /** Null when the descriptor was closed since it was listed. */
    private static @Nullable String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return null;
        }
    }

    private static String name(Path process) {
        List<String> lines = lines(process.resolve("comm"));
        return lines.isEmpty() ? "its name is hidden" : lines.getFirst();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
