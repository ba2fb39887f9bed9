package io.overlapped.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Maven has printed, each line under the milliseconds since its start.
 *
 * <p>Threads: any.
 */
final class MavenLog {
    /** Has Maven print the milliseconds. */
    static final String TIMED = "-Dorg.slf4j.simpleLogger.showDateTime=true";

    private static final int LINES_MAX = 12;

    private MavenLog() {}

    /**
     * When the first tests began.
     *
     * @param otherwise if none did
     */
    static double secondsBeforeTests(Path log, double otherwise) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            Optional<String> first =
                    lines.filter(line -> line.matches("[0-9]+ .*T E S T S.*")).findFirst();
            return first.map(line -> Long.parseLong(line.split(" ", 2)[0]) / 1e3).orElse(otherwise);
        }
    }

    /** Whether the JVM of the tests came to an end of its own. */
    static boolean tellsOfCrash(Path log) throws IOException {
        return Files.readString(log).contains("The forked VM terminated without properly");
    }

    /** The first errors, and warnings that are errors. */
    static String errors(Path log) throws IOException {
        List<String> lines =
                Files.readAllLines(log).stream()
                        .filter(line -> line.contains("[ERROR]") || line.contains("[WARNING] /"))
                        .limit(LINES_MAX)
                        .toList();
        return String.join("\n", lines);
    }
}
