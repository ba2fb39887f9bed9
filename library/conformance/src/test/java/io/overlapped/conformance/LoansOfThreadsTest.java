package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that take and lend buffers of a proactor while it is being closed. */
@NeedsThreads
class LoansOfThreadsTest {
    private static final int ROUNDS = 10;
    private static final int THREADS = 4;

    private static TcpStream connected(Proactor proactor) {
        TcpListener listener = proactor.listen(Bench.ANY_PORT);
        Overlapped accept = listener.accept(new Overlapped());
        Overlapped connect = proactor.connect(new Overlapped(), listener.address());
        var _ = connect.await();
        var _ = accept.await();
        return connect.stream();
    }

    /** Lends the lender's buffers to the borrower until there are no more. Returns their memory. */
    private static MemorySegment lend(Proactor lender, TcpStream stream, AtomicInteger sent) {
        MemorySegment memory = MemorySegment.NULL;
        Overlapped send = new Overlapped();
        while (true) {
            try (IoBuffer buffer = lender.buffers().tryTake()) {
                if (buffer == null) {
                    break;
                }
                memory = buffer.append("x").bytes();
                assertEquals(1, stream.send(send, buffer).await());
                assertEquals("x", buffer.text());
            }
            sent.incrementAndGet();
        }
        return memory;
    }

    @Conformance
    void buffersThatAreLentElsewhereWhileTheirProactorClosesAreFreedWithTheLast(Bench b)
            throws Exception {
        try (Proactor borrower = Proactor.start(b.options())) {
            for (int round = 0; round < ROUNDS; round++) {
                Proactor lender = Proactor.start(b.options());
                AtomicInteger sent = new AtomicInteger();
                List<FutureTask<MemorySegment>> threads = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    TcpStream stream = connected(borrower);
                    FutureTask<MemorySegment> task =
                            new FutureTask<>(() -> lend(lender, stream, sent));
                    threads.add(task);
                    Thread.ofPlatform().start(task);
                }
                b.until(() -> sent.get() >= 10 * THREADS);
                lender.close();
                List<MemorySegment> memories = new ArrayList<>();
                for (FutureTask<MemorySegment> task : threads) {
                    memories.add(task.get());
                }
                for (MemorySegment memory : memories) {
                    assertFalse(!memory.equals(MemorySegment.NULL) && memory.scope().isAlive());
                }
                assertEquals(0, lender.buffers().leased());
            }
        }
    }

    /** The bench fails if the close says that a buffer is missing. */
    @Conformance
    void threadsThatLearnOfTheEndPutTheirBuffersAwayInTime(Bench b) throws Exception {
        Proactor proactor = Proactor.start(b.options());
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            TcpStream stream = connected(proactor);
            threads.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try (IoBuffer own = proactor.buffers().take()) {
                                            Overlapped receive = new Overlapped();
                                            stream.receive(receive, own);
                                            var _ = receive.await(Proactor.FOREVER);
                                            assertEquals(0, own.readable());
                                        } catch (Throwable e) {
                                            failures.add(e);
                                        }
                                    }));
        }
        b.until(() -> proactor.buffers().leased() == threads.size());
        proactor.close();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), List.copyOf(failures));
        assertEquals(0, proactor.buffers().leased());
    }
}
