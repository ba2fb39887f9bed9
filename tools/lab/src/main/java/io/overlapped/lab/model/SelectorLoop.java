package io.overlapped.lab.model;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;

import io.overlapped.lab.model.About.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * Select, as the JDK has it: one thread asks one {@link Selector} which sockets are ready.
 *
 * <pre>
 * while (true) {
 *     selector.select();                  waits
 *     for (key : selector.selectedKeys())
 *         read(key.channel());            does not wait
 * }
 * </pre>
 */
final class SelectorLoop implements Model {
    static final About ABOUT =
            About.of(
                    SelectorLoop.class,
                    "selector",
                    Kind.REACTOR,
                    new Text(
                            "One thread waits at a java.nio Selector, is told which sockets are"
                                    + " ready, and then reads them.",
                            "스레드 하나가 java.nio Selector에서 기다리다가 준비된 소켓을 통보받고," + " 그때 직접 읽는다."),
                    null,
                    Texts.BOUNDED_QUEUE);

    private final ByteBuffer shared = ByteBuffer.allocateDirect(Serving.READ_BYTES);

    @Override
    public void serve(Serving serving) throws IOException {
        try (Selector selector = Selector.open();
                Door door = Door.open(serving)) {
            door.channel().register(selector, OP_ACCEPT);
            while (!serving.isStopping()) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.attachment() instanceof ReactorClient client) {
                        serve(serving, key, client);
                    } else {
                        welcomeAll(serving, selector, door);
                    }
                }
                selector.selectedKeys().clear();
            }
        }
    }

    private static void serve(Serving serving, SelectionKey key, ReactorClient client) {
        int ready = key.isValid() ? key.readyOps() : 0;
        if ((ready & OP_READ) != 0) {
            serving.step(Watch.READY, client.number(), "Selector.select");
            client.mayRead();
            serving.step(Watch.AGAIN, client.number());
        }
        if ((ready & OP_WRITE) != 0) {
            serving.step(Watch.WRITABLE, client.number());
            client.mayWrite();
        }
    }

    private void welcomeAll(Serving serving, Selector selector, Door door) throws IOException {
        SocketChannel channel = door.accept();
        while (channel != null) {
            SelectionKey key = channel.register(selector, OP_READ);
            key.attach(new ReactorClient(serving, channel, shared, client -> wish(key, client)));
            channel = door.accept();
        }
    }

    /** Changes what the selector watches for. */
    private static void wish(SelectionKey key, ReactorClient client) {
        if (client.isOpen()) {
            key.interestOps(
                    (client.wantsRead() ? OP_READ : 0) | (client.wantsWrite() ? OP_WRITE : 0));
        }
    }
}
