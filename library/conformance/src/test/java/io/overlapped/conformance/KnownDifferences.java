package io.overlapped.conformance;

import io.overlapped.StreamOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a program may see otherwise on another driver, each with its reason. Nothing else may
 * differ. Where a program would go on otherwise from there, the step is passed over instead, and
 * its answer is one of {@link #PASSED_OVER}.
 *
 * <p>{@link RandomProgram} leaves out what is no driver's doing: connects to addresses beyond this
 * machine, sizes so small that the kernel decides when something arrives, and listeners whose
 * address is not to be used again, as that hangs on connections that nobody sees any more.
 */
final class KnownDifferences {
    /** Whether what a step shows may be otherwise than in the simulator. */
    private interface Case {
        boolean holds(Step step, List<String> expected, List<String> seen);
    }

    private record Row(String name, String reason, Case holds) {}

    private static final List<Row> ROWS =
            List.of(
                    new Row(
                            "the size of the kernel's memory",
                            "the kernel decides it while the program has not",
                            (step, expected, seen) ->
                                    step instanceof Step.Get
                                            && isSize(option(step))
                                            && isNumber(expected)
                                            && isNumber(seen)));

    /** Connections beyond the backlog of a listener that has been asked to accept. */
    static final String ACCEPTED_AHEAD =
            "too many wait: how many a driver accepts ahead of the program is its own affair";

    /** An option of a listener at which connections wait. */
    static final String SET_TOO_LATE =
            "some wait already: on uring they have the option as it was when they came, on nio as it"
                    + " is when they are accepted";

    /** A connect to where several listeners share an address. */
    static final String SHARED_ADDRESS = "the kernel chooses which of them gets it";

    private static final List<String> PASSED_OVER =
            List.of(ACCEPTED_AHEAD, SET_TOO_LATE, SHARED_ADDRESS);

    private final Set<String> seen = new LinkedHashSet<>();

    /** Whether a row says that this may be. */
    boolean explain(@Nullable Step step, List<String> expected, List<String> got) {
        for (Row row : ROWS) {
            if (step != null && row.holds().holds(step, expected, got)) {
                seen.add(row.name());
                return true;
            }
        }
        return false;
    }

    /** Takes note of the steps that were passed over. */
    void note(List<List<String>> trace) {
        for (List<String> lines : trace) {
            if (PASSED_OVER.contains(lines.getFirst())) {
                seen.add(lines.getFirst());
            }
        }
    }

    /** The rows that have not been needed. */
    List<String> unseen() {
        List<String> unseen = new ArrayList<>();
        for (Row row : ROWS) {
            if (!seen.contains(row.name())) {
                unseen.add(row.name() + ", as " + row.reason());
            }
        }
        PASSED_OVER.stream().filter(reason -> !seen.contains(reason)).forEach(unseen::add);
        return unseen;
    }

    private static @Nullable StreamOption option(Step step) {
        return switch (step) {
            case Step.Set set -> set.option();
            case Step.Get get -> get.option();
            default -> null;
        };
    }

    private static boolean isSize(@Nullable StreamOption option) {
        return option == StreamOption.SEND_BUFFER_BYTES
                || option == StreamOption.RECEIVE_BUFFER_BYTES;
    }

    private static boolean isNumber(List<String> lines) {
        return lines.size() == 1 && lines.getFirst().startsWith("is ");
    }
}
