package io.overlapped.echo;

import io.overlapped.DriverReport;
import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.net.InetSocketAddress;

/** Event style: whoever starts an operation awaits it. */
final class EventEngine implements EchoServer.Engine {
    private final Proactor proactor;
    private final TcpListener listener;
    private final EchoOptions options;
    private final EchoCounts counts;
    private volatile boolean closing;

    EventEngine(TcpListener listener, EchoOptions options, EchoCounts counts) {
        this.proactor = listener.proactor();
        this.listener = listener;
        this.options = options;
        this.counts = counts;
        Thread.ofVirtual().name("echo accept").start(this::acceptAll);
    }

    private void acceptAll() {
        Overlapped accept = new Overlapped();
        while (!closing) {
            listener.accept(accept).await(Proactor.FOREVER);
            if (accept.status() == Status.CLOSED) {
                return;
            }
            if (accept.status() == Status.OK) {
                TcpStream stream = accept.stream();
                if (options.oneAtATime()) {
                    serve(stream);
                } else {
                    Thread.startVirtualThread(() -> serve(stream));
                }
            }
        }
    }

    private void serve(TcpStream stream) {
        Visit visit = new Visit(options, counts, proactor);
        EndReason reason = EndReason.STOPPING;
        Status status = Status.CLOSED;
        Overlapped operation = new Overlapped();
        try (stream) {
            while (stream.receive(operation).await() > 0 && answer(stream, operation, visit)) {}
            status = operation.status();
            reason = status == Status.OK ? EndReason.DONE : EndReason.STALLED;
        } catch (OverlappedException e) {
            status = e.status();
            reason = EndReason.of(status);
        } finally {
            visit.ended(reason, status);
        }
    }

    /** Sends back what was received; false if the client did not take it in time. */
    private boolean answer(TcpStream stream, Overlapped operation, Visit visit) {
        try (IoBuffer buffer = operation.buffer()) {
            visit.received(buffer);
            if (options.records()) {
                return true;
            }
            if (!stream.send(operation, buffer).await(options.stallTimeout())) {
                operation.cancel();
                operation.await(Proactor.FOREVER);
                if (operation.status() == Status.CANCELED) {
                    return false;
                }
            }
            visit.answered(operation.await());
            return true;
        }
    }

    @Override
    public InetSocketAddress address() {
        return listener.address();
    }

    @Override
    public DriverReport report() {
        return proactor.report();
    }

    @Override
    public void close() {
        closing = true;
        listener.close();
        proactor.close();
    }
}
