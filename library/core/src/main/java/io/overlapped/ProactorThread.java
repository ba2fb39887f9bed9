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
        String name = "proactor-" + NUMBERS.incrementAndGet();
        thread = LibraryThread.of(name, false, () -> live(options));
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
            proactor = Proactor.openForThread(options);
        } catch (Throwable e) {
            opened.completeExceptionally(e);
            return;
        }
        proactor.ownedBy(this);
        opened.complete(proactor);
        try {
            proactor.run();
        } catch (Throwable e) {
            proactor.failed(e);
            Log.error("the proactor closes, as what was thrown cannot be passed over", e);
        }
        try {
            proactor.end();
        } catch (Throwable e) {
            proactor.failed(e);
            Log.error("this was thrown while the proactor closed", e);
        }
    }
}
