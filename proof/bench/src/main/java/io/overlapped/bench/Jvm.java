package io.overlapped.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command of a JVM with this one's class path. */
final class Jvm {
    /** The same for every Java server: one core gets the serial collector anyway. */
    private static final List<String> OPTIONS =
            List.of(
                    "-Xmx1g",
                    "-XX:MaxDirectMemorySize=2g",
                    "-XX:+UseSerialGC",
                    "-XX:-UsePerfData",
                    "-Xshare:auto",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    /** Further options for our servers and the peers alike, to try. */
    private static final String VARIABLE = "OVERLAPPED_BENCH_JAVA_OPTS";

    private Jvm() {}

    static List<String> command(List<String> options, String program) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(options);
        String more = System.getenv(VARIABLE);
        if (more != null && !more.isBlank()) {
            command.addAll(List.of(more.strip().split("\\s+")));
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(program);
        return command;
    }
}
