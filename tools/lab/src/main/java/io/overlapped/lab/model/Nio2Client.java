package io.overlapped.lab.model;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client of the JDK's proactor. The buffers belong to the operation that is in flight, so that
 * the outbox gives copies away.
 *
 * <p>Threads: the handler's.
 */
final class Nio2Client implements ProactorShape<Integer>, Room.Member, Closeable {
    /** A handler made of two functions. */
    record Told<R>(Consumer<R> done, Consumer<Throwable> failed)
            implements CompletionHandler<R, @Nullable Void> {
        @Override
        public void completed(R result, @Nullable Void none) {
            done.accept(result);
        }

        @Override
        public void failed(Throwable error, @Nullable Void none) {
            failed.accept(error);
        }
    }

    private final Serving serving;
    private final AsynchronousSocketChannel channel;
    private final long number;
    private final @Nullable Packets packets;
    private final Outbox outbox = new Outbox();
    private final ByteBuffer input = ByteBuffer.allocate(Serving.READ_BYTES);
    private ByteBuffer output = input;
    private boolean writing;
    private boolean ending;
    private final Told<Integer> read = new Told<>(this::hasRead, _ -> close());
    private final Told<Integer> written = new Told<>(this::hasWritten, _ -> close());

    Nio2Client(Serving serving, AsynchronousSocketChannel channel) {
        this.serving = serving;
        this.channel = channel;
        packets = serving.isChat() ? new Packets() : null;
        number = serving.came(this);
    }

    void start() {
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        } catch (IOException e) {
            close();
            return;
        }
        if (packets != null) {
            serving.room().join(this);
        }
        startRead();
    }

    @Override
    public void hasRead(Integer count) {
        if (count < 0) {
            inputEnded();
            return;
        }
        serving.step(Watch.COMPLETED, number, "receive", count);
        serving.step(Watch.ROUTINE, number, "handler");
        input.flip();
        if (packets == null) {
            startWrite(input);
        } else {
            packets.feed(input, serving.room()::broadcast);
            startRead();
        }
    }

    @Override
    public void hasWritten(Integer count) {
        serving.step(Watch.COMPLETED, number, "send", count);
        serving.step(Watch.ROUTINE, number, "handler");
        if (output.hasRemaining()) {
            startWrite(output);
        } else if (packets == null) {
            startRead();
        } else {
            writing = false;
            writeWaiting();
        }
    }

    @Override
    public void send(ByteBuffer bytes) {
        if (outbox.add(bytes)) {
            writeWaiting();
        } else {
            serving.tooSlow(number);
            close();
        }
    }

    @Override
    public void close() {
        serving.room().leave(this);
        outbox.finish();
        Serving.close(channel);
        serving.left(this, number);
    }

    private void startRead() {
        serving.step(Watch.SUBMITTED, number, "receive");
        channel.read(input.clear(), null, read);
    }

    private void startWrite(ByteBuffer bytes) {
        output = bytes;
        writing = true;
        serving.step(Watch.SUBMITTED, number, "send");
        channel.write(bytes, null, written);
    }

    /** Writes what has gathered, unless a write is in flight: there may be one. */
    private void writeWaiting() {
        if (writing) {
            return;
        }
        if (!outbox.isEmpty()) {
            startWrite(ByteBuffer.wrap(outbox.takeAll()));
        } else if (ending) {
            close();
        }
    }

    private void inputEnded() {
        ending = true;
        serving.room().leave(this);
        if (packets == null) {
            close();
        } else {
            writeWaiting();
        }
    }
}
