package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Overlapped;
import io.overlapped.Status;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;

/** Waits that answer an interrupt. */
@NeedsThreads
class InterruptTest {
    private static final List<ThreadFactory> KINDS =
            List.of(Thread.ofVirtual().factory(), Thread.ofPlatform().factory());

    @Conformance
    void anInterruptCancelsTheOperationAndEndsTheWait(Bench b) {
        for (ThreadFactory kind : KINDS) {
            var pair = b.pair();
            Overlapped receive = pair.far().receive(new Overlapped());
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread waiter =
                    kind.newThread(
                            () -> {
                                try {
                                    receive.awaitInterruptibly();
                                } catch (Throwable e) {
                                    thrown.set(e);
                                }
                            });
            waiter.start();
            b.until(() -> isParked(waiter));
            waiter.interrupt();
            b.until(() -> thrown.get() != null);
            assertInstanceOf(InterruptedException.class, thrown.get());
            assertEquals(Status.CANCELED, receive.status());
        }
    }

    @Conformance
    void theStreamGoesOnAfterAnInterruptAndNoByteIsLost(Bench b) throws Exception {
        var pair = b.pair();
        Overlapped receive = pair.far().receive(new Overlapped());
        FutureTask<Void> wait = interrupted(receive);
        b.until(wait::isDone);
        b.write(pair.near(), "whole");
        assertEquals("whole", b.text(pair.far(), 5));
    }

    @Conformance
    void aResultThatWasThereFirstIsReturnedAndTheInterruptIsKept(Bench b) throws Exception {
        var pair = b.pair();
        Overlapped receive = pair.far().receive(new Overlapped());
        b.write(pair.near(), "x");
        b.ok(receive);
        FutureTask<Boolean> wait =
                new FutureTask<>(
                        () -> {
                            Thread.currentThread().interrupt();
                            assertEquals(1, receive.awaitInterruptibly());
                            return Thread.interrupted();
                        });
        Thread.startVirtualThread(wait);
        b.until(wait::isDone);
        assertTrue(wait.get());
        receive.buffer().close();
    }

    @Conformance
    void aFutureThatIsCancelledLetsItsThreadGo(Bench b) throws Exception {
        var pair = b.pair();
        Overlapped receive = new Overlapped();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> future =
                    executor.submit(() -> pair.far().receive(receive).awaitInterruptibly());
            b.until(receive::isPending);
            future.cancel(true);
            b.until(() -> !receive.isPending());
            assertEquals(Status.CANCELED, receive.status());
        }
    }

    @Conformance
    void anExecutorThatShutsDownNowEnds(Bench b) {
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        for (int i = 0; i < 10; i++) {
            var pair = b.pair();
            Future<?> _ =
                    executor.submit(
                            () -> pair.far().receive(new Overlapped()).awaitInterruptibly());
        }
        assertEquals(0, executor.shutdownNow().size());
        b.until(executor::isTerminated);
    }

    @Conformance
    void onTheProactorsOwnThreadAnInterruptEndsTheWaitToo(Bench b) {
        var pair = b.pair();
        Overlapped receive = pair.far().receive(new Overlapped());
        Thread owner = Thread.currentThread();
        Thread interrupter = Thread.ofPlatform().start(() -> interruptWhenWaiting(owner));
        assertThrows(InterruptedException.class, receive::awaitInterruptibly);
        assertFalse(interrupter.isInterrupted());
        assertEquals(Status.CANCELED, receive.status());
    }

    private static void interruptWhenWaiting(Thread owner) {
        owner.interrupt();
    }

    private static FutureTask<Void> interrupted(Overlapped operation) {
        FutureTask<Void> wait =
                new FutureTask<>(
                        () -> {
                            Thread.currentThread().interrupt();
                            assertThrows(InterruptedException.class, operation::awaitInterruptibly);
                            assertFalse(Thread.interrupted());
                            return null;
                        });
        Thread.startVirtualThread(wait);
        return wait;
    }

    private static boolean isParked(Thread thread) {
        return thread.getState() == Thread.State.WAITING;
    }
}
