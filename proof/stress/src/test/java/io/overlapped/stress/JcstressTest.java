package io.overlapped.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A short run of every stress test; {@code proof/stress/run} makes longer ones. */
class JcstressTest {
    private static final int TESTS = 25;

    private static final int MILLIS = 80;
    private static final int MILLIS_MAX = 4_000;

    /**
     * A twin that a loaded machine has not found in so short a time gets more; a test of ours that
     * has failed once has failed.
     */
    @Test
    void oursPassAndEveryTwinIsFound() throws Exception {
        SortedMap<String, Boolean> failed = run(Jcstress.TESTS, MILLIS);
        assertEquals(TESTS, failed.size());
        for (int millis = 4 * MILLIS; millis < MILLIS_MAX; millis *= 2) {
            String missed = missedTwins(failed);
            if (!missed.isEmpty()) {
                failed.putAll(run(missed, millis));
            }
        }
        SortedMap<String, Boolean> wanted = new TreeMap<>();
        failed.keySet().forEach(name -> wanted.put(name, Jcstress.isTwin(name)));
        assertEquals(wanted, failed);
    }

    private static String missedTwins(SortedMap<String, Boolean> failed) {
        return failed.entrySet().stream()
                .filter(verdict -> Jcstress.isTwin(verdict.getKey()) && !verdict.getValue())
                .map(verdict -> Pattern.quote(verdict.getKey()))
                .collect(Collectors.joining("|"));
    }

    private static SortedMap<String, Boolean> run(String tests, int millis) throws Exception {
        return Jcstress.run(
                Path.of("target", "jcstress-short"),
                tests,
                List.of(
                        "-f",
                        "1",
                        "-fsm",
                        "1",
                        "-sc",
                        "false",
                        "-iters",
                        "3",
                        "-time",
                        String.valueOf(millis),
                        "-jvmArgs",
                        "--enable-native-access=ALL-UNNAMED"));
    }
}
