package io.overlapped.lab.referee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures every model by the same rows with the same client, one after the other.
 *
 * <p>Threads: {@link #run} keeps the one that calls it.
 */
public final class Referee {
    private static final long TIME_LEFT_LEAST_NANOS = 500_000_000;
    static final String NO_TIME = "no time was left for it in this run";
    private static final String QUICK_TRACED_ROW = "64";

    private final Plan plan;
    private final ModelCommand command;
    private final Progress progress;
    // Asked before this process is pinned to one of them.
    private final int cores = Runtime.getRuntime().availableProcessors();

    public Referee(Plan plan, ModelCommand command, Progress progress) {
        this.plan = plan;
        this.command = command;
        this.progress = progress;
    }

    /** Runs all rows of all models; what a model cannot do is in its result. */
    public LabResult run(List<String> models, List<Row> rows) {
        long start = System.nanoTime();
        long end = start + plan.total().toNanos();
        List<ModelResult> results = new ArrayList<>();
        try (Affinity affinity = Affinity.of(plan.pinned())) {
            for (int i = 0; i < models.size(); i++) {
                // What a fast model leaves over goes to all that follow.
                long now = System.nanoTime();
                long share = (end - now) / (models.size() - i);
                Servers servers = new Servers(models.get(i), command, affinity, plan.freshServer());
                try (servers) {
                    Turn turn = new Turn(models.get(i), servers, now + share, i, models.size());
                    results.add(new ModelResult(models.get(i), turn.run(rows)));
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new LabResult(machine(affinity), seconds, List.copyOf(results));
        }
    }

    /** One model's turn. */
    private final class Turn {
        private final String model;
        private final Servers servers;
        private final long end;
        private final int before;
        private final int models;

        Turn(String model, Servers servers, long end, int before, int models) {
            this.model = model;
            this.servers = servers;
            this.end = end;
            this.before = before;
            this.models = models;
        }

        List<RowResult> run(List<Row> rows) {
            List<RowResult> results = new ArrayList<>();
            for (Row row : rows) {
                int done = before * rows.size() + results.size();
                progress.begins(model, row, done, models * rows.size());
                RowResult result = run(row);
                results.add(result);
                progress.ended(model, result);
            }
            return List.copyOf(results);
        }

        private RowResult run(Row row) {
            long start = System.nanoTime();
            long left = end - start;
            if (left < TIME_LEFT_LEAST_NANOS) {
                return RowResult.of(row, Outcome.LEFT_OUT, NO_TIME);
            }
            long limit = Math.min(left, plan.row().toNanos());
            try {
                ModelProcess server = servers.forJob(row.job(), Duration.ofNanos(limit));
                boolean tracing = plan.freshServer() || row.name().equals(QUICK_TRACED_ROW);
                RowResult result = RowRun.run(row, plan, server, start + limit, tracing);
                if (result.outcome() != Outcome.DONE || row.slowReader()) {
                    servers.close();
                }
                return result;
            } catch (CannotServeException e) {
                if (limit < plan.row().toNanos() && System.nanoTime() - end >= 0) {
                    // It did not refuse: it was still starting when its share of the run was over.
                    return RowResult.of(row, Outcome.LEFT_OUT, NO_TIME);
                }
                return RowResult.of(row, Outcome.CANNOT, String.valueOf(e.getMessage()));
            }
        }
    }

    private Map<String, String> machine(Affinity affinity) {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put(
                "system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("architecture", System.getProperty("os.arch"));
        machine.put("java", Runtime.version().toString());
        machine.put("cores", Integer.toString(cores));
        machine.put("placing", affinity.why());
        machine.put("load", plan.load().toMillis() + " ms a row");
        machine.put("warmUp", plan.warmUp().toMillis() + " ms a row");
        machine.put("cpuTime", "of the server process, by the kernel's clock of it");
        return machine;
    }
}
