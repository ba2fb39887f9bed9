package io.overlapped.lab.model;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * The listening socket of the models whose calls wait.
 *
 * <p>Threads: one at a time.
 */
final class BlockingDoor implements Closeable {
    private final Serving serving;
    private final ServerSocket socket;

    BlockingDoor(Serving serving) throws IOException {
        this.serving = serving;
        socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(serving.wanted(), Serving.BACKLOG);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        serving.listening((InetSocketAddress) socket.getLocalSocketAddress());
    }

    /** Waits for the next client; null when it is time to stop. */
    @Nullable Socket accept() {
        while (!serving.isStopping()) {
            try {
                Socket client = socket.accept();
                if (!serving.isStopping() && isPrepared(client)) {
                    return client;
                }
                client.close();
            } catch (IOException e) {
                Door.shortage(serving, e);
            }
        }
        return null;
    }

    /** Whether it is still there to be served. */
    private static boolean isPrepared(Socket client) {
        try {
            client.setTcpNoDelay(true);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
