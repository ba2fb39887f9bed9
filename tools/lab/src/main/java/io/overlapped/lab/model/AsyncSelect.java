package io.overlapped.lab.model;

import static io.overlapped.lab.model.NetworkEvents.FD_ACCEPT;
import static io.overlapped.lab.model.NetworkEvents.FD_READ;
import static io.overlapped.lab.model.NetworkEvents.FD_WRITE;

import io.overlapped.lab.model.About.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * WSAAsyncSelect's shape: the system posts what happened to sockets as messages, and one handler
 * takes them from its queue.
 *
 * <pre>
 * while (GetMessage(&amp;message))
 *     switch (WSAGETSELECTEVENT(message)) {
 *         case FD_ACCEPT: accept();
 *         case FD_READ:   recv(socket);
 *         case FD_WRITE:  send(socket);
 *     }
 * </pre>
 */
final class AsyncSelect implements Model {
    static final About ABOUT =
            About.of(
                    AsyncSelect.class,
                    "async-select",
                    Kind.REACTOR,
                    new Text(
                            "The system posts the readiness of sockets as messages to a queue, and"
                                    + " one handler thread takes them one by one (the shape of"
                                    + " WSAAsyncSelect).",
                            "운영체제가 소켓의 준비 상태를 메시지로 큐에 넣고, 처리 스레드 하나가 하나씩 꺼내 처리한다"
                                    + "(WSAAsyncSelect의 형태)."),
                    new Text(
                            "All sockets share one queue with whatever else is in it, and each"
                                    + " message changes threads on its way.",
                            "모든 소켓이 하나의 메시지 큐를 다른 메시지와 함께 쓰고, 메시지마다 스레드를 건너간다."),
                    Texts.BOUNDED_QUEUE);

    /** A window message: which socket (null is the door), and what happened to it. */
    private record Message(@Nullable Client client, int events) {}

    private record Client(ReactorClient reactor, SocketChannel channel) {}

    private final BlockingQueue<Message> queue = new LinkedBlockingQueue<>();
    private final ByteBuffer shared = ByteBuffer.allocateDirect(Serving.READ_BYTES);

    @Override
    public void serve(Serving serving) throws IOException {
        try (NetworkEvents system = new NetworkEvents();
                Door door = Door.open(serving)) {
            system.select(
                    door.channel(), FD_ACCEPT, events -> queue.add(new Message(null, events)));
            while (!serving.isStopping()) {
                Message message = queue.take();
                if (message.client == null) {
                    welcomeAll(serving, system, door);
                } else {
                    handle(serving, system, message.client, message.events);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void handle(Serving serving, NetworkEvents system, Client client, int events) {
        ReactorClient reactor = client.reactor;
        if ((events & FD_READ) != 0) {
            serving.step(Watch.READY, reactor.number(), "FD_READ");
            reactor.mayRead();
        }
        if ((events & FD_WRITE) != 0) {
            serving.step(Watch.WRITABLE, reactor.number(), "FD_WRITE");
            reactor.mayWrite();
        }
        // What was done enables the message again.
        if (reactor.wantsRead()) {
            system.enable(client.channel, FD_READ);
        }
        serving.step(Watch.AGAIN, reactor.number());
    }

    private void welcomeAll(Serving serving, NetworkEvents system, Door door) throws IOException {
        SocketChannel channel = door.accept();
        while (channel != null) {
            SocketChannel its = channel;
            ReactorClient reactor =
                    new ReactorClient(serving, its, shared, client -> wish(system, its, client));
            Client client = new Client(reactor, its);
            system.select(its, FD_READ, events -> post(serving, client, events));
            channel = door.accept();
        }
        system.enable(door.channel(), FD_ACCEPT);
    }

    /** On the system's thread. */
    private void post(Serving serving, Client client, int events) {
        serving.step(Watch.POSTED, client.reactor.number(), "message");
        queue.add(new Message(client, events));
    }

    /** A send could not take all, so that FD_WRITE is to come; or the client has ended. */
    private static void wish(NetworkEvents system, SocketChannel channel, ReactorClient client) {
        system.enable(channel, client.wantsWrite() ? FD_WRITE : 0);
    }
}
