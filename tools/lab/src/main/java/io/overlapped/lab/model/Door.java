package io.overlapped.lab.model;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The listening socket of the models that use the JDK's channels; it never waits.
 *
 * <p>Threads: one at a time.
 */
final class Door implements Closeable {
    private static final long PAUSE_MILLIS = 10;

    private final Serving serving;
    private final ServerSocketChannel channel;

    private Door(Serving serving, ServerSocketChannel channel) {
        this.serving = serving;
        this.channel = channel;
    }

    static Door open(Serving serving) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(serving.wanted(), Serving.BACKLOG);
            channel.configureBlocking(false);
            Door door = new Door(serving, channel);
            serving.listening((InetSocketAddress) channel.getLocalAddress());
            return door;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** The next client, whose channel does not wait either; null if nobody is there. */
    @Nullable SocketChannel accept() {
        try {
            SocketChannel client = channel.accept();
            if (client != null) {
                prepare(client);
            }
            return client;
        } catch (IOException e) {
            shortage(serving, e);
            return null;
        }
    }

    private static void prepare(SocketChannel client) throws IOException {
        try {
            client.configureBlocking(false);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    /** There is no descriptor left for a client: it keeps waiting at the door for a while. */
    static void shortage(Serving serving, IOException e) {
        serving.refused("a client has to wait at the door: " + e.getMessage());
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
