package io.overlapped.lab.model;

import io.overlapped.lab.model.About.Text;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * NIO.2: the JDK's own proactor, with a handler for each read and write.
 *
 * <pre>
 * channel.read(buffer, handler);              and that is all for now
 *
 * handler.completed(count) { process them; channel.read(buffer, handler); }
 * </pre>
 *
 * <p>On Windows this is a completion port. On Linux the JDK asks epoll and reads for the program:
 * the shape is a proactor's, the system below is a reactor.
 */
final class Nio2Channels implements Model {
    static final About ABOUT =
            About.of(
                    Nio2Channels.class,
                    "nio2",
                    Kind.PROACTOR,
                    new Text(
                            "Reads are started with a handler, which the JDK calls with the bytes"
                                    + " (AsynchronousSocketChannel; epoll below it on Linux).",
                            "핸들러와 함께 read를 걸어 두면 JDK가 데이터를 읽은 뒤 핸들러를 부른다"
                                    + "(AsynchronousSocketChannel. Linux에서는 그 아래가 epoll이다)."),
                    null,
                    Texts.PENDING_SEND);

    private static final long END_MILLIS_MAX = 2_000;

    @Override
    public void serve(Serving serving) throws IOException {
        AsynchronousChannelGroup group =
                AsynchronousChannelGroup.withFixedThreadPool(
                        1, Thread.ofPlatform().name("lab handler ", 1).factory());
        try (AsynchronousServerSocketChannel door = AsynchronousServerSocketChannel.open(group)) {
            door.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            door.bind(serving.wanted(), Serving.BACKLOG);
            serving.listening((InetSocketAddress) door.getLocalAddress());
            acceptNext(serving, door);
            serving.awaitStop();
        } finally {
            group.shutdownNow();
            end(group);
        }
    }

    private static void acceptNext(Serving serving, AsynchronousServerSocketChannel door) {
        door.accept(
                null,
                new Told<AsynchronousSocketChannel>(
                        channel -> {
                            new Client(serving, channel).start();
                            acceptNext(serving, door);
                        },
                        error -> {
                            if (door.isOpen() && error instanceof IOException shortage) {
                                Door.shortage(serving, shortage);
                                acceptNext(serving, door);
                            }
                        }));
    }

    private static void end(AsynchronousChannelGroup group) {
        try {
            boolean _ = group.awaitTermination(END_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A handler made of two functions. */
    private record Told<R>(Consumer<R> done, Consumer<Throwable> failed)
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

    private static final class Client implements ProactorShape<Integer>, Room.Member, Closeable {
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

        Client(Serving serving, AsynchronousSocketChannel channel) {
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
}
