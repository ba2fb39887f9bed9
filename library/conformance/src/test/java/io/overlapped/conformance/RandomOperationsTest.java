package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Options;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random mixes of operations over few buffers: what was sent arrives, byte for byte and in order,
 * whatever is cancelled meanwhile. A seed is printed with its failure and replays the program, not
 * the kernel's timing.
 */
class RandomOperationsTest {
    private static final int SEEDS = 400;

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void noByteIsLostDoubledOrMovedByRandomReceivesSendsAndCancels(String driver) {
        assumeRuns(driver);
        long bytes = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            bytes += new RandomOperations(driver, seed).run();
        }
        assertTrue(bytes > 0);
    }

    private static void assumeRuns(String driver) {
        try {
            Proactor.open(Options.defaults().withDriver(driver)).close();
        } catch (OverlappedException e) {
            Assumptions.abort(driver + " cannot run here: " + e.getMessage());
        }
    }
}
