package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The flight recorder's module may be missing, as it is from a small run-time image. */
class WithoutRecorderTest {
    private static final long TIMEOUT_SECONDS = 120;

    @Test
    void onAClassPathAProactorWorksWithoutTheModule() throws Exception {
        String path = classes() + java.io.File.pathSeparator + testClasses();
        assertEquals(
                "recorder false, delivered 2, slow 1, in flight 1",
                run("--limit-modules", "java.base", "-cp", path, AloneMain.class.getName()));
    }

    @Test
    void asAModuleItWorksWithoutTheModule() throws Exception {
        assertEquals(
                "recorder false, delivered 2, slow 1, in flight 1",
                run(asModule("--limit-modules", "java.base")));
    }

    @Test
    void asAModuleItHasTheRecorderWhereTheModuleIsAdded() throws Exception {
        assertEquals(
                "recorder true, delivered 2, slow 1, in flight 1",
                run(asModule("--add-modules", "jdk.jfr")));
    }

    private static String[] asModule(String option, String modules) {
        return new String[] {
            option,
            modules,
            "--module-path",
            classes().toString(),
            "--patch-module",
            "io.overlapped=" + testClasses(),
            "--module",
            "io.overlapped/" + AloneMain.class.getName()
        };
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            byte[] output = process.getInputStream().readAllBytes();
            assertTrue(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS), "it does not end");
            return new String(output, StandardCharsets.UTF_8).strip();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Path classes() {
        return placeOf("classes");
    }

    private static Path testClasses() {
        return placeOf("test-classes");
    }

    /** Beside each other, wherever the build puts them. */
    private static Path placeOf(String folder) {
        return Path.of("target", folder).toAbsolutePath();
    }
}
