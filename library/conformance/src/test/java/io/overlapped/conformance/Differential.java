package io.overlapped.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what one program sees on several configurations. */
final class Differential {
    private static final Duration PATIENCE = Duration.ofMillis(50);
    private static final Duration LONG_PATIENCE = Duration.ofMillis(500);
    private static final int TRIES = 3;

    private final List<Configuration> configurations;
    private final KnownDifferences known;

    /**
     * @param configurations the others are compared with the first
     */
    Differential(List<Configuration> configurations, KnownDifferences known) {
        this.configurations = configurations;
        this.known = known;
    }

    /** A step that is seen otherwise on another configuration. */
    record Difference(
            String configuration,
            int index,
            @Nullable Step step,
            List<String> expected,
            List<String> seen) {

        /** Which fault it is, if steps are left out of the program. */
        boolean isLike(Difference other) {
            return configuration.equals(other.configuration) && kind(step) == kind(other.step);
        }

        private static @Nullable Class<?> kind(@Nullable Step step) {
            return step == null ? null : step.getClass();
        }

        @Override
        public String toString() {
            return "step %d, %s%n    %s%n    instead of %s on %s"
                    .formatted(index, step, seen, expected, configuration);
        }
    }

    /** The first difference; null if there is none. */
    @Nullable Difference find(List<Step> program) {
        List<List<String>> expected =
                new ProgramRun(configurations.getFirst(), program, List.of(), PATIENCE).run();
        known.note(expected);
        for (Configuration other : configurations.subList(1, configurations.size())) {
            Difference difference = find(program, expected, other, PATIENCE);
            // On a busy machine something may have come late.
            for (int i = 1; i < TRIES && difference != null; i++) {
                difference = find(program, expected, other, LONG_PATIENCE);
            }
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    /** The shortest program without a step that does not matter. */
    List<Step> shrink(List<Step> program, Difference difference) {
        List<Step> shortest = program.subList(0, Math.min(program.size(), difference.index() + 1));
        for (int size = Math.max(1, shortest.size() / 2); size >= 1; size /= 2) {
            for (int from = shortest.size() - size; from >= 0; from -= size) {
                List<Step> shorter = new ArrayList<>(shortest);
                shorter.subList(from, Math.min(from + size, shorter.size())).clear();
                Difference still = find(shorter);
                if (still != null && still.isLike(difference)) {
                    shortest = shorter;
                    from = Math.min(from, shortest.size());
                }
            }
        }
        return shortest;
    }

    private @Nullable Difference find(
            List<Step> program,
            List<List<String>> expected,
            Configuration other,
            Duration patience) {
        List<List<String>> seen = new ProgramRun(other, program, expected, patience).run();
        for (int i = 0; i < expected.size(); i++) {
            Step step = i < program.size() ? program.get(i) : null;
            if (!expected.get(i).equals(seen.get(i))
                    && !known.explain(step, expected.get(i), seen.get(i))) {
                return new Difference(other.name(), i, step, expected.get(i), seen.get(i));
            }
        }
        return null;
    }
}
