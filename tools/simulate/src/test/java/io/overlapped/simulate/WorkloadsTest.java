package io.overlapped.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.sim.Fault;
import io.overlapped.sim.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each workload in some worlds of every kind; longer runs are the command's. */
class WorkloadsTest {
    private static final int SEEDS = 8;
    private static final Plan PLAN = new Plan(5, Duration.ofSeconds(8), Faults.swarm());

    static Stream<Workload> workloads() {
        return Workload.all().stream();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void everySeedOfASwarmPasses(Workload workload) {
        Campaign campaign = new Campaign(List.of(workload), PLAN, 1, SEEDS);
        Report report = campaign.run(() -> 0, _ -> {});
        Outcome violation = report.violation();
        assertNull(violation, () -> workload.name() + ": " + violation);
        assertEquals(SEEDS, report.seeds());
        assertTrue(report.faultCount() > 1_000, "hardly a fault: " + report.faults());
    }

    /** A connection that was aborted just before the faults ended was taken for one of the calm. */
    @Test
    void aSeedThatOnceFailedPasses() {
        Workload echo = Workload.all().getFirst();
        assertEquals("echo", echo.name());
        assertNull(Simulation.run(echo, Plan.defaults(), 1279).violation());
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void whereNothingFailsEverybodyIsServed(Workload workload) {
        Plan plan = PLAN.withFaults(Faults.none());
        Outcome outcome = Simulation.run(workload, plan, 2);
        assertNull(outcome.violation());
        assertEquals(0, outcome.faultCount());
        long seconds = outcome.simulatedNanos() / 1_000_000_000;
        assertTrue(seconds < 40, "it took " + seconds + " s");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void hostsThatPauseCrashAndAreCutOffComeBack(Workload workload) {
        Faults faults =
                Faults.none()
                        .with(Fault.CRASH, 240)
                        .with(Fault.PAUSE, 240)
                        .with(Fault.PARTITION, 120)
                        .with(Fault.CLOCK_JUMP, 60);
        Plan plan = new Plan(4, Duration.ofMinutes(1), faults);
        for (long seed = 1; seed <= 3; seed++) {
            Outcome outcome = Simulation.run(workload, plan, seed);
            assertNull(outcome.violation());
            Map<Fault, Long> struck = outcome.faults();
            assertTrue(struck.get(Fault.CRASH) > 0, "no crash: " + struck);
        }
    }

    @Test
    void everyKindOfFaultStrikesSomewhere() {
        Campaign campaign = new Campaign(Workload.all(), PLAN, 100, 120);
        Report report = campaign.run(() -> 0, _ -> {});
        assertNull(report.violation());
        for (Fault fault : Fault.values()) {
            if (!fault.isTimed()) {
                assertTrue(report.faults().containsKey(fault), "no " + fault);
            }
        }
    }
}
