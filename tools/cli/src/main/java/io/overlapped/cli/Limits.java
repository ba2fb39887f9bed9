package io.overlapped.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the system lets this process have, as it says itself.
 *
 * @param openFiles descriptors
 * @param lockedBytes memory that may be locked
 */
record Limits(Limit openFiles, Limit lockedBytes) {
    private static final Path SOURCE = Path.of("/proc/self/limits");

    /**
     * The limit in force and the one it can be raised to; {@code unlimited} and {@code unknown} are
     * values too.
     */
    record Limit(String soft, String hard) {}

    static Limits ofProcess() {
        try {
            return of(Files.readAllLines(SOURCE));
        } catch (IOException e) {
            return of(List.of());
        }
    }

    static Limits of(List<String> lines) {
        return new Limits(limit(lines, "Max open files"), limit(lines, "Max locked memory"));
    }

    private static Limit limit(List<String> lines, String name) {
        for (String line : lines) {
            if (line.startsWith(name)) {
                String[] columns = line.substring(name.length()).strip().split("\\s+", -1);
                return new Limit(columns[0], columns[1]);
            }
        }
        return new Limit("unknown", "unknown");
    }
}
