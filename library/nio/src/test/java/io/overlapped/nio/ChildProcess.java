package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, for what would harm the others. */
final class ChildProcess {
    private ChildProcess() {}

    /**
     * Runs {@code main} and returns what it printed.
     *
     * @param shell what a shell does before it becomes the JVM, {@code ulimit} for instance
     */
    static String run(Class<?> main, String shell, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", shell + "; exec \"$@\""));
        command.add("sh");
        command.add(System.getProperty("java.home") + "/bin/java");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:-MaxFDLimit");
        command.add("-Dstdout.encoding=UTF-8");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it ends");
        return output;
    }
}
