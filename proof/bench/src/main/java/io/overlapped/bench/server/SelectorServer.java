package io.overlapped.bench.server;

import io.overlapped.bench.Content;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Peer: a NIO selector, one thread, one buffer for all connections. */
final class SelectorServer {
    private final Mode mode;
    private final Selector selector;
    private final ServerSocketChannel listener;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Launch.BUFFER_BYTES);
    private final List<SocketChannel> subscribers = new ArrayList<>();

    private SelectorServer(Mode mode) throws IOException {
        this.mode = mode;
        selector = Selector.open();
        listener = ServerSocketChannel.open().bind(Launch.anyPort(), Launch.BACKLOG);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    public static void main(String[] args) throws IOException {
        var server = new SelectorServer(Mode.of(args[0]));
        Launch.ready(server.listener.socket().getLocalPort());
        while (true) {
            server.selector.select(server::handle);
        }
    }

    private void handle(SelectionKey key) {
        if (key.isAcceptable()) {
            accept();
            return;
        }
        var connection = (Connection) key.attachment();
        try {
            if (key.isValid() && key.isWritable()) {
                connection.writable();
            }
            if (key.isValid() && key.isReadable()) {
                connection.readable();
            }
        } catch (IOException reset) {
            connection.end();
        }
    }

    private void accept() {
        try {
            for (SocketChannel channel = listener.accept();
                    channel != null;
                    channel = listener.accept()) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                key.attach(new Connection(channel, key));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void writeAll(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private final class Connection {
        private final SocketChannel channel;
        private final SelectionKey key;
        private @Nullable ByteBuffer rest;
        private boolean named;
        private long received;

        Connection(SocketChannel channel, SelectionKey key) {
            this.channel = channel;
            this.key = key;
        }

        void readable() throws IOException {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                end();
                return;
            }
            buffer.flip();
            switch (mode) {
                case ECHO -> echo();
                case SINK -> discard();
                case SOURCE -> {
                    rest = Content.period();
                    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                }
                case FAN -> fan();
            }
        }

        /** What the socket does not take waits in a buffer of its own. */
        private void echo() throws IOException {
            channel.write(buffer);
            if (buffer.hasRemaining()) {
                rest = ByteBuffer.allocateDirect(buffer.remaining()).put(buffer).flip();
                key.interestOps(SelectionKey.OP_WRITE);
            }
        }

        void writable() throws IOException {
            if (rest == null) {
                return;
            }
            channel.write(rest);
            if (!rest.hasRemaining()) {
                if (mode == Mode.SOURCE) {
                    rest.clear();
                } else {
                    rest = null;
                    key.interestOps(SelectionKey.OP_READ);
                }
            }
        }

        private void discard() throws IOException {
            int mark = Content.markIn(received, buffer.remaining());
            received += buffer.remaining();
            if (mark >= 0) {
                writeAll(channel, buffer.slice(mark, 1));
            }
        }

        private void fan() throws IOException {
            if (!named) {
                named = true;
                if (buffer.get(0) == Mode.SUBSCRIBER) {
                    subscribers.add(channel);
                }
                writeAll(channel, buffer);
                return;
            }
            for (SocketChannel subscriber : subscribers) {
                buffer.rewind();
                writeAll(subscriber, buffer);
            }
        }

        void end() {
            subscribers.remove(channel);
            try {
                channel.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }
}
