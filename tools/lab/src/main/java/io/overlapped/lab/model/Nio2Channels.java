package io.overlapped.lab.model;

import io.overlapped.lab.model.About.Text;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.concurrent.TimeUnit;

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
                new Nio2Client.Told<AsynchronousSocketChannel>(
                        channel -> {
                            new Nio2Client(serving, channel).start();
                            if (!serving.isStopping()) {
                                acceptNext(serving, door);
                            }
                        },
                        error -> {
                            if (!serving.isStopping() && error instanceof IOException shortage) {
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
}
