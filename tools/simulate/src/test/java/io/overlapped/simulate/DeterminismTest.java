package io.overlapped.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.sim.Faults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("long")
class DeterminismTest {
    private static final Plan PLAN = new Plan(4, Duration.ofSeconds(3), Faults.swarm());

    static Stream<Workload> workloads() {
        return Workload.all().stream();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void aSeedReplaysToTheLetter(Workload workload) {
        for (long seed = 1; seed <= 3; seed++) {
            List<String> first = new ArrayList<>();
            List<String> second = new ArrayList<>();
            Outcome one = Simulation.traced(workload, PLAN, seed, first::add);
            Outcome two = Simulation.traced(workload, PLAN, seed, second::add);
            assertEquals(first, second);
            assertEquals(one.hash(), two.hash());
            assertEquals(one.events(), two.events());
            assertTrue(first.size() > 100, "the trace has " + first.size() + " lines");
            assertEquals(
                    one.hash(), Simulation.run(workload, PLAN, seed).hash(), "tracing changes it");
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void anotherSeedIsAnotherWorld(Workload workload) {
        assertNotEquals(
                Simulation.run(workload, PLAN, 1).hash(), Simulation.run(workload, PLAN, 2).hash());
    }

    @Test
    void twoProcessesComeToTheSameHash() throws IOException, InterruptedException {
        String here = hashOf(1, 4);
        assertEquals(here, inAnotherProcess());
        assertEquals(here, inAnotherProcess());
    }

    private static String hashOf(long from, long to) {
        return new Campaign(Workload.all(), PLAN, from, to).run(() -> 0, _ -> {}).hash();
    }

    private static String inAnotherProcess() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Djava.util.logging.config.file="
                                        + System.getProperty("java.util.logging.config.file"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Child.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(240, TimeUnit.SECONDS), "it does not end");
        assertEquals(0, process.exitValue(), out);
        return out.strip();
    }

    /** What the other process runs. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) {
            System.out.println(hashOf(1, 4));
        }
    }
}
