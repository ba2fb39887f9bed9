package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The same program sees the same on every driver, in the simulator, and where its two ends have
 * different drivers: random programs of legal and odd calls are run on each configuration, and what
 * they see is compared with what they see in the simulator.
 *
 * <p>A difference is printed with its seed and the shortest program that shows it. {@code
 * -Ddifferential.seeds=5000} runs more seeds, {@code -Ddifferential.from=1234} begins there.
 */
class DifferentialTest {
    private static final long FROM = Long.getLong("differential.from", 0);
    private static final long SEEDS = Long.getLong("differential.seeds", 120);

    private static List<Configuration> configurations() {
        List<Configuration> all = new ArrayList<>(Configuration.SINGLE);
        all.addAll(Configuration.MIXED);
        all.removeIf(configuration -> configuration.obstacle() != null);
        assertTrue(all.indexOf(Configuration.SIM) == 0, "the simulator is what others are held to");
        return all;
    }

    @Test
    void theSameProgramSeesTheSameOnEveryDriver() {
        KnownDifferences known = new KnownDifferences();
        Differential differential = new Differential(configurations(), known);
        for (long seed = FROM; seed < FROM + SEEDS; seed++) {
            List<Step> program = RandomProgram.of(seed);
            Differential.Difference difference = differential.find(program);
            if (difference != null) {
                throw new AssertionError(told(differential, seed, program, difference));
            }
        }
        if (configurations().size() > 1) {
            assertEquals(List.of(), known.unseen(), "differences that are none any more");
        }
    }

    private static String told(
            Differential differential,
            long seed,
            List<Step> program,
            Differential.Difference found) {
        List<Step> shortest = differential.shrink(program, found);
        StringBuilder text = new StringBuilder();
        text.append("seed ").append(seed).append(": ").append(found);
        text.append("%n%nthe shortest program:%n".formatted());
        for (int i = 0; i < shortest.size(); i++) {
            text.append("  %d %s%n".formatted(i, shortest.get(i)));
        }
        return text.append(differential.find(shortest)).toString();
    }
}
