package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.CompletionPort;
import io.overlapped.IoBuffer;
import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Starts on a proactor that is closed, or is just being closed: each completes, none throws. */
@NeedsThreads
class AfterCloseTest {
    private static final long HANG_SECONDS = 60;

    /** What a program can start, on a stream, a listener or the proactor. */
    private static List<Function<Overlapped, Overlapped>> starts(
            Proactor proactor, TcpListener listener, TcpStream stream) {
        return List.of(
                stream::receive,
                stream::shutdownOutput,
                listener::accept,
                proactor::post,
                o -> proactor.timer(o, Duration.ofHours(1)),
                o -> proactor.connect(o, listener.address()));
    }

    private static Proactor closed(Bench b, List<Function<Overlapped, Overlapped>> starts) {
        Proactor proactor = b.openAlone();
        TcpListener listener = proactor.listen(Bench.ANY_PORT);
        Overlapped accept = listener.accept(new Overlapped());
        Overlapped connect = proactor.connect(new Overlapped(), listener.address());
        Overlapped.awaitAll(List.of(accept, connect), Duration.ofSeconds(HANG_SECONDS));
        starts.addAll(starts(proactor, listener, connect.stream()));
        proactor.close();
        return proactor;
    }

    @Conformance
    void anEventIsOverWhenTheStartReturns(Bench b) {
        List<Function<Overlapped, Overlapped>> starts = new ArrayList<>();
        closed(b, starts);
        for (var start : starts) {
            Overlapped o = start.apply(new Overlapped());
            assertFalse(o.isPending(), o::toString);
            assertEquals(Status.CLOSED, o.status(), o::toString);
        }
    }

    @Conformance
    void aPortGetsTheCompletion(Bench b) {
        List<Function<Overlapped, Overlapped>> starts = new ArrayList<>();
        closed(b, starts);
        CompletionPort port = new CompletionPort();
        for (var start : starts) {
            Overlapped o = start.apply(new Overlapped(port));
            assertSame(o, port.dequeue(Duration.ZERO));
            assertEquals(Status.CLOSED, o.status());
        }
    }

    @Conformance
    void aRoutineRunsOnceOnAThreadOfTheLibraryAndNeverInsideTheStart(Bench b) throws Exception {
        List<Function<Overlapped, Overlapped>> starts = new ArrayList<>();
        closed(b, starts);
        CountDownLatch ran = new CountDownLatch(starts.size());
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        AtomicInteger wrong = new AtomicInteger();
        for (var start : starts) {
            Overlapped _ =
                    start.apply(
                            new Overlapped(
                                    o -> {
                                        threads.add(Thread.currentThread());
                                        wrong.addAndGet(o.status() == Status.CLOSED ? 0 : 1);
                                        ran.countDown();
                                    }));
        }
        assertTrue(ran.await(HANG_SECONDS, TimeUnit.SECONDS));
        assertEquals(0, wrong.get());
        assertFalse(threads.contains(Thread.currentThread()));
        assertEquals(1, threads.size());
    }

    @Conformance
    void aRoutineThatStartsItsTimerAgainWhateverItIsToldDoesNotSpin(Bench b) throws Exception {
        Proactor proactor = b.openAlone();
        proactor.close();
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch others = new CountDownLatch(100);
        proactor.timer(
                new Overlapped(
                        o -> {
                            runs.incrementAndGet();
                            proactor.timer(o, Duration.ofSeconds(1));
                        }),
                Duration.ofSeconds(1));
        for (int i = 0; i < 100; i++) {
            proactor.post(new Overlapped(_ -> others.countDown()));
        }
        assertTrue(others.await(HANG_SECONDS, TimeUnit.SECONDS));
        assertTrue(runs.get() < 50, "it ran " + runs.get() + " times in a moment");
        // From here on it comes ten times a second, on a daemon, until the JVM ends.
    }

    @Conformance
    void aCloseOfASocketThatWentWithItsProactorIsOk(Bench b) {
        Proactor proactor = b.openAlone();
        TcpListener listener = proactor.listen(Bench.ANY_PORT);
        proactor.close();
        assertEquals(Status.OK, listener.close(new Overlapped()).status());
        listener.close();
    }

    @Conformance
    void afterAnAbandonNothingPendsEither(Bench b) {
        Proactor proactor = b.openAlone();
        proactor.abandon();
        assertEquals(Status.CLOSED, proactor.post(new Overlapped()).status());
    }

    @Conformance
    void aBufferIsGivenBackByASendThatCameTooLate(Bench b) {
        Proactor proactor = b.openAlone();
        TcpListener listener = proactor.listen(Bench.ANY_PORT);
        Overlapped connect = proactor.connect(new Overlapped(), listener.address());
        connect.await();
        IoBuffer buffer = b.client.buffers().take().append("x");
        proactor.close();
        Overlapped send = connect.stream().send(new Overlapped(), buffer);
        assertEquals(Status.CLOSED, send.status());
        assertFalse(buffer.isLent());
        buffer.close();
    }

    @Conformance
    void busyThreadsSeeOnlyCanceledAndClosedWhenTheProactorGoes(Bench b) throws Exception {
        for (int round = 0; round < 5; round++) {
            List<Throwable> wrong = new ArrayList<>();
            Set<Status> seen = ConcurrentHashMap.newKeySet();
            Proactor proactor = Proactor.start(b.options());
            List<Thread> threads = new ArrayList<>();
            CountDownLatch busy = new CountDownLatch(20);
            for (int i = 0; i < 20; i++) {
                Thread thread = Thread.ofVirtual().unstarted(() -> post(proactor, busy, seen));
                thread.setUncaughtExceptionHandler((_, e) -> wrong.add(e));
                threads.add(thread);
                thread.start();
            }
            assertTrue(busy.await(HANG_SECONDS, TimeUnit.SECONDS));
            proactor.close();
            for (Thread thread : threads) {
                assertTrue(thread.join(Duration.ofSeconds(HANG_SECONDS)), "a thread hangs");
            }
            assertEquals(List.of(), wrong);
            assertTrue(Set.of(Status.CANCELED, Status.CLOSED).containsAll(seen), seen::toString);
        }
    }

    /** Posts until that does not go well any more. */
    private static void post(Proactor proactor, CountDownLatch busy, Set<Status> seen) {
        Overlapped o = new Overlapped();
        boolean told = false;
        while (true) {
            proactor.post(o).await(Proactor.FOREVER);
            if (!told) {
                told = true;
                busy.countDown();
            }
            if (o.status() != Status.OK) {
                seen.add(o.status());
                return;
            }
        }
    }

    @Conformance
    void whenItsThreadEndsWithoutClosingItEverythingCompletesAndAnotherMayCloseIt(Bench b)
            throws Exception {
        List<String> logged = b.expectLog();
        Options options = b.options();
        Proactor[] opened = new Proactor[1];
        Overlapped[] accept = new Overlapped[1];
        CountDownLatch routine = new CountDownLatch(1);
        Thread owner =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    opened[0] = Proactor.open(options);
                                    TcpListener listener = opened[0].listen(Bench.ANY_PORT);
                                    accept[0] = listener.accept(new Overlapped());
                                    opened[0].timer(
                                            new Overlapped(_ -> routine.countDown()),
                                            Duration.ofHours(1));
                                    opened[0].poll();
                                });
        owner.join();
        Overlapped late = opened[0].post(new Overlapped());
        assertTrue(late.await(Duration.ofSeconds(HANG_SECONDS)));
        assertTrue(accept[0].await(Duration.ofSeconds(HANG_SECONDS)));
        assertEquals(Status.CANCELED, accept[0].status());
        assertTrue(routine.await(HANG_SECONDS, TimeUnit.SECONDS));
        opened[0].close();
        assertEquals(Status.CLOSED, opened[0].post(new Overlapped()).status());
        assertTrue(logged.stream().anyMatch(l -> l.contains("without closing")), logged::toString);
    }

    @Conformance
    void whoWaitsForOneWhoseThreadEndsIsLetGo(Bench b) throws Exception {
        b.ignoreLog();
        Options options = b.options();
        CountDownLatch waits = new CountDownLatch(1);
        Overlapped timer = new Overlapped();
        Thread waiter =
                Thread.ofVirtual()
                        .unstarted(
                                () -> {
                                    waits.countDown();
                                    timer.await(Proactor.FOREVER);
                                });
        Thread owner =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    Proactor opened = Proactor.open(options);
                                    opened.timer(timer, Duration.ofHours(1));
                                    waiter.start();
                                    while (waiter.getState() != Thread.State.WAITING) {
                                        Thread.onSpinWait();
                                    }
                                });
        owner.join();
        assertTrue(waits.await(HANG_SECONDS, TimeUnit.SECONDS));
        assertTrue(waiter.join(Duration.ofSeconds(HANG_SECONDS)), "it waits for ever");
        assertEquals(Status.CANCELED, timer.status());
    }
}
