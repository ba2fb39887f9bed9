package io.overlapped.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Each row of the torture, quickly; and a server with a fault, which the rows must find. */
@EnabledOnOs(OS.LINUX)
class QuickTortureTest {
    private static final int SECONDS_MAX = 1800;
    private static final Pattern RESULT =
            Pattern.compile("(passed|failed|skipped) +(\\S+) +(\\S+) +[\\d.]+ s *(.*)");

    private record Result(String outcome, String row, String driver, String reason) {
        void check() {
            Assumptions.assumeFalse(outcome.equals("skipped"), row + " " + driver + ": " + reason);
            assertEquals("passed", outcome, row + " " + driver + ": " + reason);
        }
    }

    @TestFactory
    @Timeout(value = SECONDS_MAX, unit = TimeUnit.SECONDS)
    Stream<DynamicTest> everyPromiseIsKeptForAMoment() throws Exception {
        List<Result> results = torture("--quick");
        assertTrue(results.size() >= 17, results.toString());
        return results.stream()
                .map(r -> DynamicTest.dynamicTest(r.row() + " " + r.driver(), r::check));
    }

    @TestFactory
    @Timeout(value = SECONDS_MAX, unit = TimeUnit.SECONDS)
    Stream<DynamicTest> aFaultyServerIsFound() throws Exception {
        List<String> faults = List.of("corrupt", "leak", "stall");
        List<String> reasons = List.of("is wrong", "it holds", "not within");
        List<String> arguments = new ArrayList<>(List.of("--quick", "--driver", "nio", "stops"));
        faults.forEach(fault -> arguments.addAll(List.of("--fault", fault)));
        List<Result> results = torture(arguments.toArray(new String[0]));
        assertEquals(faults.size(), results.size(), results.toString());
        return IntStream.range(0, faults.size())
                .mapToObj(i -> isFound(faults.get(i), results.get(i), reasons.get(i)));
    }

    private static DynamicTest isFound(String fault, Result result, String reason) {
        return DynamicTest.dynamicTest(
                fault,
                () -> {
                    assertEquals("failed", result.outcome(), result.reason());
                    String said = result.reason().replace('_', ' ');
                    assertTrue(said.contains(reason), said);
                });
    }

    private static List<Result> torture(String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Dtorture.modules=" + modules());
        command.add("-Dtorture.folder=.");
        command.add("Torture.java");
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        process.onExit()
                .orTimeout(SECONDS_MAX, TimeUnit.SECONDS)
                .exceptionally(_ -> process.destroyForcibly());
        List<Result> results = new ArrayList<>();
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                Matcher result = RESULT.matcher(line);
                if (result.matches()) {
                    results.add(
                            new Result(
                                    result.group(1),
                                    result.group(2),
                                    result.group(3),
                                    result.group(4)));
                }
            }
        }
        int status = process.waitFor();
        Files.writeString(
                Path.of("target", "torture" + String.join("", arguments) + ".txt"), output);
        boolean anyFailed = results.stream().anyMatch(r -> r.outcome().equals("failed"));
        if (results.isEmpty() || status != (anyFailed ? 1 : 0)) {
            fail("status " + status + ": " + output);
        }
        return results;
    }

    /** Where this build has the project and what it needs. */
    private static String modules() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes"))
                .filter(entry -> !entry.matches(".*(junit|opentest4j|apiguardian|surefire).*"))
                .map(entry -> Path.of(entry).toAbsolutePath())
                .filter(path -> path.toFile().exists())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
