package io.overlapped.nio;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The channel group's thread pool, which is no pool: each handler runs on the thread that has its
 * outcome, be it the one that starts an operation, the one that closes a channel or the group's own
 * that polls. None of ours takes long, waits, throws or starts another operation.
 *
 * <p>Threads: any.
 */
final class InlineExecutor extends AbstractExecutorService {
    private volatile boolean shutdown;

    @Override
    public void execute(Runnable handler) {
        Thread current = Thread.currentThread();
        boolean interrupted = current.isInterrupted();
        handler.run();
        if (interrupted) {
            // Whoever runs a handler clears it afterwards.
            current.interrupt();
        }
    }

    /** The group ends it; what is closed meanwhile may still have handlers to run. */
    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }
}
