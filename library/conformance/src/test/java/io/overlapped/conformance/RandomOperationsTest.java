package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Options;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.sim.Fault;
import io.overlapped.sim.Faults;
import io.overlapped.sim.World;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random mixes of operations over few buffers: what was sent arrives, byte for byte and in order,
 * whatever is cancelled meanwhile. A seed is printed with its failure and replays the program, not
 * the kernel's timing.
 */
@Tag("long")
class RandomOperationsTest {
    private static final int SEEDS = 400;
    private static final int SIMULATED_SEEDS = 1500;

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void noByteIsLostDoubledOrMovedByRandomReceivesSendsAndCancels(String driver) {
        assumeRuns(driver);
        long bytes = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            bytes += new RandomOperations(new Machine.Real(), driver, seed).run();
        }
        assertTrue(bytes > 0);
    }

    /** Here the kernel's timing follows from the seed too. */
    @Test
    void norInASimulatedWorldWithEveryFaultThatMustNotBeNoticed() {
        Faults faults =
                Faults.swarm()
                        .without(Fault.CLOG)
                        .without(Fault.RESET)
                        .without(Fault.HALF_CLOSE)
                        .without(Fault.REFUSED)
                        .without(Fault.TIMED_OUT)
                        .without(Fault.ABORTED)
                        .without(Fault.DESCRIPTORS)
                        .without(Fault.MEMORY)
                        .without(Fault.HANDLER);
        long bytes = 0;
        long struck = 0;
        for (long seed = 0; seed < SIMULATED_SEEDS; seed++) {
            World world = new World(seed, faults);
            bytes += new RandomOperations(new SimMachine(world), "sim", seed).run();
            struck += world.faultCount();
            world.close();
        }
        assertTrue(bytes > 0);
        assertTrue(struck > SIMULATED_SEEDS, struck + " faults");
    }

    private static void assumeRuns(String driver) {
        try {
            Proactor.open(Options.defaults().withDriver(driver)).close();
        } catch (OverlappedException e) {
            Assumptions.abort(driver + " cannot run here: " + e.getMessage());
        }
    }
}
