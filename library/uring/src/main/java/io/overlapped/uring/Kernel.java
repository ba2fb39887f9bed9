package io.overlapped.uring;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the kernel says of itself and of this process, as text for people. */
final class Kernel {
    private static final String UNKNOWN = "unknown";

    private Kernel() {}

    static String release() {
        return line("/proc/sys/kernel/osrelease");
    }

    /** The sysctl that forbids io_uring: 0 nobody, 1 the unprivileged, 2 everybody. */
    static String ioUringDisabled() {
        return line("/proc/sys/kernel/io_uring_disabled");
    }

    static String seccomp() {
        return switch (field("/proc/self/status", "Seccomp:")) {
            case "0" -> "no seccomp filter";
            case "1" -> "seccomp strict mode";
            case "2" -> "a seccomp filter is active";
            default -> "seccomp state unknown";
        };
    }

    static boolean isFiltered() {
        return field("/proc/self/status", "Seccomp:").equals("2");
    }

    static String openFiles() {
        return limit("Max open files");
    }

    static String lockedMemory() {
        return limit("Max locked memory");
    }

    static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kernel", release());
        facts.put("io_uring_disabled", ioUringDisabled());
        facts.put("seccomp", seccomp());
        facts.put("openFiles", openFiles());
        facts.put("lockedMemory", lockedMemory());
        return facts;
    }

    private static String limit(String name) {
        String values = field("/proc/self/limits", name);
        String[] columns = values.split("\\s+", -1);
        return columns.length < 2 ? UNKNOWN : columns[0] + " (hard " + columns[1] + ")";
    }

    private static String line(String path) {
        // In one read: a sysctl answers the second with the end, and its file says it is empty.
        try (BufferedReader reader = Files.newBufferedReader(Path.of(path))) {
            String line = reader.readLine();
            return line == null ? UNKNOWN : line.strip();
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    private static String field(String path, String name) {
        try {
            for (String line : Files.readAllLines(Path.of(path))) {
                if (line.startsWith(name)) {
                    return line.substring(name.length()).strip();
                }
            }
        } catch (IOException e) {
            // Unknown, as below.
        }
        return UNKNOWN;
    }
}
