package io.overlapped.echo;

import io.overlapped.CompletionRoutine;
import io.overlapped.IoBuffer;
import io.overlapped.Operation;
import io.overlapped.Overlapped;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The server as steps, each of which one completion sets off: what the routine style and the port
 * style have in common.
 *
 * <p>Threads: the steps of one connection follow one another, on whatever threads.
 */
final class Stepwise {
    /** Makes a block whose completion leads to a step. */
    interface Blocks {
        Overlapped make(CompletionRoutine step);
    }

    private static final Duration SWEEP_PACE = Duration.ofSeconds(1);

    private final TcpListener listener;
    private final Blocks blocks;
    private final EchoOptions options;
    private final EchoCounts counts;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Overlapped accept;
    private final Overlapped sweep;

    Stepwise(TcpListener listener, Blocks blocks, EchoOptions options, EchoCounts counts) {
        this.listener = listener;
        this.blocks = blocks;
        this.options = options;
        this.counts = counts;
        accept = blocks.make(this::accepted);
        sweep = blocks.make(this::sweep);
    }

    void start() {
        listener.accept(accept);
        listener.proactor().timer(sweep, SWEEP_PACE);
    }

    private void accepted(Overlapped done) {
        if (done.status() == Status.OK) {
            new Connection(done.stream()).start();
            if (options.oneAtATime()) {
                return;
            }
        }
        acceptNext();
    }

    private void acceptNext() {
        if (!listener.isClosed()) {
            listener.accept(accept);
        }
    }

    private void sweep(Overlapped timer) {
        long now = System.nanoTime();
        connections.forEach(connection -> connection.endIfStalled(now));
        if (timer.status() == Status.OK && !listener.isClosed()) {
            listener.proactor().timer(timer, SWEEP_PACE);
        }
    }

    /** One client: a receive, the send of what it brought, and again, all in one block. */
    private final class Connection {
        private final TcpStream stream;
        private final Visit visit = new Visit(options, counts);
        private final Overlapped operation = blocks.make(this::step);
        private volatile long sendingNanos;
        private volatile boolean stalled;

        Connection(TcpStream stream) {
            this.stream = stream;
        }

        void start() {
            connections.add(this);
            stream.receive(operation);
        }

        private void step(Overlapped done) {
            if (done.operation() == Operation.RECEIVE) {
                received(done);
            } else {
                sent(done);
            }
        }

        private void received(Overlapped done) {
            if (done.bytes() == 0) {
                end(done.status());
                return;
            }
            IoBuffer buffer = done.buffer();
            visit.received(buffer);
            if (options.records()) {
                buffer.close();
                stream.receive(operation);
            } else {
                sendingNanos = System.nanoTime();
                stream.send(operation, buffer);
            }
        }

        private void sent(Overlapped done) {
            done.buffer().close();
            sendingNanos = 0;
            if (done.status() == Status.OK) {
                visit.answered(done.bytes());
                stream.receive(operation);
            } else {
                end(done.status());
            }
        }

        private void end(Status status) {
            connections.remove(this);
            stream.close();
            visit.ended(stalled ? EndReason.STALLED : EndReason.of(status), status);
            if (options.oneAtATime()) {
                acceptNext();
            }
        }

        void endIfStalled(long nowNanos) {
            long since = sendingNanos;
            if (since != 0 && nowNanos - since > options.stallTimeout().toNanos()) {
                stalled = true;
                stream.close();
            }
        }
    }
}
