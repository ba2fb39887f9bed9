package io.overlapped.lab.model;

import static io.overlapped.lab.model.NetworkEvents.FD_ACCEPT;
import static io.overlapped.lab.model.NetworkEvents.FD_READ;
import static io.overlapped.lab.model.NetworkEvents.FD_WRITE;
import static io.overlapped.lab.model.SocketEvents.MAXIMUM_WAIT_EVENTS;

import io.overlapped.lab.model.About.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * WSAEventSelect's shape: each socket has an event, and a thread waits for up to 64 of them.
 *
 * <pre>
 * while (true) {
 *     i = WSAWaitForMultipleEvents(count, events);        count is 64 at most
 *     WSAEnumNetworkEvents(socket[i], events[i]);         what was it?
 *     recv(socket[i]);
 * }
 * </pre>
 *
 * <p>The 65th client needs a second thread, the 129th a third. Most of them sleep, and each message
 * has to wake the one that it belongs to.
 */
final class EventSelect implements Model {
    static final About ABOUT =
            About.of(
                    EventSelect.class,
                    "event-select",
                    Kind.REACTOR,
                    new Text(
                            "Each socket has an event that says that it is ready; a thread waits for"
                                    + " at most 64 of them (the shape of WSAEventSelect).",
                            "소켓마다 준비되었음을 알리는 이벤트가 있고, 스레드 하나가 최대 64개를 함께 기다린다"
                                    + "(WSAEventSelect의 형태)."),
                    new Text(
                            "64 sockets a thread: the 65th client costs a second thread, 9,000"
                                    + " clients cost 141.",
                            "스레드당 소켓 64개. 65번째 클라이언트부터 스레드가 하나 더 필요하고, 9,000개면 141개가 필요하다."),
                    Texts.BOUNDED_QUEUE);

    private final List<Group> groups = new ArrayList<>();
    private final Semaphore doorEvent = new Semaphore(0);

    @Override
    public void serve(Serving serving) throws IOException {
        try (NetworkEvents system = new NetworkEvents();
                ExecutorService threads =
                        Executors.newThreadPerTaskExecutor(
                                Thread.ofPlatform().name("lab group ", 1).factory());
                Door door = Door.open(serving)) {
            system.select(door.channel(), FD_ACCEPT, _ -> doorEvent.release());
            while (!serving.isStopping()) {
                doorEvent.acquire();
                SocketChannel channel = door.accept();
                while (channel != null) {
                    groupWithRoom(serving, system, threads).add(channel);
                    channel = door.accept();
                }
                system.enable(door.channel(), FD_ACCEPT);
            }
            groups.forEach(group -> group.events.wake());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Group groupWithRoom(Serving serving, NetworkEvents system, ExecutorService threads) {
        for (Group group : groups) {
            if (group.events.count() < MAXIMUM_WAIT_EVENTS) {
                return group;
            }
        }
        Group group = new Group(serving, system);
        groups.add(group);
        threads.execute(group);
        return group;
    }

    /** A thread with up to 64 sockets. */
    private static final class Group implements Runnable {
        private final Serving serving;
        private final NetworkEvents system;
        private final SocketEvents events = new SocketEvents();
        private final SocketChannel[] channels = new SocketChannel[MAXIMUM_WAIT_EVENTS];
        private final ByteBuffer shared = ByteBuffer.allocateDirect(Serving.READ_BYTES);

        Group(Serving serving, NetworkEvents system) {
            this.serving = serving;
            this.system = system;
        }

        void add(SocketChannel channel) throws IOException {
            int index = events.freeIndex();
            channels[index] = channel;
            ReactorClient client =
                    new ReactorClient(serving, channel, shared, its -> wish(index, channel, its));
            events.put(index, client);
            try {
                system.select(channel, FD_READ, happened -> set(index, client, happened));
            } catch (ClosedChannelException e) {
                // Another group's packet has found it gone already.
                events.remove(index, client);
            }
        }

        @Override
        public void run() {
            try {
                while (!serving.isStopping()) {
                    int first = events.waitForAny();
                    // The others that are set get their turn too, or the first would starve them.
                    for (int i = Math.max(first, 0); i < MAXIMUM_WAIT_EVENTS; i++) {
                        int happened = events.enumerate(i);
                        if (happened != 0) {
                            handle(i, happened);
                        }
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void handle(int index, int happened) {
            ReactorClient client = events.client(index);
            if (client == null) {
                return;
            }
            if ((happened & FD_READ) != 0) {
                serving.step(Watch.READY, client.number(), "event " + index);
                client.mayRead();
            }
            if ((happened & FD_WRITE) != 0) {
                serving.step(Watch.WRITABLE, client.number(), "event " + index);
                client.mayWrite();
            }
            if (client.wantsRead()) {
                system.enable(channels[index], FD_READ);
            }
            serving.step(Watch.AGAIN, client.number());
        }

        /** On the system's thread. */
        private void set(int index, ReactorClient client, int happened) {
            serving.step(Watch.SIGNALLED, client.number(), "event " + index);
            events.set(index, happened);
        }

        /** A send could not take all, so that FD_WRITE is to come; or the client has ended. */
        private void wish(int index, SocketChannel channel, ReactorClient client) {
            system.enable(channel, client.wantsWrite() ? FD_WRITE : 0);
            if (!client.isOpen()) {
                events.remove(index, client);
            }
        }
    }
}
