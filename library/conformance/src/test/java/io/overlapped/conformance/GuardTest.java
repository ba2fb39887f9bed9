package io.overlapped.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard finds what it is there for: a buffer in use that was given back. */
class GuardTest {
    private static final int SECONDS_MAX = 120;
    private static final int SEEDS = 100;

    @ParameterizedTest
    @CsvSource({
        "java, uring, SIGSEGV",
        "java, nio, SIGSEGV",
        "driver, uring, the kernel met a buffer that nobody has",
        // The kernel writes to a block of the driver's, which copies from there.
        "driver, nio, SIGSEGV",
    })
    void aLateUseIsFound(String user, String driver, String expected, @TempDir Path folder)
            throws Exception {
        assumeRuns(driver + GuardProvider.SUFFIX);
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:-CreateCoredumpOnCrash",
                                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                LateUse.class.getName(),
                                user,
                                driver)
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        process.onExit()
                .orTimeout(SECONDS_MAX, TimeUnit.SECONDS)
                .exceptionally(_ -> process.destroyForcibly());
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertNotEquals(0, process.waitFor(), output);
        assertTrue(output.contains("before "), output);
        assertTrue(output.contains(expected), output);
        assertFalse(output.contains("not found"), output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void randomOperationsUseNoBufferLate(String driver) {
        String guarded = driver + GuardProvider.SUFFIX;
        assumeRuns(guarded);
        long bytes = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            bytes += new RandomOperations(new Machine.Real(), guarded, seed).run();
        }
        assertTrue(bytes > 0);
    }

    private static void assumeRuns(String driver) {
        try {
            Proactor.open(io.overlapped.Options.defaults().withDriver(driver)).close();
        } catch (OverlappedException e) {
            Assumptions.abort(driver + ": " + e.getMessage());
        }
    }
}
