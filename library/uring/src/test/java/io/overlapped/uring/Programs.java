package io.overlapped.uring;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Other programs that tests run: compilers, tracers, and Java in a process of its own. */
final class Programs {
    record Result(int status, String output) {}

    private static final int SECONDS_MAX = 120;

    private Programs() {}

    static Result run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        Thread killer =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                                    // What a tracer traces lives on, and holds the output open.
                                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                                    process.destroyForcibly();
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        killer.join();
        return new Result(status, output);
    }

    /** Skips the test, with the reason, where {@code command} cannot be run. */
    static void assumeRuns(String... command) throws InterruptedException {
        try {
            Result result = run(command);
            Assumptions.assumeTrue(
                    result.status() == 0,
                    () -> String.join(" ", command) + " failed here: " + result.output());
        } catch (IOException e) {
            Assumptions.abort(command[0] + " is not installed: " + e.getMessage());
        }
    }

    /** Runs {@code main} in a JVM of its own, behind a command such as a tracer. */
    static Result java(List<String> before, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-cp");
        command.add(System.getProperty("java.class.path").replace(':', File.pathSeparatorChar));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return run(command.toArray(new String[0]));
    }
}
