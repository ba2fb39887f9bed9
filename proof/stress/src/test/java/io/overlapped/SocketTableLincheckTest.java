package io.overlapped;

import io.overlapped.spi.SocketTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A driver's sockets by number: listening and opening are anybody's. */
class SocketTableLincheckTest {

    @Test
    void everySocketHasItsOwnNumber() {
        Checks.requireLinearizable(Real.class);
    }

    @Test
    void aTwinThatGrowsWithoutALockIsFound() {
        Checks.requireNotLinearizable(WithoutALock.class);
    }

    @Param(name = "thread", gen = ThreadIdGen.class)
    public static class Real {
        private final SocketTable<String> table = new SocketTable<>();
        private final List<List<Integer>> open = new ArrayList<>();

        public Real() {
            for (int i = 0; i < 8; i++) {
                open.add(new ArrayList<>());
            }
        }

        @Operation(params = "thread")
        public int add(int thread) {
            int number = table.add("socket of " + thread);
            open.get(thread).add(number);
            return number;
        }

        @Operation(params = "thread")
        public int remove(int thread) {
            List<Integer> own = open.get(thread);
            if (own.isEmpty()) {
                return -1;
            }
            int number = own.removeLast();
            table.remove(number);
            return number;
        }

        /** A socket's own thread always finds it. */
        @Operation(params = "thread")
        public boolean has(int thread) {
            List<Integer> own = open.get(thread);
            return own.isEmpty() || table.require(own.getLast()).equals("socket of " + thread);
        }
    }

    @Param(name = "thread", gen = ThreadIdGen.class)
    public static class WithoutALock {
        private volatile @Nullable String[] sockets = new String[1];
        private volatile int used;

        @Operation(params = "thread")
        @SuppressWarnings("NonAtomicVolatileUpdate") // the fault
        public int add(int thread) {
            int index = used++;
            if (index == sockets.length) {
                sockets = Arrays.copyOf(sockets, 2 * index);
            }
            sockets[index % sockets.length] = "socket of " + thread;
            return index;
        }
    }
}
