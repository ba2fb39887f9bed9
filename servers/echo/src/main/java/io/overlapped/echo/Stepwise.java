package io.overlapped.echo;

import io.overlapped.CompletionRoutine;
import io.overlapped.IoBuffer;
import io.overlapped.Operation;
import io.overlapped.Overlapped;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
    private final Set<Connection> connections = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Overlapped accept;
    private final Overlapped sweep;
    private boolean ended;

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
        long now = listener.proactor().nanoTime();
        for (Connection connection : openConnections()) {
            connection.endIfStalled(now);
        }
        if (timer.status() == Status.OK && !listener.isClosed()) {
            listener.proactor().timer(timer, SWEEP_PACE);
        }
    }

    /** Takes a connection in, unless all have been ended. */
    private boolean add(Connection connection) {
        synchronized (connections) {
            return !ended && connections.add(connection);
        }
    }

    /** Those that are open, in the order in which they came. */
    private List<Connection> openConnections() {
        synchronized (connections) {
            return new ArrayList<>(connections);
        }
    }

    /**
     * Ends every client, those too that are still to come, and stops sweeping.
     *
     * @return what completes when the last of them is gone
     */
    List<Overlapped> endAll() {
        synchronized (connections) {
            ended = true;
        }
        List<Overlapped> ends = new ArrayList<>();
        for (Connection connection : openConnections()) {
            ends.add(connection.stream.close(new Overlapped()));
        }
        sweep.cancel();
        return ends;
    }

    /** One client: a receive, the send of what it brought, and again, all in one block. */
    private final class Connection {
        private final TcpStream stream;
        private final Visit visit = new Visit(options, counts, listener.proactor());
        private final Overlapped operation = blocks.make(this::step);
        private volatile long sendingNanos;
        private volatile boolean sending;
        private volatile boolean stalled;

        Connection(TcpStream stream) {
            this.stream = stream;
        }

        void start() {
            if (add(this)) {
                stream.receive(operation);
            } else {
                stream.close();
                visit.ended(EndReason.STOPPING, Status.CLOSED);
            }
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
                sendingNanos = listener.proactor().nanoTime();
                sending = true;
                stream.send(operation, buffer);
            }
        }

        private void sent(Overlapped done) {
            done.buffer().close();
            sending = false;
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
            if (sending && nowNanos - sendingNanos > options.stallTimeout().toNanos()) {
                stalled = true;
                stream.close();
            }
        }
    }
}
