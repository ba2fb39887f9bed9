package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The completion port: any thread posts, any takes, any closes. */
class CompletionPortLincheckTest {

    @Test
    void whatWasPostedIsTakenOnceAndInOrder() {
        Checks.requireLinearizable(Real.class);
    }

    @Test
    void aTwinThatTakesInTwoStepsIsFound() {
        Checks.requireNotLinearizable(TakesInTwoSteps.class);
    }

    @Test
    void aTwinThatQueuesAfterItLookedWhetherItIsClosedIsFound() {
        Checks.requireNotLinearizable(QueuesLater.class);
    }

    @Test
    void workersThatWaitGetAllThatIsPostedBeforeTheClose() {
        Checks.requireAlways(
                () -> {
                    CompletionPort port = Checks.shared(new CompletionPort());
                    List<Object> taken = new ArrayList<>();
                    Thread worker =
                            new Thread(
                                    () -> {
                                        Overlapped o = port.dequeue();
                                        while (o != null) {
                                            taken.add(String.valueOf(o.attachment()));
                                            o = port.dequeue();
                                        }
                                    });
                    worker.start();
                    port.post(new Overlapped(port, 1));
                    port.post(new Overlapped(port, 2));
                    port.close();
                    SleepLincheckTest.join(worker);
                    assertEquals(List.of("1", "2"), taken);
                });
    }

    @Test
    void twoWorkersThatTakeManyTakeEachOnce() {
        Checks.requireAlways(
                () -> {
                    CompletionPort port = Checks.shared(new CompletionPort());
                    for (int i = 0; i < 3; i++) {
                        port.post(new Overlapped(port, i));
                    }
                    List<Object> others = Checks.shared(new ArrayList<>());
                    Thread other = new Thread(() -> takeTwo(port, others));
                    other.start();
                    List<Object> own = new ArrayList<>();
                    takeTwo(port, own);
                    SleepLincheckTest.join(other);
                    own.addAll(others);
                    assertEquals(3, own.stream().distinct().count());
                });
    }

    private static void takeTwo(CompletionPort port, List<Object> into) {
        Overlapped[] two = new Overlapped[2];
        int count = port.dequeue(two, Duration.ZERO);
        for (int i = 0; i < count; i++) {
            into.add(String.valueOf(two[i].attachment()));
        }
    }

    @Test
    void aTwinThatSignalsByAnOldCountIsFound() {
        Checks.requireNotAlways(
                () -> {
                    SignalsByAnOldCount port = Checks.shared(new SignalsByAnOldCount());
                    Thread worker = new Thread(port::dequeue);
                    worker.start();
                    port.post();
                    SleepLincheckTest.join(worker);
                });
    }

    /** Taking many at once is not among them: another thread may take one in between. */
    public static class Real {
        private final CompletionPort port = new CompletionPort();

        @Operation
        public boolean post(int value) {
            try {
                port.post(new Overlapped(port, value));
                return true;
            } catch (IllegalStateException closed) {
                return false;
            }
        }

        @Operation
        public @Nullable Object dequeue() {
            Overlapped o = port.dequeue(Duration.ZERO);
            return o == null ? null : o.attachment();
        }

        @Operation(runOnce = true)
        public void close() {
            port.close();
        }
    }

    /** Looks at the first under the lock, and takes it under another. */
    public static class TakesInTwoSteps {
        private final ReentrantLock lock = new ReentrantLock();
        private final ArrayDeque<Integer> queue = new ArrayDeque<>();

        @Operation
        public void post(int value) {
            lock.lock();
            try {
                queue.add(value);
            } finally {
                lock.unlock();
            }
        }

        @Operation
        public @Nullable Integer dequeue() {
            Integer first;
            lock.lock();
            try {
                first = queue.peek();
            } finally {
                lock.unlock();
            }
            lock.lock();
            try {
                queue.poll();
            } finally {
                lock.unlock();
            }
            return first;
        }
    }

    /** Asks under the lock whether it is closed, and queues under another. */
    public static class QueuesLater {
        private final ReentrantLock lock = new ReentrantLock();
        private final ArrayDeque<Integer> queue = new ArrayDeque<>();
        private boolean closed;

        @Operation
        public boolean post(int value) {
            lock.lock();
            try {
                if (closed) {
                    return false;
                }
            } finally {
                lock.unlock();
            }
            lock.lock();
            try {
                queue.add(value);
            } finally {
                lock.unlock();
            }
            return true;
        }

        @Operation
        public @Nullable Integer dequeue() {
            lock.lock();
            try {
                return queue.poll();
            } finally {
                lock.unlock();
            }
        }

        @Operation(runOnce = true)
        public void close() {
            lock.lock();
            try {
                closed = true;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Wakes a worker only if one waited before the completion was queued. */
    private static final class SignalsByAnOldCount {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private volatile int waiting;
        private int queued;

        void post() {
            boolean someWait = waiting > 0;
            lock.lock();
            try {
                queued++;
                if (someWait) {
                    changed.signal();
                }
            } finally {
                lock.unlock();
            }
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
        void dequeue() {
            lock.lock();
            try {
                waiting++;
                while (queued == 0) {
                    changed.awaitUninterruptibly();
                }
                queued--;
            } finally {
                lock.unlock();
            }
        }
    }
}
