package io.overlapped.simulate;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Workloads over a range of seeds, one after the other; the first violation ends it.
 *
 * @param workloads each of which runs with each seed
 * @param from the first seed
 * @param to the last seed, not below the first
 *     <p>Threads: {@link #run} keeps the one that calls it.
 */
public record Campaign(List<Workload> workloads, Plan plan, long from, long to) {
    public Campaign {
        if (workloads.isEmpty()) {
            throw new IllegalArgumentException("no workload");
        }
        if (from > to) {
            throw new IllegalArgumentException(
                    "the seeds %d..%d are none; the first comes first".formatted(from, to));
        }
    }

    /**
     * Runs all of it.
     *
     * @param clock real time in nanoseconds, for the report
     * @param progress is told after each world, and now and then in a long one
     */
    public Report run(LongSupplier clock, Consumer<Report> progress) {
        return run(clock, null, progress);
    }

    /**
     * Runs all of it, and tells {@code lines} all that happens, a line for each event.
     *
     * @param clock real time in nanoseconds, for the report
     */
    public Report replay(LongSupplier clock, Consumer<String> lines) {
        return run(clock, lines, _ -> {});
    }

    private Report run(
            LongSupplier clock, @Nullable Consumer<String> lines, Consumer<Report> progress) {
        Report report = new Report(this, clock);
        for (long seed = from; ; seed++) {
            for (Workload workload : workloads) {
                report.add(
                        lines == null
                                ? Simulation.run(
                                        workload,
                                        plan,
                                        seed,
                                        world -> {
                                            report.watch(world);
                                            progress.accept(report);
                                        })
                                : Simulation.traced(workload, plan, seed, lines));
                progress.accept(report);
                if (!report.passed()) {
                    return report;
                }
            }
            report.seedDone();
            if (seed == to) {
                return report;
            }
        }
    }
}
