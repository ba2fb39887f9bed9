package io.overlapped.allocation;

import io.overlapped.IoBuffer;
import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadFactory;

/** Event style: each connection has a thread, which starts and awaits. */
final class EventEcho implements EchoServer {
    private final Proactor proactor;
    private final TcpListener listener;
    private final ThreadFactory threads;

    EventEcho(Options options, ThreadFactory threads) {
        this.threads = threads;
        proactor = Proactor.start(options);
        listener = proactor.listen(EchoServer.anyPort());
        threads.newThread(this::accept).start();
    }

    private void accept() {
        var accept = new Overlapped();
        while (listener.accept(accept).await(Proactor.FOREVER) && !listener.isClosed()) {
            if (accept.status() == Status.OK) {
                TcpStream stream = accept.stream();
                threads.newThread(() -> serve(stream)).start();
            }
        }
    }

    private static void serve(TcpStream stream) {
        try {
            var operation = new Overlapped();
            while (stream.receive(operation).await() > 0) {
                try (IoBuffer buffer = operation.buffer()) {
                    stream.send(operation, buffer).await();
                }
            }
        } catch (OverlappedException reset) {
            // The connection is over, whatever ended it.
        }
        stream.close();
    }

    @Override
    public InetSocketAddress address() {
        return listener.address();
    }

    @Override
    public void close() {
        proactor.close();
    }
}
