package io.overlapped;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/** The thread of a proactor that drives itself. */
final class ProactorThread {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final CompletableFuture<Proactor> opened = new CompletableFuture<>();
    private final Thread thread;

    private ProactorThread(Options options) {
        thread =
                Thread.ofPlatform()
                        .name("proactor-" + NUMBERS.incrementAndGet())
                        .unstarted(() -> live(options));
    }

    static Proactor start(Options options) {
        ProactorThread itself = new ProactorThread(options);
        itself.thread.start();
        try {
            return itself.opened.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Stops it and waits until it has closed its proactor. */
    void close() {
        opened.join().stop();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void live(Options options) {
        Proactor proactor;
        try {
            proactor = Proactor.open(options);
        } catch (Throwable e) {
            opened.completeExceptionally(e);
            return;
        }
        try (proactor) {
            proactor.ownedBy(this);
            opened.complete(proactor);
            while (!proactor.isStopping()) {
                runUntilThrown(proactor);
            }
        }
    }

    private static void runUntilThrown(Proactor proactor) {
        try {
            proactor.run();
        } catch (RuntimeException | Error e) {
            if (e instanceof VirtualMachineError) {
                throw e;
            }
            Log.error("a completion routine threw", e);
            Overlapped last = proactor.delivery().last();
            if (last != null && last.stream != null) {
                last.stream.close();
            }
        }
    }
}
