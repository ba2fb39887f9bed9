package io.overlapped.echo;

import io.overlapped.CompletionPort;
import io.overlapped.DriverReport;
import io.overlapped.Proactor;
import io.overlapped.TcpListener;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Port style with one worker, which opens the proactor and drives it while it waits at the port.
 */
final class DrivingWorker implements EchoServer.Engine {
    private final CompletionPort port = new CompletionPort();
    private final CompletableFuture<TcpListener> opened = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closing;

    private DrivingWorker(InetSocketAddress address, EchoOptions options, EchoCounts counts) {
        thread =
                Thread.ofPlatform()
                        .name("echo worker")
                        .daemon()
                        .start(() -> work(address, options, counts));
    }

    static DrivingWorker open(InetSocketAddress address, EchoOptions options, EchoCounts counts) {
        DrivingWorker worker = new DrivingWorker(address, options, counts);
        try {
            worker.opened.join();
            return worker;
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void work(InetSocketAddress address, EchoOptions options, EchoCounts counts) {
        try (Proactor proactor = Proactor.open(options.io())) {
            TcpListener listener = proactor.listen(address);
            new Stepwise(listener, PortWorker.blocks(port), options, counts).start();
            opened.complete(listener);
            PortWorker.work(port, () -> closing);
            closing = true;
        } catch (Throwable e) {
            if (!opened.completeExceptionally(e)) {
                throw e;
            }
        }
    }

    @Override
    public InetSocketAddress address() {
        return opened.join().address();
    }

    @Override
    public DriverReport report() {
        return opened.join().proactor().report();
    }

    @Override
    public void close() {
        closing = true;
        opened.join().close();
        port.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
