package io.overlapped.bench.server;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import io.overlapped.bench.Content;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Ours, event style: each connection has a thread, a virtual one, which starts and awaits. */
final class EventServer {
    private final Mode mode;
    private final ThreadFactory threads;
    private final Duration limit;
    private final List<TcpStream> subscribers = new ArrayList<>();
    private @Nullable IoBuffer content;

    /**
     * @param threads makes the thread of a connection
     * @param limit how long each operation of an echo may take
     */
    EventServer(Mode mode, ThreadFactory threads, Duration limit) {
        this.mode = mode;
        this.threads = threads;
        this.limit = limit;
    }

    public static void main(String[] args) {
        Mode mode = Mode.of(args[1]);
        try (Proactor proactor = Proactor.start(Ours.options(args[0]));
                TcpListener listener = proactor.listen(Launch.anyPort())) {
            Launch.ready(listener.address().getPort());
            new EventServer(mode, Thread.ofVirtual().factory(), Ours.limit(args[0]))
                    .accept(listener);
        }
    }

    void accept(TcpListener listener) {
        var accept = new Overlapped();
        while (listener.accept(accept).await(Proactor.FOREVER) && !listener.isClosed()) {
            if (accept.status() == Status.OK) {
                TcpStream stream = accept.stream();
                threads.newThread(() -> serve(stream)).start();
            }
        }
    }

    private void serve(TcpStream stream) {
        try {
            switch (mode) {
                case ECHO -> echo(stream);
                case SINK -> sink(stream);
                case SOURCE -> source(stream);
                case FAN -> fan(stream);
            }
        } catch (OverlappedException reset) {
            stream.close();
        }
    }

    private void echo(TcpStream stream) {
        var operation = new Overlapped();
        while (stream.receive(operation.within(limit)).await() > 0) {
            try (IoBuffer buffer = operation.buffer()) {
                stream.send(operation.within(limit), buffer).await();
            }
        }
        stream.close();
    }

    private static void sink(TcpStream stream) {
        var operation = new Overlapped();
        long received = 0;
        while (stream.receive(operation).await() > 0) {
            try (IoBuffer buffer = operation.buffer()) {
                int mark = Content.markIn(received, operation.bytes());
                received += operation.bytes();
                if (mark >= 0) {
                    byte answer = buffer.byteAt(mark);
                    stream.send(operation, buffer.clear().appendByte(answer)).await();
                }
            }
        }
        stream.close();
    }

    private synchronized IoBuffer content(Proactor proactor) {
        if (content == null) {
            content = Ours.content(proactor);
        }
        return content;
    }

    private void source(TcpStream stream) {
        var operation = new Overlapped();
        stream.receive(operation).await();
        operation.buffer().close();
        IoBuffer content = content(stream.proactor());
        while (stream.send(operation, content).await() > 0) {}
    }

    private void fan(TcpStream stream) {
        var operation = new Overlapped();
        stream.receive(operation).await();
        try (IoBuffer name = operation.buffer()) {
            boolean subscribes = name.byteAt(0) == Mode.SUBSCRIBER;
            if (subscribes) {
                synchronized (subscribers) {
                    subscribers.add(stream);
                }
            }
            stream.send(operation, name).await();
            if (subscribes) {
                return;
            }
        }
        List<Overlapped> sends = new ArrayList<>();
        while (stream.receive(operation).await() > 0) {
            try (IoBuffer message = operation.buffer()) {
                publish(message, sends);
            }
        }
    }

    private void publish(IoBuffer message, List<Overlapped> sends) {
        synchronized (subscribers) {
            for (int i = 0; i < subscribers.size(); i++) {
                if (i == sends.size()) {
                    sends.add(new Overlapped());
                }
                subscribers.get(i).send(sends.get(i), message);
            }
        }
        Overlapped.awaitAll(sends, Proactor.FOREVER);
    }
}
