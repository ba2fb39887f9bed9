package io.overlapped.lab.model;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A client with a thread of its own, of whatever kind, which waits in its reads and writes.
 *
 * <p>An echo is one loop. In a chat a client that does not read would hold up whoever writes to it,
 * so it gets a second thread, which writes from a bounded queue.
 *
 * <p>Threads: {@link #run} keeps the one that calls it; {@link #send} and {@link #close} by any.
 */
final class BlockingClient implements Runnable, Room.Member, Closeable {
    private final Serving serving;
    private final Socket socket;
    private final Executor threads;
    private final long number;
    private final Outbox outbox = new Outbox();

    BlockingClient(Serving serving, Socket socket, Executor threads) {
        this.serving = serving;
        this.socket = socket;
        this.threads = threads;
        number = serving.came(this);
    }

    @Override
    public void run() {
        try (socket) {
            if (serving.isChat()) {
                chat();
            } else {
                echo();
            }
        } catch (IOException e) {
            // The client is gone, which is what its thread waited to learn.
        } catch (OutOfMemoryError e) {
            serving.refused("client " + number + " gets no second thread: " + e.getMessage());
        } finally {
            serving.left(this, number);
        }
    }

    private void echo() throws IOException {
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        byte[] buffer = new byte[Serving.READ_BYTES];
        for (int count = read(in, buffer); count > 0; count = read(in, buffer)) {
            out.write(buffer, 0, count);
            serving.step(Watch.WRITTEN, number, count);
        }
    }

    private void chat() throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[Serving.READ_BYTES];
        Packets packets = new Packets();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(this::writeAll, threads);
        serving.room().join(this);
        try {
            for (int count = read(in, buffer); count > 0; count = read(in, buffer)) {
                packets.feed(ByteBuffer.wrap(buffer, 0, count), serving.room()::broadcast);
            }
        } finally {
            serving.room().leave(this);
            outbox.finish();
            writer.join();
        }
    }

    /** Waits, and is back with bytes: nobody tells it, its call simply returns. */
    private int read(InputStream in, byte[] buffer) throws IOException {
        serving.step(Watch.BLOCKED, number, "read");
        int count = in.read(buffer);
        if (count > 0) {
            serving.step(Watch.READ, number, count);
        }
        return count;
    }

    private void writeAll() {
        try {
            OutputStream out = socket.getOutputStream();
            byte[] next = outbox.awaitAll();
            while (next.length > 0) {
                out.write(next);
                serving.step(Watch.WRITTEN, number, next.length);
                next = outbox.awaitAll();
            }
        } catch (IOException e) {
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void send(ByteBuffer packets) {
        if (!outbox.add(packets)) {
            serving.tooSlow(number);
            close();
        }
    }

    @Override
    public void close() {
        serving.room().leave(this);
        outbox.finish();
        Serving.close(socket);
        serving.left(this, number);
    }
}
