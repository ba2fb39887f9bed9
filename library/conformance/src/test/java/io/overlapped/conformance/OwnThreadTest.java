package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.IoBuffer;
import io.overlapped.Options.RoutineFailure;
import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A proactor with a thread of its own. */
@NeedsThreads
class OwnThreadTest {
    private static final InheritableThreadLocal<String> AMBIENT = new InheritableThreadLocal<>();
    private static final long HANG_SECONDS = 60;

    @Conformance
    @SuppressWarnings("ThreadPriorityCheck") // it is not to matter
    void itsThreadTakesNothingOverFromWhoeverStartsIt(Bench b) throws Exception {
        CompletableFuture<Proactor> ofVirtual = new CompletableFuture<>();
        Thread.startVirtualThread(() -> startOddly(b, ofVirtual));
        looksPlain(ofVirtual.get(HANG_SECONDS, TimeUnit.SECONDS));
        CompletableFuture<Proactor> ofPlatform = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .start(() -> startOddly(b, ofPlatform));
        looksPlain(ofPlatform.get(HANG_SECONDS, TimeUnit.SECONDS));
    }

    private static void startOddly(Bench b, CompletableFuture<Proactor> started) {
        AMBIENT.set("of the starter");
        Thread.currentThread().setContextClassLoader(new ClassLoader() {});
        started.complete(Proactor.start(b.options()));
    }

    private static void looksPlain(Proactor proactor) throws Exception {
        CompletableFuture<Thread> itself = new CompletableFuture<>();
        CompletableFuture<String> ambient = new CompletableFuture<>();
        proactor.post(
                new Overlapped(
                        _ -> {
                            ambient.complete(String.valueOf(AMBIENT.get()));
                            itself.complete(Thread.currentThread());
                        }));
        Thread thread = itself.get(HANG_SECONDS, TimeUnit.SECONDS);
        assertFalse(thread.isDaemon(), "the JVM would exit under a server");
        assertEquals(Thread.NORM_PRIORITY, thread.getPriority());
        assertSame(ClassLoader.getSystemClassLoader(), thread.getContextClassLoader());
        assertEquals("null", ambient.get());
        proactor.close();
    }

    @Conformance
    void anErrorThatTheJvmMayNotSurviveClosesItAndIsToldToAllWhoWait(Bench b) throws Exception {
        b.ignoreLog();
        Proactor proactor = Proactor.start(b.options());
        assertNull(proactor.failure());
        Overlapped timer = proactor.timer(new Overlapped(), Duration.ofHours(1));
        InternalError error = new InternalError("on purpose");
        proactor.post(
                new Overlapped(
                        _ -> {
                            throw error;
                        }));
        assertTrue(timer.await(Duration.ofSeconds(HANG_SECONDS)), "it waits for ever");
        OverlappedException told = assertThrows(OverlappedException.class, timer::await);
        assertEquals(Status.CANCELED, told.status());
        assertSame(error, told.getCause());
        assertSame(error, proactor.failure());
        proactor.close();
        OverlappedException late =
                assertThrows(
                        OverlappedException.class, () -> proactor.post(new Overlapped()).await());
        assertSame(error, late.getCause());
    }

    @Conformance
    void whereTheOptionsSaySoAnyExceptionClosesIt(Bench b) throws Exception {
        b.ignoreLog();
        Proactor proactor = Proactor.start(b.options().withRoutineFailure(RoutineFailure.RETHROW));
        Overlapped timer = proactor.timer(new Overlapped(), Duration.ofHours(1));
        proactor.post(
                new Overlapped(
                        _ -> {
                            throw new IllegalArgumentException("on purpose");
                        }));
        assertTrue(timer.await(Duration.ofSeconds(HANG_SECONDS)), "it waits for ever");
        assertInstanceOf(IllegalArgumentException.class, proactor.failure());
        proactor.close();
    }

    @Conformance
    void byDefaultItSurvivesAnOverflownStackAndAnExhaustedHeap(Bench b) throws Exception {
        b.ignoreLog();
        Proactor proactor =
                Proactor.start(b.options().withRoutineFailure(RoutineFailure.CLOSE_STREAM));
        for (Error error : List.of(new StackOverflowError(), new OutOfMemoryError("on purpose"))) {
            proactor.post(
                    new Overlapped(
                            _ -> {
                                throw error;
                            }));
        }
        assertEquals(0, proactor.post(new Overlapped()).await());
        assertNull(proactor.failure());
        proactor.close();
    }

    @Conformance
    void aDrainLetsWhatWasStartedArriveAtAPeerThatReadsSlowly(Bench b) throws Exception {
        Proactor proactor = Proactor.start(b.options());
        TcpListener listener = proactor.listen(Bench.ANY_PORT);
        Overlapped accept = listener.accept(new Overlapped());
        Peer peer = b.connectPeer(listener.address());
        assertTrue(accept.await(Duration.ofSeconds(HANG_SECONDS)));
        TcpStream stream = accept.stream();
        List<Status> sent = new CopyOnWriteArrayList<>();
        int total = 0;
        for (int i = 0; i < 40; i++) {
            IoBuffer buffer = proactor.buffers().take();
            int bytes = buffer.writable();
            stream.send(sending(sent), buffer.append(new byte[bytes], 0, bytes));
            total += bytes;
        }
        Overlapped receive = stream.receive(new Overlapped(o -> o.stream().close()));
        Overlapped refused = listener.accept(new Overlapped());
        CompletableFuture<Boolean> drained =
                CompletableFuture.supplyAsync(
                        () -> proactor.drain(Duration.ofSeconds(HANG_SECONDS)));
        assertEquals(total, peer.read(total).length);
        assertEquals(-1, peer.readOne());
        peer.close();
        assertTrue(drained.get(HANG_SECONDS, TimeUnit.SECONDS));
        // By when it reached the proactor.
        assertTrue(Set.of(Status.CANCELED, Status.CLOSED).contains(refused.status()));
        assertEquals(Status.OK, receive.status());
        assertEquals(Collections.nCopies(40, Status.OK), sent);
    }

    private static Overlapped sending(List<Status> sent) {
        return new Overlapped(
                o -> {
                    o.buffer().close();
                    sent.add(o.status());
                });
    }

    @Conformance
    void aDrainEndsWithItsTimeThoughAPeerStays(Bench b) throws Exception {
        Proactor proactor = Proactor.start(b.options());
        TcpListener listener = proactor.listen(Bench.ANY_PORT);
        Overlapped accept = listener.accept(new Overlapped());
        b.connectPeer(listener.address());
        assertTrue(accept.await(Duration.ofSeconds(HANG_SECONDS)));
        Overlapped receive = accept.stream().receive(new Overlapped());
        assertFalse(proactor.drain(Duration.ofMillis(50)));
        assertEquals(Status.CANCELED, receive.status());
        assertEquals(Status.CLOSED, proactor.post(new Overlapped()).status());
    }

    @Conformance
    void oneListenerServesTwoThreadsAndEachAcceptCompletesWhereItsStreamIs(Bench b)
            throws Exception {
        try (Proactor accepting = Proactor.start(b.options());
                Proactor home = Proactor.start(b.options())) {
            TcpListener listener = accepting.listen(Bench.ANY_PORT);
            CompletableFuture<Thread> completedOn = new CompletableFuture<>();
            CompletableFuture<Thread> homes = new CompletableFuture<>();
            home.post(new Overlapped(_ -> homes.complete(Thread.currentThread())));
            listener.accept(
                    new Overlapped(_ -> completedOn.complete(Thread.currentThread())), home);
            b.connectPeer(listener.address());
            assertSame(
                    homes.get(HANG_SECONDS, TimeUnit.SECONDS),
                    completedOn.get(HANG_SECONDS, TimeUnit.SECONDS));
            Overlapped event = listener.accept(new Overlapped(), home);
            b.connectPeer(listener.address());
            assertTrue(event.await(Duration.ofSeconds(HANG_SECONDS)));
            assertSame(home, event.stream().proactor());
        }
    }

    @Conformance
    void aPeerIsResetByAnAbort(Bench b) throws Exception {
        var pair = b.pair();
        Overlapped receive = pair.near().receive(new Overlapped());
        b.stillPending(receive);
        pair.far().abort();
        b.ended(receive, Status.RESET);
        assertTrue(pair.far().isClosed());
    }
}
