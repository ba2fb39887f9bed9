package io.overlapped.bench.server;

import io.overlapped.bench.Content;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Peer: NIO.2 channels with a group of one thread, a buffer a connection, handlers. */
final class Nio2Server {
    private final Mode mode;
    private final boolean limited;
    private final AsynchronousServerSocketChannel listener;
    private final List<Connection> subscribers = new ArrayList<>();

    private Nio2Server(Mode mode, boolean limited) throws IOException {
        this.mode = mode;
        this.limited = limited;
        var group =
                AsynchronousChannelGroup.withFixedThreadPool(1, Executors.defaultThreadFactory());
        listener =
                AsynchronousServerSocketChannel.open(group).bind(Launch.anyPort(), Launch.BACKLOG);
    }

    public static void main(String[] args) throws Exception {
        boolean limited = args.length > 1;
        var server = new Nio2Server(Mode.of(args[args.length - 1]), limited);
        server.accept();
        Launch.ready(((java.net.InetSocketAddress) server.listener.getLocalAddress()).getPort());
        new CountDownLatch(1).await();
    }

    private void accept() {
        listener.accept(
                null,
                new CompletionHandler<AsynchronousSocketChannel, @Nullable Void>() {
                    @Override
                    public void completed(
                            AsynchronousSocketChannel channel, @Nullable Void unused) {
                        accept();
                        new Connection(channel).start();
                    }

                    @Override
                    public void failed(Throwable reason, @Nullable Void unused) {
                        accept();
                    }
                });
    }

    private final class Connection {
        private final AsynchronousSocketChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(Launch.BUFFER_BYTES);
        private final Handler received = new Handler(this::received);
        private final Handler sent = new Handler(this::sent);
        private ByteBuffer sending = buffer;
        private boolean named;
        private boolean publishes;
        private long count;
        private int pending;
        private @Nullable Connection publisher;

        Connection(AsynchronousSocketChannel channel) {
            this.channel = channel;
        }

        void start() {
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                receive();
            } catch (IOException e) {
                end();
            }
        }

        private void receive() {
            buffer.clear();
            if (limited) {
                channel.read(buffer, Launch.LIMIT.toSeconds(), TimeUnit.SECONDS, null, received);
            } else {
                channel.read(buffer, null, received);
            }
        }

        private void send(ByteBuffer bytes) {
            sending = bytes;
            sendRest();
        }

        private void sendRest() {
            if (limited) {
                channel.write(sending, Launch.LIMIT.toSeconds(), TimeUnit.SECONDS, null, sent);
            } else {
                channel.write(sending, null, sent);
            }
        }

        private void received(int bytes) {
            if (bytes < 0) {
                end();
                return;
            }
            buffer.flip();
            switch (mode) {
                case ECHO -> send(buffer);
                case SINK -> discard(bytes);
                case SOURCE -> send(Content.period());
                case FAN -> fan();
            }
        }

        private void sent(int bytes) {
            if (sending.hasRemaining()) {
                sendRest();
            } else if (publisher != null) {
                publisher.delivered();
            } else if (mode == Mode.SOURCE) {
                send(sending.clear());
            } else {
                receive();
            }
        }

        private void discard(int bytes) {
            int mark = Content.markIn(count, bytes);
            count += bytes;
            if (mark >= 0) {
                send(buffer.slice(mark, 1));
            } else {
                receive();
            }
        }

        private void fan() {
            if (!named) {
                named = true;
                publishes = buffer.get(0) == Mode.PUBLISHER;
                if (!publishes) {
                    subscribers.add(this);
                }
                send(buffer);
                return;
            }
            pending = subscribers.size();
            for (Connection subscriber : subscribers) {
                subscriber.publisher = this;
                subscriber.send(buffer.duplicate());
            }
        }

        private void delivered() {
            if (--pending == 0) {
                receive();
            }
        }

        private void end() {
            try {
                channel.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }

        private final class Handler implements CompletionHandler<Integer, @Nullable Void> {
            private final IntConsumer next;

            Handler(IntConsumer next) {
                this.next = next;
            }

            @Override
            public void completed(Integer bytes, @Nullable Void unused) {
                next.accept(bytes);
            }

            @Override
            public void failed(Throwable reason, @Nullable Void unused) {
                end();
            }
        }
    }
}
