package io.overlapped.allocation;

import io.overlapped.CompletionPort;
import io.overlapped.CompletionRoutine;
import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.TcpListener;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Port style: one worker, which drives its proactor while it dequeues. */
final class PortEcho implements EchoServer {
    private final CompletionPort port = new CompletionPort();
    private final CompletableFuture<InetSocketAddress> opened = new CompletableFuture<>();
    private final Thread worker;

    PortEcho(Options options) {
        worker = Thread.ofPlatform().daemon().name("port worker").start(() -> work(options));
    }

    private void work(Options options) {
        try (Proactor proactor = Proactor.open(options)) {
            TcpListener listener = proactor.listen(EchoServer.anyPort());
            new EchoSteps(step -> new Overlapped(port, step)).accept(listener);
            opened.complete(listener.address());
            for (var done = port.dequeue(); done != null; done = port.dequeue()) {
                var step = (CompletionRoutine) Objects.requireNonNull(done.attachment());
                step.completed(done);
            }
        } catch (OverlappedException e) {
            opened.completeExceptionally(e);
        }
    }

    @Override
    public InetSocketAddress address() {
        return opened.join();
    }

    @Override
    public void close() {
        port.close();
        try {
            worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
