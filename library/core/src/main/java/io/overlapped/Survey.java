package io.overlapped;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Goes through every place where an operation may be, and writes down what is there. */
final class Survey {
    private static final long LOOK_MILLIS = 100;

    private final Observation observation;
    private final List<InFlight> found = new ArrayList<>();

    Survey(Observation observation) {
        this.observation = observation;
    }

    void add(Overlapped o) {
        add(o, InFlight.State.of(o.place));
    }

    void add(Overlapped o, InFlight.State state) {
        boolean over = state == InFlight.State.READY || state == InFlight.State.PORT;
        found.add(
                new InFlight(
                        o.operation(),
                        o.socketNumber(),
                        state,
                        observation.age(o),
                        over ? o.bytes() : o.lentBytes(),
                        o.cancelRequested && !over));
    }

    /** The oldest first; those without an age last, as they were found. */
    List<InFlight> result() {
        found.sort(Comparator.comparingLong(InFlight::ageNanos).reversed());
        return List.copyOf(found);
    }

    /** Asks the proactor's own thread, and waits for its answer. */
    static List<InFlight> ask(Proactor proactor) {
        CompletableFuture<List<InFlight>> answer = new CompletableFuture<>();
        proactor.post(Overlapped.own(_ -> answer.complete(proactor.survey())));
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    // One that was abandoned never answers.
                    if (proactor.isClosed() && !answer.isDone()) {
                        throw new IllegalStateException("the proactor is closed", e);
                    }
                } catch (ExecutionException e) {
                    throw new AssertionError(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
