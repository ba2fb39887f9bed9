package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The pool: any thread takes and closes, and the proactor's is told when it can go on. */
class BufferPoolLincheckTest {

    @Test
    void eachBufferIsTakenByOneAtATime() {
        Checks.requireLinearizable(Real.class);
    }

    @Test
    void aTwinWithoutALockIsFound() {
        Checks.requireNotLinearizable(WithoutALock.class);
    }

    @Test
    void theOwnersShareAndTheOthersDoNotOverlap() {
        Checks.requireAlways(
                () -> {
                    BufferPool pool = Checks.shared(pool(16, Thread.currentThread()));
                    List<IoBuffer> others = new ArrayList<>();
                    Thread other =
                            new Thread(
                                    () -> {
                                        pool.take().close();
                                        others.add(pool.take());
                                    });
                    other.start();
                    pool.take().close();
                    IoBuffer own = pool.take();
                    SleepLincheckTest.join(other);
                    others.add(own);
                    assertEquals(2, others.stream().distinct().count());
                    assertEquals(2, pool.leased());
                });
    }

    @Test
    void aBufferThatComesBackIsProvidedOrToldOf() {
        Checks.requireAlways(
                () -> {
                    AtomicBoolean told = new AtomicBoolean();
                    BufferPool pool =
                            Checks.shared(
                                    new BufferPool(
                                            Options.defaults().withBuffers(1, 64, 1),
                                            Thread.currentThread(),
                                            new SleepingDriver.OnHeap(),
                                            () -> told.set(true)));
                    IoBuffer only = pool.take();
                    Thread other = new Thread(only::close);
                    other.start();
                    IoBuffer provided = pool.takeToProvide();
                    SleepLincheckTest.join(other);
                    assertTrue(provided != null || told.get(), "reception would pause for ever");
                });
    }

    @Test
    void aTwinThatDoesNotLookAgainIsFound() {
        Checks.requireNotAlways(() -> starve(new Starving(false)));
    }

    @Test
    void theStarvingTwinWithoutAFaultIsNot() {
        Checks.requireAlways(() -> starve(new Starving(true)));
    }

    private static void starve(Starving fresh) {
        Starving twin = Checks.shared(fresh);
        Thread other = new Thread(twin::give);
        other.start();
        boolean provided = twin.takeToProvide();
        SleepLincheckTest.join(other);
        assertTrue(provided || twin.told, "reception would pause for ever");
    }

    /** What the pool does when it is empty, with its second look to leave out. */
    private static final class Starving {
        private final ReentrantLock lock = new ReentrantLock();
        private final boolean looksAgain;
        private int free;
        private volatile boolean starved;
        volatile boolean told;

        Starving(boolean looksAgain) {
            this.looksAgain = looksAgain;
        }

        void give() {
            lock.lock();
            try {
                free++;
            } finally {
                lock.unlock();
            }
            if (starved) {
                starved = false;
                told = true;
            }
        }

        boolean takeToProvide() {
            if (!take()) {
                starved = true;
                if (!looksAgain || !take()) {
                    return false;
                }
            }
            starved = false;
            return true;
        }

        private boolean take() {
            lock.lock();
            try {
                return free > 0 && free-- > 0;
            } finally {
                lock.unlock();
            }
        }
    }

    static BufferPool pool(int buffers, Thread owner) {
        return new BufferPool(
                Options.defaults().withBuffers(buffers, 64, 1),
                owner,
                new SleepingDriver.OnHeap(),
                () -> {});
    }

    /** Three buffers for all; each thread gives back those that it took. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    public static class Real {
        private final BufferPool pool = pool(3, new Thread());
        private final List<List<IoBuffer>> taken = lists();

        @Operation(params = "thread")
        public int take(int thread) {
            IoBuffer buffer = pool.tryTake();
            if (buffer == null) {
                return -1;
            }
            taken.get(thread).add(buffer);
            return buffer.number();
        }

        @Operation(params = "thread")
        public boolean close(int thread) {
            if (taken.get(thread).isEmpty()) {
                return false;
            }
            taken.get(thread).removeLast().close();
            return true;
        }
    }

    @Param(name = "thread", gen = ThreadIdGen.class)
    public static class WithoutALock {
        private final @Nullable Integer[] free = {0, 1, 2};
        private final List<List<Integer>> taken = lists();
        private volatile int freeCount = 3;

        @Operation(params = "thread")
        public int take(int thread) {
            int count = freeCount;
            if (count == 0) {
                return -1;
            }
            freeCount = count - 1;
            Integer number = free[count - 1];
            taken.get(thread).add(number);
            return number == null ? -2 : number;
        }

        @Operation(params = "thread")
        public boolean close(int thread) {
            if (taken.get(thread).isEmpty()) {
                return false;
            }
            int count = freeCount;
            if (count < free.length) {
                free[count] = taken.get(thread).removeLast();
                freeCount = count + 1;
            }
            return true;
        }
    }

    private static <T> List<List<T>> lists() {
        List<List<T>> lists = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            lists.add(new ArrayList<>());
        }
        return lists;
    }
}
