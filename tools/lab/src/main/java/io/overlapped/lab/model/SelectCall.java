package io.overlapped.lab.model;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.overlapped.lab.model.About.Text;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * select(2) itself, with its sets of 1,024 bits.
 *
 * <pre>
 * while (true) {
 *     FD_ZERO(&amp;set); for (fd : all) FD_SET(fd, &amp;set);       again and again
 *     select(highest + 1, &amp;readable, &amp;writable, NULL, NULL);
 *     for (fd : all) if (FD_ISSET(fd, &amp;readable)) recv(fd);  looks at every one
 * }
 * </pre>
 *
 * <p>A descriptor from 1,024 on has no bit. C would write behind the set; this refuses the client.
 */
final class SelectCall implements Model {
    static final About ABOUT =
            About.of(
                    SelectCall.class,
                    "select",
                    Kind.REACTOR,
                    new Text(
                            "One thread hands the kernel a bit for every socket, and looks through"
                                    + " all the bits that come back (select(2)).",
                            "스레드 하나가 모든 소켓의 비트를 커널에 넘기고, 돌아온 비트를 전부 훑어본다(select(2))."),
                    new Text(
                            "FD_SETSIZE: a descriptor of 1,024 or more does not fit into the set, so"
                                    + " its client is refused (on Windows the set holds 64 sockets).",
                            "FD_SETSIZE: 1,024 이상의 디스크립터는 집합에 들어가지 않아 접속을 거절한다"
                                    + "(Windows의 기본값은 소켓 64개)."),
                    Texts.BOUNDED_QUEUE);

    /** How many bits a set has; it cannot be changed without another C library. */
    static final int FD_SETSIZE = 1024;

    @Override
    public void serve(Serving serving) throws IOException {
        try (Descriptors all = Descriptors.listen(serving)) {
            MemorySegment readable = all.arena().allocate(JAVA_LONG, FD_SETSIZE / Long.SIZE);
            MemorySegment writable = all.arena().allocate(JAVA_LONG, FD_SETSIZE / Long.SIZE);
            while (!serving.isStopping()) {
                fill(readable, writable, all);
                if (all.libc().select(all.highest() + 1, readable, writable) > 0) {
                    readReady(serving, readable, writable, all);
                    if (isSet(all.door(), readable)) {
                        welcomeAll(serving, all);
                    }
                }
            }
        }
    }

    /** The kernel overwrites the sets with its answer, so they are made anew for each question. */
    private static void fill(MemorySegment readable, MemorySegment writable, Descriptors all) {
        readable.fill((byte) 0);
        writable.fill((byte) 0);
        set(all.door(), readable);
        for (int fd = 0; fd <= all.highest(); fd++) {
            ReactorClient client = all.client(fd);
            if (client != null && client.wantsRead()) {
                set(fd, readable);
            }
            if (client != null && client.wantsWrite()) {
                set(fd, writable);
            }
        }
    }

    private static void readReady(
            Serving serving, MemorySegment readable, MemorySegment writable, Descriptors all) {
        for (int fd = 0; fd <= all.highest(); fd++) {
            ReactorClient client = all.client(fd);
            if (client != null && isSet(fd, readable)) {
                serving.step(Watch.READY, client.number(), "FD_ISSET");
                client.mayRead();
                serving.step(Watch.AGAIN, client.number());
            }
            if (client != null && isSet(fd, writable)) {
                serving.step(Watch.WRITABLE, client.number(), "FD_ISSET");
                client.mayWrite();
            }
        }
    }

    private static void welcomeAll(Serving serving, Descriptors all) {
        for (int fd = all.accept(); fd >= 0; fd = all.accept()) {
            if (fd < FD_SETSIZE) {
                all.add(fd, _ -> {});
            } else {
                all.libc().close(fd);
                serving.refused(
                        "descriptor "
                                + fd
                                + " has no bit in a set of FD_SETSIZE ("
                                + FD_SETSIZE
                                + "); poll and epoll have no such limit");
            }
        }
    }

    private static void set(int fd, MemorySegment set) {
        long word = set.getAtIndex(JAVA_LONG, fd / Long.SIZE);
        set.setAtIndex(JAVA_LONG, fd / Long.SIZE, word | 1L << fd);
    }

    private static boolean isSet(int fd, MemorySegment set) {
        return (set.getAtIndex(JAVA_LONG, fd / Long.SIZE) & 1L << fd) != 0;
    }
}
