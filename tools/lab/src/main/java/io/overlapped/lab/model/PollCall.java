package io.overlapped.lab.model;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.overlapped.lab.model.About.Text;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * poll(2) itself: a list in place of select's bits, so as long as it has to be.
 *
 * <pre>
 * while (true) {
 *     poll(list, count, -1);                   the kernel walks through the whole list
 *     for (entry : list)                       and so does the program
 *         if (entry.revents &amp; POLLIN) recv(entry.fd);
 * }
 * </pre>
 */
final class PollCall implements Model {
    static final About ABOUT =
            About.of(
                    PollCall.class,
                    "poll",
                    Kind.REACTOR,
                    new Text(
                            "One thread hands the kernel a list of all sockets, and looks through"
                                    + " the whole list for those that are ready (poll(2)).",
                            "스레드 하나가 모든 소켓의 목록을 커널에 넘기고, 목록 전체를 훑어 준비된 소켓을 찾는다(poll(2))."),
                    null,
                    Texts.BOUNDED_QUEUE);

    private static final short POLLIN = 1;
    private static final short POLLOUT = 4;

    // struct pollfd { int fd; short events; short revents; }
    private static final long ENTRY_BYTES = 8;
    private static final long EVENTS_OFFSET = 4;
    private static final long REVENTS_OFFSET = 6;

    private MemorySegment list = MemorySegment.NULL;

    @Override
    public void serve(Serving serving) throws IOException {
        try (Descriptors all = Descriptors.listen(serving)) {
            while (!serving.isStopping()) {
                int count = fill(all);
                if (all.libc().poll(list, count) > 0) {
                    for (int i = 1; i < count; i++) {
                        handle(serving, all, list.asSlice(i * ENTRY_BYTES, ENTRY_BYTES));
                    }
                    if (list.get(JAVA_SHORT, REVENTS_OFFSET) != 0) {
                        welcomeAll(all);
                    }
                }
            }
        }
    }

    /** Writes the list of all sockets, the door first; returns how many. */
    private int fill(Descriptors all) {
        long room = (all.highest() + 1) * ENTRY_BYTES;
        if (list.byteSize() < room) {
            list = Arena.ofAuto().allocate(2 * room, ENTRY_BYTES);
        }
        int count = 0;
        put(count++, all.door(), POLLIN);
        for (int fd = 0; fd <= all.highest(); fd++) {
            ReactorClient client = all.client(fd);
            if (client != null) {
                int events =
                        (client.wantsRead() ? POLLIN : 0) | (client.wantsWrite() ? POLLOUT : 0);
                put(count++, fd, events);
            }
        }
        return count;
    }

    private void put(int index, int fd, int events) {
        list.set(JAVA_INT, index * ENTRY_BYTES, fd);
        list.set(JAVA_SHORT, index * ENTRY_BYTES + EVENTS_OFFSET, (short) events);
        list.set(JAVA_SHORT, index * ENTRY_BYTES + REVENTS_OFFSET, (short) 0);
    }

    private static void handle(Serving serving, Descriptors all, MemorySegment entry) {
        int happened = entry.get(JAVA_SHORT, REVENTS_OFFSET);
        if (happened == 0) {
            return;
        }
        ReactorClient client = all.client(entry.get(JAVA_INT, 0));
        if (client == null) {
            return;
        }
        if ((happened & POLLOUT) != 0) {
            serving.step(Watch.WRITABLE, client.number(), "POLLOUT");
            client.mayWrite();
        }
        // An error or a hang-up is learned from the read, too.
        if ((happened & ~POLLOUT) != 0) {
            serving.step(Watch.READY, client.number(), "POLLIN");
            client.mayRead();
            serving.step(Watch.AGAIN, client.number());
        }
    }

    private static void welcomeAll(Descriptors all) {
        for (int fd = all.accept(); fd >= 0; fd = all.accept()) {
            all.add(fd, _ -> {});
        }
    }
}
