package io.overlapped.sim;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An echo server and clients that check every byte: each client sends a numbered message, waits for
 * the whole of it to come back, and goes on; whatever breaks its connection, it connects again.
 */
final class EchoWorld {
    private static final int PORT = 7;
    private static final int MESSAGE_BYTES_MAX = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    final World world;
    final List<Client> clients = new ArrayList<>();

    EchoWorld(long seed, Faults faults, int clientCount) {
        world = new World(seed, faults);
        Host server = world.host("server", EchoWorld::serve);
        for (int i = 0; i < clientCount; i++) {
            Client client = new Client(server, i);
            clients.add(client);
            world.host("client" + i, client);
        }
    }

    long messages() {
        return clients.stream().mapToLong(c -> c.messages).sum();
    }

    private static void serve(Host host) {
        TcpListener listener = host.proactor().listen(host.address(PORT));
        listener.accept(new Overlapped(EchoWorld::accepted));
    }

    private static void accepted(Overlapped accept) {
        if (accept.status() == Status.OK) {
            echo(accept.stream());
        }
        if (!accept.listener().isClosed()) {
            accept.listener().accept(accept);
        }
    }

    private static void echo(TcpStream stream) {
        stream.receive(new Overlapped(EchoWorld::received));
    }

    private static void received(Overlapped receive) {
        TcpStream stream = receive.stream();
        if (!receive.hasBuffer()) {
            stream.close();
            return;
        }
        IoBuffer buffer = receive.buffer();
        stream.send(
                new Overlapped(
                        send -> {
                            buffer.close();
                            if (send.status() == Status.OK) {
                                stream.receive(receive);
                            } else {
                                stream.close();
                            }
                        }),
                buffer);
    }

    /** One client, over all its connections. */
    static final class Client implements Program {
        private final Host server;
        private final int number;
        long messages;
        long connections;
        private int length;
        private int matched;

        Client(Host server, int number) {
            this.server = server;
            this.number = number;
        }

        @Override
        public void start(Host host) {
            connect(host);
        }

        private void connect(Host host) {
            connections++;
            Overlapped[] patience = new Overlapped[1];
            Overlapped connect =
                    new Overlapped(
                            o -> {
                                patience[0].cancel();
                                if (o.status() == Status.OK) {
                                    say(host, o.stream());
                                } else {
                                    again(host);
                                }
                            });
            patience[0] = host.proactor().timer(new Overlapped(_ -> connect.cancel()), PATIENCE);
            host.proactor().connect(connect, server.address(PORT));
        }

        private void again(Host host) {
            host.proactor()
                    .timer(
                            new Overlapped(
                                    o -> {
                                        if (o.status() == Status.OK) {
                                            connect(host);
                                        }
                                    }),
                            Duration.ofMillis(100));
        }

        private void say(Host host, TcpStream stream) {
            Proactor proactor = host.proactor();
            IoBuffer buffer = proactor.buffers().tryTake();
            if (buffer == null) {
                stream.close();
                again(host);
                return;
            }
            length = 1 + host.world().random().nextInt(MESSAGE_BYTES_MAX);
            matched = 0;
            byte[] message = new byte[length];
            for (int i = 0; i < length; i++) {
                message[i] = expected(i);
            }
            buffer.append(message, 0, length);
            stream.send(
                    new Overlapped(
                            o -> {
                                buffer.close();
                                if (o.status() != Status.OK) {
                                    stream.close();
                                }
                            }),
                    buffer);
            Overlapped[] patience = new Overlapped[1];
            patience[0] =
                    proactor.timer(
                            new Overlapped(
                                    o -> {
                                        if (o.status() == Status.OK) {
                                            stream.close();
                                        }
                                    }),
                            PATIENCE);
            stream.receive(new Overlapped(o -> heard(host, o, patience[0])));
        }

        private void heard(Host host, Overlapped receive, Overlapped patience) {
            TcpStream stream = receive.stream();
            if (!receive.hasBuffer()) {
                patience.cancel();
                stream.close();
                again(host);
                return;
            }
            try (IoBuffer buffer = receive.buffer()) {
                for (int i = 0; i < buffer.readable(); i++) {
                    if (matched == length || buffer.byteAt(i) != expected(matched++)) {
                        throw host.world()
                                .failure("client " + number + " heard a wrong byte", null);
                    }
                }
            }
            if (matched < length) {
                stream.receive(receive);
            } else {
                messages++;
                patience.cancel();
                say(host, stream);
            }
        }

        private byte expected(int index) {
            return (byte) (number * 31L + messages * 7 + index);
        }
    }
}
