package io.overlapped.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.IoBuffer;
import io.overlapped.Options;
import io.overlapped.Overlapped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What sessions send: bounds, order, batches, slow readers, groups. */
class OutputTest {
    private static final Limits LIMITS =
            Limits.library()
                    .withInput(Limits.client().input())
                    .withAdmission(
                            new Limits.Admission(20_000, 20_000, 20_000, Duration.ofMinutes(1)));

    /** Hands its sessions to the test. */
    private static class Sessions extends Site.Log {
        final List<Session> sessions = new ArrayList<>();
        final AtomicInteger writable = new AtomicInteger();
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public void opened(Session session) {
            super.opened(session);
            sessions.add(session);
            count.incrementAndGet();
        }

        @Override
        public void writable(Session session) {
            super.writable(session);
            writable.incrementAndGet();
        }

        void await(int expected) {
            Site.await(() -> count.get() == expected, () -> count + " sessions");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void anOutboxTakesItsBoundAndNotAByteMore(String driver) throws IOException {
        Limits limits = LIMITS.withOutput(new Limits.Output(10_000, Duration.ofSeconds(10)));
        Sessions log = new Sessions();
        Options options = Options.defaults().withDriver(driver).withBuffers(64, 4096, 8);
        try (Site site = new Site(options, Site.FRAMING, limits, log)) {
            Socket socket = site.connect();
            log.await(1);
            int accepted =
                    on(
                            site,
                            () -> {
                                Session session = log.sessions.getFirst();
                                int count = 0;
                                while (session.send(payload(98)) == Offer.ACCEPTED) {
                                    count++;
                                }
                                assertEquals(count * 100, session.outboxBytes());
                                assertTrue(site.proactor.buffers().leased() <= 4);
                                return count;
                            });
            assertEquals(100, accepted);
            assertEquals(10_000, socket.getInputStream().readNBytes(10_000).length);
            Site.await(() -> log.writable.get() == 1, () -> "writable");
            Site.await(() -> site.proactor.buffers().leased() == 0, () -> "buffers given back");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void whatATickSendsLeavesInOneSend(String driver) throws IOException {
        Sessions log = new Sessions();
        try (Site site = new Site(driver, Site.FRAMING, LIMITS, log)) {
            Socket socket = site.connect();
            log.await(1);
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            long before =
                    on(
                            site,
                            () -> {
                                Session session = log.sessions.getFirst();
                                for (int i = 0; i < 500; i++) {
                                    assertEquals(
                                            Offer.ACCEPTED, session.send(Frames.text("tick " + i)));
                                    expected.writeBytes(Frames.framed("tick " + i));
                                }
                                return site.proactor.report().counters().get("delivered");
                            });
            assertArrayEquals(
                    expected.toByteArray(), socket.getInputStream().readNBytes(expected.size()));
            long deliveries =
                    on(site, () -> site.proactor.report().counters().get("delivered")) - before;
            // The flush, one send, this question; and timers of the sweep meanwhile.
            assertTrue(deliveries < 50, () -> deliveries + " completions for 500 frames");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void framesLongerThanAPoolBufferGoBothWays(String driver) throws IOException {
        Framing framing = Framing.lengthPrefixed(60_000);
        Site.Log log =
                new Site.Log() {
                    @Override
                    public void received(Session session, MemorySegment frame) {
                        super.received(session, frame);
                        assertEquals(
                                Offer.ACCEPTED, session.send(session.framing().payload(frame)));
                    }
                };
        Options options = Options.defaults().withDriver(driver).withBuffers(64, 4096, 8);
        try (Site site = new Site(options, framing, LIMITS, log)) {
            Socket socket = site.connect();
            byte[] payload = new byte[60_000];
            new SplittableRandom(1).nextBytes(payload);
            byte[] frame = Frames.framed(payload);
            for (int i = 0; i < 5; i++) {
                socket.getOutputStream().write(frame);
                assertArrayEquals(frame, socket.getInputStream().readNBytes(frame.length));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void whatCanNeverFitIsMisuse(String driver) throws IOException {
        Limits limits = LIMITS.withOutput(new Limits.Output(500, Duration.ofSeconds(10)));
        Sessions log = new Sessions();
        try (Site site = new Site(driver, Site.FRAMING, limits, log)) {
            site.connect();
            log.await(1);
            Session session = log.sessions.getFirst();
            boolean _ =
                    on(
                            site,
                            () -> {
                                assertThrows(
                                        IllegalArgumentException.class,
                                        () -> session.send(payload(1_000)));
                                assertThrows(
                                        IllegalArgumentException.class,
                                        () -> session.send(payload(2_000)));
                                return session.send(payload(498)) == Offer.ACCEPTED;
                            });
            assertThrows(WrongThreadException.class, () -> session.send(payload(1)));
            assertThrows(WrongThreadException.class, session::close);
            assertEquals(1, site.server.report().offersAccepted());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void anEmptyPoolIsBackPressureAndNoFailure(String driver) throws IOException {
        Sessions log = new Sessions();
        Options options = Options.defaults().withDriver(driver).withBuffers(16, 4096, 4);
        try (Site site = new Site(options, Site.FRAMING, LIMITS, log)) {
            Socket socket = site.connect();
            log.await(1);
            Session session = log.sessions.getFirst();
            List<IoBuffer> taken =
                    on(
                            site,
                            () -> {
                                List<IoBuffer> all = new ArrayList<>();
                                IoBuffer buffer = site.proactor.buffers().tryTake();
                                while (buffer != null) {
                                    all.add(buffer);
                                    buffer = site.proactor.buffers().tryTake();
                                }
                                assertEquals(Offer.FULL, session.send(payload(10)));
                                return all;
                            });
            assertEquals(1, site.server.report().poolEmpty());
            taken.forEach(IoBuffer::close);
            Site.await(() -> log.writable.get() > 0, () -> "writable");
            assertEquals(Offer.ACCEPTED, on(site, () -> session.send(payload(10))));
            assertEquals(12, socket.getInputStream().readNBytes(12).length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void aSlowMemberIsClosedWhileTheOthersGetEverything(String driver) throws Exception {
        Sessions log = new Sessions();
        Limits limits = LIMITS.withOutput(new Limits.Output(64 * 1024, Duration.ofSeconds(5)));
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
                    on(
                            site,
                            () -> {
                                log.sessions.forEach(group::join);
                                return true;
                            });
            broadcastAll(site, group, broadcasts);
            for (CompletableFuture<Integer> count : got) {
                assertEquals(broadcasts, count.get());
            }
            assertEquals(1, site.closed(CloseReason.SLOW_CONSUMER));
            assertEquals(5, on(site, group::size));
            slow.close();
        }
    }

    /** Broadcasts as fast as the good members read: never more ahead than an outbox holds. */
    private static void broadcastAll(Site site, Group group, int broadcasts) {
        for (int from = 0; from < broadcasts; from += 40) {
            int first = from;
            boolean _ =
                    on(
                            site,
                            () -> {
                                for (int i = first; i < first + 40; i++) {
                                    byte[] bytes = new byte[1_000];
                                    bytes[0] = (byte) i;
                                    group.broadcast(MemorySegment.ofArray(bytes));
                                }
                                return true;
                            });
            Site.await(() -> on(site, () -> goodBytes(group)) < 20_000, () -> "readers keep up");
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
    void aSlowReaderOfStateGetsFewerAndTheNewestInTheEnd(String driver) throws IOException {
        int states = 20_000;
        AtomicInteger newest = new AtomicInteger();
        AtomicInteger sent = new AtomicInteger();
        Sessions log =
                new Sessions() {
                    @Override
                    public void writable(Session session) {
                        super.writable(session);
                        if (session.send(state(newest.get())) == Offer.ACCEPTED) {
                            sent.incrementAndGet();
                        }
                    }
                };
        Limits limits = LIMITS.withOutput(new Limits.Output(8_192, Duration.ofSeconds(20)));
        try (Site site = new Site(driver, Site.FRAMING, limits, log)) {
            Socket socket = site.connect();
            log.await(1);
            Session session = log.sessions.getFirst();
            for (int i = 1; i <= states; i++) {
                int number = i;
                boolean _ =
                        on(
                                site,
                                () -> {
                                    newest.set(number);
                                    boolean taken = session.send(state(number)) == Offer.ACCEPTED;
                                    sent.addAndGet(taken ? 1 : 0);
                                    return taken;
                                });
            }
            assertTrue(sent.get() < states, () -> sent + " states for a peer that does not read");
            assertTrue(on(site, session::outboxBytes) <= 8_192);
            int last = 0;
            while (last < states) {
                byte[] frame = socket.getInputStream().readNBytes(1_002);
                int number = (frame[2] & 0xff) << 16 | (frame[3] & 0xff) << 8 | (frame[4] & 0xff);
                assertTrue(number >= last, "state " + number + " after " + last);
                last = number;
            }
            assertEquals(states, last);
        }
    }

    private static MemorySegment state(int number) {
        byte[] bytes = new byte[1_000];
        bytes[0] = (byte) (number >>> 16);
        bytes[1] = (byte) (number >>> 8);
        bytes[2] = (byte) number;
        return MemorySegment.ofArray(bytes);
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
            assertEquals(1, on(site, group::size));
            byte[] told = sockets[9].getInputStream().readNBytes(9 * 2 * 8);
            assertEquals(9 * 2 * 8, told.length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void aPausedSessionGetsItsFramesLater(String driver) throws IOException {
        AtomicInteger frames = new AtomicInteger();
        Sessions log =
                new Sessions() {
                    @Override
                    public void received(Session session, MemorySegment frame) {
                        super.received(session, frame);
                        if (frames.incrementAndGet() % 3 == 0) {
                            session.pauseReceiving();
                        }
                    }
                };
        try (Site site = new Site(driver, Site.FRAMING, LIMITS, log)) {
            Socket socket = site.connect();
            log.await(1);
            for (int i = 0; i < 10; i++) {
                socket.getOutputStream().write(Frames.framed("frame"));
            }
            for (int expected = 3; expected <= 9; expected += 3) {
                int count = expected;
                Site.await(() -> frames.get() == count, () -> frames + " frames");
                Site.await(
                        () -> on(site, site.proactor.buffers()::leased) == 0,
                        () -> site.proactor.buffers().leased() + " buffers leased");
                assertEquals(count, frames.get());
                boolean _ =
                        on(
                                site,
                                () -> {
                                    log.sessions.getFirst().resumeReceiving();
                                    return true;
                                });
            }
            Site.await(() -> frames.get() == 10, () -> frames + " frames");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void idleSessionsHoldNoBuffers(String driver) throws IOException {
        Sessions log =
                new Sessions() {
                    @Override
                    public void received(Session session, MemorySegment frame) {
                        super.received(session, frame);
                        assertEquals(Offer.ACCEPTED, session.sendFrames(frame));
                    }
                };
        int count = 2_000;
        // Far fewer buffers than sessions, so that none can be spared for one that is idle.
        Options options = Options.defaults().withDriver(driver).withBuffers(128, 4096, 32);
        try (Site site = new Site(options, Site.FRAMING, LIMITS, log)) {
            byte[] frame = Frames.framed("hello");
            Socket[] sockets = new Socket[count];
            for (int i = 0; i < count; i++) {
                sockets[i] = site.connect();
                // The beginning of another frame is not idle, but holds no pool buffer either.
                sockets[i].getOutputStream().write(frame);
                sockets[i].getOutputStream().write(frame, 0, 3);
                assertArrayEquals(frame, sockets[i].getInputStream().readNBytes(frame.length));
            }
            assertEquals(count, site.server.report().open());
            Site.await(
                    () -> on(site, site.proactor.buffers()::leased) == 0,
                    () -> site.proactor.buffers().leased() + " buffers leased");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void closingTheProactorEndsItsSessions(String driver) throws IOException {
        Sessions log = new Sessions();
        try (Site site = new Site(driver, Site.FRAMING, LIMITS, log)) {
            for (int i = 0; i < 20; i++) {
                site.connect();
            }
            log.await(20);
            long start = System.nanoTime();
            site.proactor.close();
            long tookNanos = System.nanoTime() - start;
            assertEquals(20, log.closed.size());
            assertTrue(log.closed.values().stream().allMatch(CloseReason.SERVER_CLOSING::equals));
            // Far below the time after which the proactor gives up and leaks.
            assertTrue(tookNanos < 1_500_000_000L, () -> tookNanos + " ns");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void whoeverHoldsTheLastBuffersWithoutReadingIsShed(String driver) throws IOException {
        Limits limits = LIMITS.withOutput(new Limits.Output(64 * 1024, Duration.ofSeconds(60)));
        Sessions log = new Sessions();
        Options options = Options.defaults().withDriver(driver).withBuffers(16, 4096, 4);
        try (Site site = new Site(options, Site.FRAMING, limits, log)) {
            site.connect();
            log.await(1);
            Socket good = site.connect();
            log.await(2);
            Session slow = log.sessions.getFirst();
            Site.await(
                    () -> {
                        on(site, () -> fill(slow));
                        return site.server.report().poolEmpty() > 0;
                    },
                    () -> "an empty pool");
            Site.await(
                    () -> {
                        on(site, () -> fill(slow));
                        return site.closed(CloseReason.OVERLOADED) == 1;
                    },
                    () -> "shed: " + site.server.report());
            Session other = log.sessions.getLast();
            Site.await(
                    () -> on(site, () -> other.send(payload(10))) == Offer.ACCEPTED,
                    () -> "buffers again");
            assertEquals(12, good.getInputStream().readNBytes(12).length);
        }
    }

    private static Offer fill(Session session) {
        Offer offer = session.send(payload(1_000));
        while (offer == Offer.ACCEPTED) {
            offer = session.send(payload(1_000));
        }
        return offer;
    }

    private static MemorySegment payload(int bytes) {
        return MemorySegment.ofArray(new byte[bytes]);
    }

    /** Runs on the proactor's thread, and brings back the result or what was thrown. */
    private static <T> T on(Site site, java.util.concurrent.Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Overlapped _ =
                site.proactor.post(
                        new Overlapped(
                                _ -> {
                                    try {
                                        result.complete(work.call());
                                    } catch (Throwable e) {
                                        result.completeExceptionally(e);
                                    }
                                }));
        return result.join();
    }
}
