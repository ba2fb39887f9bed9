package io.overlapped.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What groups send. */
class GroupTest {
    private static final Limits LIMITS =
            Limits.library()
                    .withInput(Limits.client().input())
                    .withAdmission(
                            new Limits.Admission(20_000, 20_000, 20_000, Duration.ofMinutes(1)));

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void aSlowMemberIsClosedWhileTheOthersGetEverything(String driver) throws Exception {
        Sessions log = new Sessions();
        Limits limits = LIMITS.withOutput(new Limits.Output(64 * 1024, Duration.ofMinutes(1)));
        try (Site site = new Site(driver, Site.FRAMING, limits, log)) {
            Socket slow = site.connect();
            log.await(1);
            Socket[] good = new Socket[5];
            List<CompletableFuture<Integer>> got = new ArrayList<>();
            for (int i = 0; i < good.length; i++) {
                good[i] = site.connect();
            }
            log.await(6);
            int broadcasts = 12_000;
            for (Socket socket : good) {
                got.add(
                        CompletableFuture.supplyAsync(
                                () -> readOrdered(socket, broadcasts),
                                reader -> Thread.ofPlatform().start(reader)));
            }
            Group group = new Group(Site.FRAMING, Group.WhenFull.CLOSE);
            boolean _ =
                    site.on(
                            () -> {
                                log.sessions.forEach(group::join);
                                return true;
                            });
            broadcastAll(site, group, broadcasts);
            for (CompletableFuture<Integer> count : got) {
                assertEquals(broadcasts, count.get());
            }
            assertEquals(1, site.closed(CloseReason.SLOW_CONSUMER));
            assertEquals(5, site.on(group::size));
            slow.close();
        }
    }

    /** Broadcasts as fast as the good members read: never more ahead than an outbox holds. */
    private static void broadcastAll(Site site, Group group, int broadcasts) {
        for (int from = 0; from < broadcasts; from += 40) {
            int first = from;
            boolean _ =
                    site.on(
                            () -> {
                                for (int i = first; i < first + 40; i++) {
                                    byte[] bytes = new byte[1_000];
                                    bytes[0] = (byte) i;
                                    group.broadcast(MemorySegment.ofArray(bytes));
                                }
                                return true;
                            });
            Site.await(() -> site.on(() -> goodBytes(group)) < 20_000, () -> "readers keep up");
        }
    }

    private static int goodBytes(Group group) {
        // The first to join is the slow one, as long as it is in.
        return group.members().reversed().stream()
                .limit(5)
                .mapToInt(Session::outboxBytes)
                .max()
                .orElse(0);
    }

    private static int readOrdered(Socket socket, int frames) {
        try {
            for (int i = 0; i < frames; i++) {
                byte[] frame = socket.getInputStream().readNBytes(1_002);
                if (frame.length != 1_002 || frame[2] != (byte) i) {
                    return i;
                }
            }
            return frames;
        } catch (IOException e) {
            return -1;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void membersMayLeaveInsideCallbacks(String driver) throws IOException {
        Group group = new Group(Site.FRAMING, Group.WhenFull.CLOSE);
        Sessions log =
                new Sessions() {
                    @Override
                    public void opened(Session session) {
                        super.opened(session);
                        group.join(session);
                    }

                    @Override
                    public void received(Session session, MemorySegment frame) {
                        super.received(session, frame);
                        group.broadcast(Frames.text("left " + session.id()), session);
                        group.leave(session);
                        session.close();
                    }

                    @Override
                    public void closed(Session session, CloseReason reason, String detail) {
                        super.closed(session, reason, detail);
                        group.broadcast(Frames.text("gone " + session.id()));
                    }
                };
        try (Site site = new Site(driver, Site.FRAMING, LIMITS, log)) {
            Socket[] sockets = new Socket[10];
            for (int i = 0; i < sockets.length; i++) {
                sockets[i] = site.connect();
                log.await(i + 1);
            }
            for (int i = 0; i < 9; i++) {
                sockets[i].getOutputStream().write(Frames.framed("bye"));
            }
            site.awaitClosed(CloseReason.CLOSED_BY_US, 9);
            assertEquals(1, site.on(group::size));
            byte[] told = sockets[9].getInputStream().readNBytes(9 * 2 * 8);
            assertEquals(9 * 2 * 8, told.length);
        }
    }
}
