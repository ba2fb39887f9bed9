package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.sim.SingleFault;
import io.overlapped.sim.SingleFault.Kind;
import io.overlapped.spi.Errno;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every test of the contract once more for each thing that can go wrong in it: each completion
 * fails, is short, is cancelled or late, each buffer is refused, each routine throws.
 *
 * <p>All of it takes minutes: {@code mvn test -pl library/conformance -am -Dtest=SingleFaultTest
 * -Dfaults=all}. Without that a scenario with many completions is tried at some of them, evenly
 * spread.
 */
class SingleFaultTest {
    private static final List<Integer> ERRORS =
            List.of(Errno.ECONNRESET, Errno.ENOBUFS, Errno.EMFILE, Errno.EINVAL);
    private static final long SAMPLES = 6;
    private static final boolean ALL = "all".equals(System.getProperty("faults"));

    private static final Map<Kind, Long> POSSIBLE = new EnumMap<>(Kind.class);
    private static final Map<Kind, Long> TRIED = new EnumMap<>(Kind.class);

    @TestFactory
    Stream<DynamicTest> noSingleFaultMakesAScenarioHangLeakOrCompleteTwice() {
        return Scenario.all().stream()
                .map(scenario -> DynamicTest.dynamicTest(scenario.toString(), () -> all(scenario)));
    }

    @AfterAll
    static void tell() {
        System.out.println("single faults tried " + TRIED + " of " + POSSIBLE);
    }

    private static void all(Scenario scenario) {
        Scenario.Run clean = scenario.run(null);
        assertNull(clean.thrown());
        assertNull(clean.left());
        List<String> wrong = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            long count = clean.world().opportunities(kind.opportunity());
            for (int errno : kind == Kind.ERROR ? ERRORS : List.of(0)) {
                POSSIBLE.merge(kind, count, Long::sum);
                long step = ALL ? 1 : Math.max(1, count / SAMPLES);
                for (long index = 0; index < count && wrong.size() < 3; index += step) {
                    TRIED.merge(kind, 1L, Long::sum);
                    SingleFault fault = new SingleFault(kind, errno, index);
                    Scenario.Run run = scenario.run(fault);
                    String verdict = scenario.verdict(fault, run);
                    assertTrue(run.world().injected(), () -> fault + " did not happen");
                    if (verdict != null) {
                        wrong.add(fault + " of " + count + ": " + verdict);
                    }
                }
            }
        }
        if (ALL) {
            System.out.println(scenario + ", so far " + TRIED);
        }
        assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
    }
}
