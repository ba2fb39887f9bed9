package io.overlapped.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many files, and so connections, a process may have open. */
final class OpenFiles {
    private static final String LINE = "Max open files";
    private static final int HARD = 1;

    /** What a JVM has open beside its connections, and some to spare. */
    private static final int OTHERS = 200;

    private OpenFiles() {}

    /** Throws with the reason and the remedy if the limit is too low for a workload. */
    static void require(Workload workload) throws IOException {
        require(workload.connections(), Files.readAllLines(Path.of("/proc/self/limits")));
    }

    /**
     * @param limits the lines of the system's table
     */
    static void require(int connections, List<String> limits) {
        int needed = connections + OTHERS;
        for (String line : limits) {
            if (line.startsWith(LINE)) {
                String most = line.substring(LINE.length()).strip().split("\\s+", -1)[HARD];
                if (!most.equals("unlimited") && Long.parseLong(most) < needed) {
                    throw new Unavailable(
                            "it needs %,d open files, and the limit is %s; raise it, such as by 'ulimit -n %d'"
                                    .formatted(needed, most, 2 * needed));
                }
            }
        }
    }
}
