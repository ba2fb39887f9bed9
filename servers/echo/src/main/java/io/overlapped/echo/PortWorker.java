package io.overlapped.echo;

import io.overlapped.CompletionPort;
import io.overlapped.CompletionRoutine;
import io.overlapped.Overlapped;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** Takes completions from a port, each with its step as the completion key, and takes the step. */
final class PortWorker {
    private static final System.Logger LOG = System.getLogger("io.overlapped.echo");

    private PortWorker() {}

    static Stepwise.Blocks blocks(CompletionPort port) {
        return step -> new Overlapped(port, step);
    }

    /** Works until the port is closed and empty. */
    static void work(CompletionPort port, BooleanSupplier closing) {
        for (Overlapped done = port.dequeue(); done != null; done = port.dequeue()) {
            CompletionRoutine step =
                    (CompletionRoutine) Objects.requireNonNull(done.attachment(), "no step");
            try {
                step.completed(done);
            } catch (RuntimeException e) {
                // One connection's fault is no reason to leave the others without a worker.
                if (!closing.getAsBoolean()) {
                    LOG.log(System.Logger.Level.ERROR, "a step failed", e);
                }
            }
        }
    }
}
