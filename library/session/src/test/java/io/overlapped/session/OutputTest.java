package io.overlapped.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.IoBuffer;
import io.overlapped.Options;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What sessions send: bounds, order, batches, slow readers. */
class OutputTest {
    private static final Limits LIMITS =
            Limits.library()
                    .withInput(Limits.client().input())
                    .withAdmission(
                            new Limits.Admission(20_000, 20_000, 20_000, Duration.ofMinutes(1)));

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
                    site.on(
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
                    site.on(
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
                    site.on(() -> site.proactor.report().counters().get("delivered")) - before;
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
                    site.on(
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
        Limits limits = LIMITS.withOutput(new Limits.Output(32 * 1024, Duration.ofSeconds(10)));
        Sessions log = new Sessions();
        Options options = Options.defaults().withDriver(driver).withBuffers(16, 4096, 4);
        try (Site site = new Site(options, Site.FRAMING, limits, log)) {
            Socket socket = site.connect();
            log.await(1);
            Session session = log.sessions.getFirst();
            List<IoBuffer> taken =
                    site.on(
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
            assertEquals(Offer.ACCEPTED, site.on(() -> session.send(payload(10))));
            assertEquals(12, socket.getInputStream().readNBytes(12).length);
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
                        site.on(
                                () -> {
                                    newest.set(number);
                                    boolean taken = session.send(state(number)) == Offer.ACCEPTED;
                                    sent.addAndGet(taken ? 1 : 0);
                                    return taken;
                                });
            }
            assertTrue(sent.get() < states, () -> sent + " states for a peer that does not read");
            assertTrue(site.on(session::outboxBytes) <= 8_192);
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
                        () -> site.on(site.proactor.buffers()::leased) == 0,
                        () -> site.proactor.buffers().leased() + " buffers leased");
                assertEquals(count, frames.get());
                boolean _ =
                        site.on(
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
                    () -> site.on(site.proactor.buffers()::leased) == 0,
                    () -> site.proactor.buffers().leased() + " buffers leased");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void closingTheProactorEndsItsSessions(String driver) throws IOException {
        Sessions log = new Sessions();
        Duration patience = Duration.ofMinutes(2);
        Options options = Options.defaults().withDriver(driver).withShutdownTimeout(patience);
        try (Site site = new Site(options, Site.FRAMING, LIMITS, log)) {
            for (int i = 0; i < 20; i++) {
                site.connect();
            }
            log.await(20);
            long start = System.nanoTime();
            site.proactor.close();
            long tookNanos = System.nanoTime() - start;
            assertEquals(20, log.closed.size());
            assertTrue(log.closed.values().stream().allMatch(CloseReason.SERVER_CLOSING::equals));
            // The proactor did not wait until it gave up.
            assertTrue(tookNanos < patience.toNanos(), () -> tookNanos + " ns");
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
                        site.on(() -> fill(slow));
                        return site.server.report().poolEmpty() > 0;
                    },
                    () -> "an empty pool");
            Site.await(
                    () -> {
                        site.on(() -> fill(slow));
                        return site.closed(CloseReason.OVERLOADED) == 1;
                    },
                    () -> "shed: " + site.server.report());
            Session other = log.sessions.getLast();
            Site.await(
                    () -> site.on(() -> other.send(payload(10))) == Offer.ACCEPTED,
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
}
