package io.overlapped.bench.server;

import io.overlapped.bench.Content;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Peer: a virtual thread and a buffer a connection, blocking channels. */
final class VirtualThreadServer {
    private final Mode mode;
    private final List<SocketChannel> subscribers = new ArrayList<>();

    private VirtualThreadServer(Mode mode) {
        this.mode = mode;
    }

    public static void main(String[] args) throws IOException {
        var server = new VirtualThreadServer(Mode.of(args[0]));
        try (var listener = ServerSocketChannel.open()) {
            listener.bind(Launch.anyPort(), Launch.BACKLOG);
            Launch.ready(listener.socket().getLocalPort());
            while (true) {
                SocketChannel channel = listener.accept();
                Thread.startVirtualThread(() -> server.serve(channel));
            }
        }
    }

    private void serve(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            ByteBuffer buffer = ByteBuffer.allocateDirect(Launch.BUFFER_BYTES);
            boolean keep =
                    switch (mode) {
                        case ECHO -> echo(channel, buffer);
                        case SINK -> sink(channel, buffer);
                        case SOURCE -> source(channel, buffer);
                        case FAN -> fan(channel, buffer);
                    };
            if (!keep) {
                channel.close();
            }
        } catch (IOException reset) {
            try {
                channel.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }

    private static boolean read(SocketChannel channel, ByteBuffer buffer) throws IOException {
        boolean more = channel.read(buffer.clear()) > 0;
        buffer.flip();
        return more;
    }

    private static void writeAll(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static boolean echo(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (read(channel, buffer)) {
            writeAll(channel, buffer);
        }
        return false;
    }

    private static boolean sink(SocketChannel channel, ByteBuffer buffer) throws IOException {
        long received = 0;
        while (read(channel, buffer)) {
            int mark = Content.markIn(received, buffer.remaining());
            received += buffer.remaining();
            if (mark >= 0) {
                writeAll(channel, buffer.slice(mark, 1));
            }
        }
        return false;
    }

    private static boolean source(SocketChannel channel, ByteBuffer buffer) throws IOException {
        ByteBuffer content = Content.period();
        if (read(channel, buffer)) {
            while (true) {
                writeAll(channel, content.clear());
            }
        }
        return false;
    }

    /** Returns whether the channel stays open without a thread: a subscriber's does. */
    private boolean fan(SocketChannel channel, ByteBuffer buffer) throws IOException {
        boolean subscribes = read(channel, buffer) && buffer.get(0) == Mode.SUBSCRIBER;
        if (subscribes) {
            synchronized (subscribers) {
                subscribers.add(channel);
            }
        }
        writeAll(channel, buffer);
        if (subscribes) {
            return true;
        }
        while (read(channel, buffer)) {
            synchronized (subscribers) {
                for (SocketChannel subscriber : subscribers) {
                    writeAll(subscriber, buffer.rewind());
                }
            }
        }
        return false;
    }
}
