package io.overlapped.lab.model;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.overlapped.lab.model.About.Text;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * epoll itself: the kernel keeps the list, and answers with those that are ready alone.
 *
 * <pre>
 * epoll_ctl(epoll, EPOLL_CTL_ADD, fd, EPOLLIN);      once for each socket
 * while (true) {
 *     count = epoll_wait(epoll, events, …);          only what is ready
 *     for (i &lt; count) recv(events[i].fd);
 * }
 * </pre>
 *
 * <p>Still a reactor: it says who may read, and the read is a call of its own.
 */
final class EpollCall implements Model {
    static final About ABOUT =
            About.of(
                    EpollCall.class,
                    "epoll",
                    Kind.REACTOR,
                    new Text(
                            "The kernel keeps the list of sockets, and one thread gets from it only"
                                    + " those that are ready (epoll).",
                            "소켓 목록을 커널이 보관하고, 스레드 하나가 준비된 소켓만 받아 처리한다(epoll)."),
                    null,
                    Texts.BOUNDED_QUEUE);

    private static final int EPOLLIN = 1;
    private static final int EPOLLOUT = 4;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_MOD = 3;
    private static final int EVENTS_MAX = 256;

    // struct epoll_event { uint32_t events; uint64_t data; }, which is packed on x86-64 only
    private static final long DATA_OFFSET = Descriptors.isX86() ? 4 : 8;
    private static final long EVENT_BYTES = DATA_OFFSET + Long.BYTES;

    @Override
    public void serve(Serving serving) throws IOException {
        try (Descriptors all = Descriptors.listen(serving)) {
            int epoll = Descriptors.checked("epoll_create1", all.libc().epollCreate());
            try {
                MemorySegment events = all.arena().allocate(EVENTS_MAX * EVENT_BYTES, Long.BYTES);
                MemorySegment wish = all.arena().allocate(EVENT_BYTES, Long.BYTES);
                control(all, epoll, EPOLL_CTL_ADD, all.door(), EPOLLIN, wish);
                while (!serving.isStopping()) {
                    int count = all.libc().epollWait(epoll, events, EVENTS_MAX);
                    for (int i = 0; i < count; i++) {
                        int happened = events.get(JAVA_INT, i * EVENT_BYTES);
                        int fd = events.get(JAVA_INT, i * EVENT_BYTES + DATA_OFFSET);
                        if (fd == all.door()) {
                            welcomeAll(all, epoll, wish);
                        } else {
                            handle(serving, all.client(fd), happened);
                        }
                    }
                }
            } finally {
                all.libc().close(epoll);
            }
        }
    }

    private static void handle(Serving serving, @Nullable ReactorClient client, int happened) {
        if (client == null) {
            return;
        }
        if ((happened & EPOLLOUT) != 0) {
            serving.step(Watch.WRITABLE, client.number(), "EPOLLOUT");
            client.mayWrite();
        }
        // An error or a hang-up is learned from the read, too.
        if ((happened & ~EPOLLOUT) != 0) {
            serving.step(Watch.READY, client.number(), "EPOLLIN");
            client.mayRead();
            serving.step(Watch.AGAIN, client.number());
        }
    }

    private static void welcomeAll(Descriptors all, int epoll, MemorySegment wish) {
        for (int fd = all.accept(); fd >= 0; fd = all.accept()) {
            int its = fd;
            control(all, epoll, EPOLL_CTL_ADD, its, EPOLLIN, wish);
            all.add(its, client -> wishChanged(all, epoll, its, client, wish));
        }
    }

    /** A closed descriptor leaves the list by itself. */
    private static void wishChanged(
            Descriptors all, int epoll, int fd, ReactorClient client, MemorySegment wish) {
        if (client.isOpen()) {
            int events = (client.wantsRead() ? EPOLLIN : 0) | (client.wantsWrite() ? EPOLLOUT : 0);
            control(all, epoll, EPOLL_CTL_MOD, fd, events, wish);
        }
    }

    private static void control(
            Descriptors all, int epoll, int operation, int fd, int events, MemorySegment wish) {
        wish.set(JAVA_INT, 0, events);
        wish.set(JAVA_INT, DATA_OFFSET, fd);
        all.libc().epollCtl(epoll, operation, fd, wish);
    }
}
