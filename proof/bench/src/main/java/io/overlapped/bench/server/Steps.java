package io.overlapped.bench.server;

import io.overlapped.CompletionRoutine;
import io.overlapped.IoBuffer;
import io.overlapped.Operation;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import io.overlapped.bench.Content;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Our server step by step, for both styles in which a completion brings the next step. */
final class Steps {
    private final Function<CompletionRoutine, Overlapped> blocks;
    private final Mode mode;
    private final Duration limit;
    private final List<Subscriber> subscribers = new ArrayList<>();

    /** What a source sends, the same bytes to all. */
    private final @Nullable IoBuffer content;

    /**
     * @param blocks makes the block whose completion brings a step
     */
    Steps(Proactor proactor, Mode mode, Function<CompletionRoutine, Overlapped> blocks) {
        this(proactor, mode, blocks, Proactor.FOREVER);
    }

    /**
     * @param limit how long each operation of an echo may take
     */
    Steps(
            Proactor proactor,
            Mode mode,
            Function<CompletionRoutine, Overlapped> blocks,
            Duration limit) {
        this.limit = limit;
        this.mode = mode;
        this.blocks = blocks;
        content = mode == Mode.SOURCE ? Ours.content(proactor) : null;
    }

    void accept(TcpListener listener) {
        listener.accept(blocks.apply(this::accepted));
    }

    private void accepted(Overlapped accept) {
        if (accept.status() == Status.OK) {
            accept.stream().receive(blocks.apply(first()));
        }
        if (!accept.listener().isClosed()) {
            accept.listener().accept(accept);
        }
    }

    private CompletionRoutine first() {
        return switch (mode) {
            case ECHO -> this::echo;
            case SINK -> new Sink()::step;
            case SOURCE -> this::pour;
            case FAN -> this::name;
        };
    }

    private void echo(Overlapped done) {
        boolean sent = done.operation() == Operation.SEND;
        if (sent) {
            done.buffer().close();
        }
        if (done.bytes() == 0) {
            done.stream().close();
        } else if (sent) {
            done.stream().receive(done.within(limit));
        } else {
            done.stream().send(done.within(limit), done.buffer());
        }
    }

    private void pour(Overlapped done) {
        if (done.operation() == Operation.RECEIVE && done.hasBuffer()) {
            done.buffer().close();
        }
        if (done.bytes() == 0) {
            done.stream().close();
        } else {
            done.stream().send(done, Objects.requireNonNull(content));
        }
    }

    /** The first byte of a connection says whether it subscribes or publishes. */
    private void name(Overlapped done) {
        if (done.operation() == Operation.SEND) {
            boolean publishes = done.buffer().byteAt(0) == Mode.PUBLISHER;
            done.buffer().close();
            if (publishes) {
                done.stream().receive(blocks.apply(this::publish));
            } else {
                subscribers.add(new Subscriber(done.stream()));
            }
        } else if (done.bytes() == 0) {
            done.stream().close();
        } else {
            done.stream().send(done, done.buffer());
        }
    }

    private void publish(Overlapped received) {
        if (received.bytes() == 0) {
            received.stream().close();
            return;
        }
        var round = new Round(received, subscribers.size());
        for (Subscriber subscriber : subscribers) {
            subscriber.send(round);
        }
    }

    /** One buffer on its way to all subscribers. */
    private static final class Round {
        final Overlapped received;
        int pending;

        Round(Overlapped received, int pending) {
            this.received = received;
            this.pending = pending;
        }

        void sent() {
            if (--pending == 0) {
                received.buffer().close();
                received.stream().receive(received);
            }
        }
    }

    private final class Subscriber {
        final TcpStream stream;
        final Overlapped send = blocks.apply(_ -> sent());
        private Round round = new Round(send, 0);

        Subscriber(TcpStream stream) {
            this.stream = stream;
        }

        void send(Round next) {
            round = next;
            stream.send(send, next.received.buffer());
        }

        private void sent() {
            round.sent();
        }
    }

    private static final class Sink {
        private long received;

        void step(Overlapped done) {
            IoBuffer buffer = done.hasBuffer() ? done.buffer() : null;
            if (done.bytes() == 0) {
                if (buffer != null) {
                    buffer.close();
                }
                done.stream().close();
            } else if (done.operation() == Operation.SEND) {
                done.buffer().close();
                done.stream().receive(done);
            } else {
                discard(done, done.buffer());
            }
        }

        private void discard(Overlapped done, IoBuffer buffer) {
            int mark = Content.markIn(received, done.bytes());
            received += done.bytes();
            if (mark < 0) {
                buffer.close();
                done.stream().receive(done);
            } else {
                byte answer = buffer.byteAt(mark);
                done.stream().send(done, buffer.clear().appendByte(answer));
            }
        }
    }
}
