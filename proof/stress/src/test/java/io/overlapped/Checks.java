package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.LincheckSettings;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/**
 * How much is checked: the same for a class of ours and for its broken twin, and enough to find it.
 * The environment's {@code LINCHECK_SCALE} multiplies it.
 */
public final class Checks {
    private static final int SCALE =
            Integer.parseInt(System.getenv().getOrDefault("LINCHECK_SCALE", "1"));
    private static final int SCENARIOS = 8 * SCALE;
    private static final int INTERLEAVINGS = 150 * SCALE;

    // Our longest loop has 64 rounds; a longer one is taken for one that never ends.
    private static final LincheckSettings SETTINGS = new LincheckSettings(true, 10, 100, 20);

    @SuppressWarnings("unused") // it is the writing that counts
    private static volatile Object seen = "";

    private Checks() {}

    /**
     * The same object, known to be shared. The model checker takes an object that only a thread's
     * lambda has caught for one thread's own, and then never switches threads at its fields.
     */
    public static <T> T shared(T object) {
        seen = object;
        return object;
    }

    /** Every result of the operations of {@code type} is one that they could have one by one. */
    public static void requireLinearizable(Class<?> type) {
        new ModelCheckingOptions()
                .iterations(SCENARIOS)
                .invocationsPerIteration(INTERLEAVINGS)
                .threads(2)
                .actorsBefore(2)
                .actorsPerThread(3)
                .actorsAfter(2)
                .check(type);
    }

    /** A twin with a planted fault is found out by the same means. */
    public static void requireNotLinearizable(Class<?> twin) {
        assertThrows(LincheckAssertionError.class, () -> requireLinearizable(twin));
    }

    /**
     * The block ends well in every interleaving of the threads that it starts. A park may end by
     * itself here, as the JDK allows, so that a lost unpark is not seen: what may be lost has to be
     * waited for by looking at it again and again.
     */
    public static void requireAlways(Runnable block) {
        Lincheck.runConcurrentTestInternal$lincheck(INTERLEAVINGS, SETTINGS, block);
    }

    /** A twin with a planted fault fails, or waits for ever, in some interleaving. */
    public static void requireNotAlways(Runnable block) {
        assertThrows(LincheckAssertionError.class, () -> requireAlways(block));
    }
}
