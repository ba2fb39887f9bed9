package io.overlapped.lab.referee;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server processes of one model: one a job, or one a row.
 *
 * <p>Threads: one.
 */
final class Servers implements AutoCloseable {
    private final String model;
    private final ModelCommand command;
    private final Affinity affinity;
    private final boolean fresh;
    private final Map<String, String> refusals = new HashMap<>();
    private @Nullable ModelProcess running;
    private String runningJob = "";

    Servers(String model, ModelCommand command, Affinity affinity, boolean fresh) {
        this.model = model;
        this.command = command;
        this.affinity = affinity;
        this.fresh = fresh;
    }

    /**
     * A server that is ready.
     *
     * @throws CannotServeException also if it has refused this job before
     */
    ModelProcess forJob(String job, Duration ready) throws CannotServeException {
        String refusal = refusals.get(job);
        if (refusal != null) {
            throw new CannotServeException(refusal);
        }
        ModelProcess old = running;
        if (old != null && !fresh && runningJob.equals(job) && old.endedBecause().isEmpty()) {
            return old;
        }
        close();
        try {
            ModelProcess started =
                    ModelProcess.start(affinity.server(command.of(model, job, false)), ready, null);
            running = started;
            runningJob = job;
            return started;
        } catch (CannotServeException e) {
            refusals.put(job, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /** Ends the one that runs: the next row gets a new one. */
    @Override
    public void close() {
        ModelProcess old = running;
        if (old != null) {
            running = null;
            old.close();
        }
    }
}
