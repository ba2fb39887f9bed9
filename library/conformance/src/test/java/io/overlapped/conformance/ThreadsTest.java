package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.CompletionPort;
import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Start anywhere, complete on the proactor. */
@NeedsThreads
class ThreadsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    /** Runs {@code work} on a thread of its own while the proactors are driven here. */
    private static <T> T elsewhere(Bench b, Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.startVirtualThread(task);
        b.until(task::isDone);
        return task.get();
    }

    @Conformance
    void anyThreadMayStartAndRoutinesRunOnTheProactors(Bench b) throws Exception {
        var pair = b.pair();
        List<Thread> ran = new CopyOnWriteArrayList<>();
        elsewhere(
                b,
                () -> {
                    IoBuffer buffer = b.filled(pair.near(), "x");
                    pair.near().send(new Overlapped(_ -> ran.add(Thread.currentThread())), buffer);
                    return null;
                });
        b.until(() -> ran.size() == 1);
        assertSame(Thread.currentThread(), ran.get(0));
        b.read(pair.far(), 1);
    }

    @Conformance
    void aStartFromElsewhereEndsTheWait(Bench b) throws Exception {
        Thread owner = Thread.currentThread();
        Thread starter =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    while (owner.getState() == Thread.State.NEW) {
                                        Thread.onSpinWait();
                                    }
                                    b.server.post(new Overlapped());
                                });
        assertEquals(1, b.server.alertableWait(LONG));
        starter.join();
    }

    @Conformance
    void noWakeUpIsLost(Bench b) throws Exception {
        int rounds = 3000;
        AtomicInteger delivered = new AtomicInteger();
        Thread starter =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    for (int i = 0; i < rounds; i++) {
                                        int before = delivered.get();
                                        b.server.post(
                                                new Overlapped(_ -> delivered.incrementAndGet()));
                                        while (delivered.get() == before) {
                                            Thread.onSpinWait();
                                        }
                                    }
                                });
        while (delivered.get() < rounds) {
            assertTrue(b.server.alertableWait(LONG) > 0, "a post was slept over");
        }
        starter.join();
    }

    @Conformance
    void eachThreadsStartsKeepTheirOrder(Bench b) throws Exception {
        int threads = 4;
        int each = 500;
        List<List<Integer>> orders = new ArrayList<>();
        List<Thread> starters = new ArrayList<>();
        AtomicInteger left = new AtomicInteger(threads * each);
        for (int t = 0; t < threads; t++) {
            List<Integer> order = new ArrayList<>();
            orders.add(order);
            starters.add(
                    Thread.startVirtualThread(
                            () -> {
                                for (int i = 0; i < each; i++) {
                                    int number = i;
                                    b.server.post(
                                            new Overlapped(
                                                    _ -> {
                                                        order.add(number);
                                                        left.decrementAndGet();
                                                    }));
                                }
                            }));
        }
        b.until(() -> left.get() == 0);
        for (List<Integer> order : orders) {
            for (int i = 0; i < each; i++) {
                assertEquals(i, order.get(i));
            }
        }
        for (Thread starter : starters) {
            starter.join();
        }
    }

    @Conformance
    void aVirtualThreadAwaitsInAStraightLine(Bench b) throws Exception {
        var pair = b.pair();
        String got =
                elsewhere(
                        b,
                        () -> {
                            Overlapped o = new Overlapped();
                            pair.near().send(o, b.filled(pair.near(), "ping")).await();
                            pair.far().receive(o).await();
                            try (IoBuffer buffer = o.buffer()) {
                                return buffer.text();
                            }
                        });
        assertEquals("ping", got);
    }

    @Conformance
    void fiftyVirtualThreadsEchoWithoutMixingUp(Bench b) throws Exception {
        Proactor proactor = Proactor.start(b.options());
        TcpListener listener = proactor.listen(Bench.ANY_PORT);
        Thread acceptor = Thread.startVirtualThread(() -> serve(listener));
        List<FutureTask<Integer>> clients = new ArrayList<>();
        for (int c = 0; c < 50; c++) {
            int number = c;
            FutureTask<Integer> client = new FutureTask<>(() -> talk(proactor, listener, number));
            clients.add(client);
            Thread.startVirtualThread(client);
        }
        for (FutureTask<Integer> client : clients) {
            assertEquals(20, client.get());
        }
        listener.close();
        acceptor.join();
        proactor.close();
        assertEquals(0, proactor.buffers().leased());
    }

    private static void serve(TcpListener listener) {
        try {
            while (true) {
                Overlapped accept = listener.accept(new Overlapped());
                accept.await();
                TcpStream stream = accept.stream();
                Thread.startVirtualThread(() -> echo(stream));
            }
        } catch (OverlappedException closed) {
            assertEquals(Status.CANCELED, closed.status());
        }
    }

    private static void echo(TcpStream stream) {
        Overlapped o = new Overlapped();
        try (stream) {
            while (stream.receive(o).await() > 0) {
                try (IoBuffer buffer = o.buffer()) {
                    stream.send(o, buffer).await();
                }
            }
        }
    }

    private static int talk(Proactor proactor, TcpListener listener, int number) {
        Overlapped o = new Overlapped();
        proactor.connect(o, listener.address()).await();
        int verified = 0;
        try (TcpStream stream = o.stream();
                IoBuffer buffer = proactor.buffers().take()) {
            for (int i = 0; i < 20; i++) {
                String text = number + "/" + i + ";";
                stream.send(o, buffer.clear().append(text)).await();
                buffer.clear();
                while (buffer.readable() < text.length()) {
                    assertTrue(stream.receive(o, buffer).await() > 0);
                }
                assertEquals(text, buffer.text());
                verified++;
            }
        }
        return verified;
    }

    @Conformance
    void awaitFromElsewhereTimesOut(Bench b) throws Exception {
        Overlapped timer = b.server.timer(new Overlapped(), Duration.ofHours(1));
        assertEquals(false, elsewhere(b, () -> timer.await(Duration.ofMillis(5))));
        timer.cancel();
    }

    @Conformance
    void manyThreadsMayAwaitOneOperation(Bench b) throws Exception {
        Overlapped timer = b.server.timer(new Overlapped(), Duration.ofMillis(30));
        List<FutureTask<Boolean>> waiters = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            FutureTask<Boolean> waiter = new FutureTask<>(() -> timer.await(LONG));
            waiters.add(waiter);
            Thread.startVirtualThread(waiter);
        }
        b.until(() -> waiters.stream().allMatch(FutureTask::isDone));
        for (FutureTask<Boolean> waiter : waiters) {
            assertTrue(waiter.get());
        }
    }

    @Conformance
    void aThreadAwaitsAnyOfAThousandOperations(Bench b) throws Exception {
        List<Overlapped> timers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            timers.add(b.server.timer(new Overlapped(), Duration.ofHours(1)));
        }
        Overlapped quick = b.server.timer(new Overlapped(), Duration.ofMillis(10));
        timers.add(500, quick);
        assertSame(quick, elsewhere(b, () -> Overlapped.awaitAny(timers, LONG)));
        timers.remove(quick);
        assertNull(elsewhere(b, () -> Overlapped.awaitAny(timers, Duration.ofMillis(5))));
        timers.forEach(Overlapped::cancel);
        assertTrue(elsewhere(b, () -> Overlapped.awaitAll(timers, LONG)));
    }

    @Conformance
    void anInterruptDoesNotEndAnAwaitAndIsNotLost(Bench b) throws Exception {
        Overlapped timer = b.server.timer(new Overlapped(), Duration.ofMillis(30));
        boolean interrupted =
                elsewhere(
                        b,
                        () -> {
                            Thread.currentThread().interrupt();
                            timer.await();
                            return Thread.interrupted();
                        });
        assertTrue(interrupted);
        assertEquals(Status.OK, timer.status());
    }

    @Conformance
    void aCancelFromElsewhereHasItsVerdict(Bench b) throws Exception {
        var pair = b.pair();
        Overlapped receive = pair.far().receive(new Overlapped());
        elsewhere(
                b,
                () -> {
                    receive.cancel();
                    return null;
                });
        b.ended(receive, Status.CANCELED);
    }

    @Conformance
    void aCancelThatComesTooLateSparesTheNextUseOfItsBlock(Bench b) throws Exception {
        var pair = b.pair();
        AtomicInteger completed = new AtomicInteger();
        Overlapped block =
                new Overlapped(
                        o -> {
                            if (completed.incrementAndGet() == 1) {
                                pair.far().receive(o);
                            }
                        });
        // A post is ready at once: the cancel waits behind it for the next delivery.
        pair.far().proactor().post(block);
        Thread canceller = Thread.ofPlatform().start(block::cancel);
        canceller.join();
        b.until(() -> completed.get() == 1);
        b.stillPending(block);
        b.write(pair.near(), "x");
        b.ok(block);
        block.buffer().close();
    }

    @Conformance
    void aCloseFromElsewhereCancelsWhatIsPending(Bench b) throws Exception {
        var pair = b.pair();
        Overlapped receive = pair.far().receive(new Overlapped());
        elsewhere(
                b,
                () -> {
                    pair.far().close();
                    return null;
                });
        b.ended(receive, Status.CANCELED);
        b.readEnd(pair.near());
    }

    @Conformance
    void theWaitOfAnotherThreadsProactorIsRefused(Bench b) throws Exception {
        assertThrows(
                WrongThreadException.class,
                () -> {
                    try {
                        elsewhere(b, b.server::poll);
                    } catch (java.util.concurrent.ExecutionException e) {
                        throw e.getCause();
                    }
                });
    }

    @Conformance
    void aVirtualThreadCannotOwnAProactor(Bench b) throws Exception {
        Throwable refusal =
                elsewhere(
                        b,
                        () ->
                                assertThrows(
                                        IllegalStateException.class,
                                        () -> Proactor.open(b.options())));
        assertTrue(refusal.getMessage().contains("Proactor.start"), refusal::getMessage);
    }

    @Conformance
    void severalWorkersTakeFromOnePortAndEachCompletionIsTakenOnce(Bench b) throws Exception {
        CompletionPort port = new CompletionPort();
        Set<Object> taken = ConcurrentHashMap.newKeySet();
        AtomicInteger count = new AtomicInteger();
        List<Thread> workers = new ArrayList<>();
        for (int w = 0; w < 4; w++) {
            workers.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (Overlapped o = port.dequeue();
                                                o != null;
                                                o = port.dequeue()) {
                                            taken.add(o.attachment());
                                            count.incrementAndGet();
                                        }
                                    }));
        }
        for (int i = 0; i < 2000; i++) {
            b.server.post(new Overlapped(port, i));
        }
        b.until(() -> count.get() == 2000);
        assertEquals(2000, taken.size());
        port.close();
        for (Thread worker : workers) {
            worker.join();
        }
    }

    @Conformance
    void twoCompletionsWakeTwoThreadsThatWaitAtAPort(Bench b) throws Exception {
        try (CompletionPort port = new CompletionPort()) {
            CyclicBarrier both = new CyclicBarrier(2);
            Callable<Boolean> worker =
                    () -> {
                        boolean got = port.dequeue(LONG) != null;
                        both.await(LONG.toSeconds(), TimeUnit.SECONDS);
                        return got;
                    };
            FutureTask<Boolean> first = new FutureTask<>(worker);
            FutureTask<Boolean> second = new FutureTask<>(worker);
            List<Thread> threads =
                    List.of(Thread.ofPlatform().start(first), Thread.ofPlatform().start(second));
            b.until(
                    () ->
                            threads.stream()
                                    .allMatch(t -> t.getState() == Thread.State.TIMED_WAITING));
            port.post(new Overlapped(port));
            port.post(new Overlapped(port));
            assertTrue(first.get());
            assertTrue(second.get());
        }
    }

    @Conformance
    void aPostFromElsewhereWakesTheThreadThatDrivesAndDequeues(Bench b) throws Exception {
        try (CompletionPort port = new CompletionPort()) {
            Overlapped feeding = b.server.timer(new Overlapped(port), Duration.ofHours(1));
            Overlapped own = new Overlapped(port);
            Thread poster = Thread.ofPlatform().start(() -> port.post(own));
            assertSame(own, port.dequeue(LONG));
            poster.join();
            feeding.cancel();
            assertSame(feeding, port.dequeue(LONG));
        }
    }

    @Conformance
    void aStartedProactorSurvivesARoutineThatThrows(Bench b) throws Exception {
        List<String> logged = b.expectLog();
        try (Proactor proactor = Proactor.start(b.options())) {
            proactor.post(
                    new Overlapped(
                            _ -> {
                                throw new IllegalArgumentException("on purpose");
                            }));
            assertTrue(proactor.post(new Overlapped()).await(LONG));
        }
        b.until(() -> logged.size() == 1);
    }

    @Conformance
    void closingAStartedProactorFromElsewhereEndsItsThread(Bench b) {
        Proactor proactor = Proactor.start(b.options());
        TcpListener listener = proactor.listen(Bench.ANY_PORT);
        Overlapped accept = listener.accept(new Overlapped());
        proactor.close();
        assertEquals(Status.CANCELED, accept.status());
        assertEquals(Status.CLOSED, proactor.post(new Overlapped()).status());
        assertNotNull(listener.address());
    }

    @Conformance
    void aBufferClosedElsewhereResumesReception(Bench b) throws Exception {
        Proactor small = b.open(b.options().withBuffers(2, 256, 2));
        TcpListener listener = small.listen(Bench.ANY_PORT);
        List<TcpStream> near = new ArrayList<>();
        List<Overlapped> receives = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Overlapped accept = listener.accept(new Overlapped());
            near.add(b.ok(b.client.connect(new Overlapped(), listener.address())).stream());
            receives.add(b.ok(accept).stream().receive(new Overlapped()));
        }
        for (TcpStream stream : near) {
            b.write(stream, "x");
        }
        b.until(() -> receives.stream().filter(r -> !r.isPending()).count() == 2);
        Overlapped waiting =
                receives.stream().filter(Overlapped::isPending).findFirst().orElseThrow();
        receives.remove(waiting);
        elsewhere(
                b,
                () -> {
                    receives.forEach(receive -> receive.buffer().close());
                    return null;
                });
        b.ok(waiting);
        waiting.buffer().close();
    }
}
