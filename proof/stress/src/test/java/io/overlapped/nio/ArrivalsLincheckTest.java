package io.overlapped.nio;

import io.overlapped.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Any thread adds, one delivers: all there are, each once, in the order of their adding. */
class ArrivalsLincheckTest {
    @Test
    void everyArrivalIsDeliveredOnceAndInOrder() {
        Checks.requireLinearizable(Real.class);
    }

    @Test
    void aTwinThatTakesInTwoStepsIsFound() {
        Checks.requireNotLinearizable(TakesInTwoSteps.class);
    }

    @Test
    void aTwinThatAddsWithoutComparingIsFound() {
        Checks.requireNotLinearizable(AddsBlindly.class);
    }

    public static class Real {
        private final Arrivals arrivals = new Arrivals();
        private final List<Integer> came = new ArrayList<>();

        @Operation
        public void add(int value) {
            arrivals.add(new Numbered(value, came));
        }

        /** The operation's own turn is over before it is added again, by whoever delivers. */
        @Operation(nonParallelGroup = "driver")
        public List<Integer> deliver() {
            came.clear();
            arrivals.deliver();
            return List.copyOf(came);
        }
    }

    /** The real adding, and a taking that loses what comes between its two steps. */
    public static class TakesInTwoSteps {
        private final AtomicReference<@Nullable Numbered> newest = new AtomicReference<>();

        @Operation
        public void add(int value) {
            Numbered arrival = new Numbered(value, List.of());
            Numbered before;
            do {
                before = newest.get();
                arrival.next = before;
            } while (!newest.compareAndSet(before, arrival));
        }

        @Operation(nonParallelGroup = "driver")
        public List<Integer> deliver() {
            Numbered first = newest.get();
            newest.set(null);
            return values(first);
        }
    }

    /** An adding that overwrites what another thread has added meanwhile. */
    public static class AddsBlindly {
        private final AtomicReference<@Nullable Numbered> newest = new AtomicReference<>();

        @Operation
        public void add(int value) {
            Numbered arrival = new Numbered(value, List.of());
            arrival.next = newest.get();
            newest.set(arrival);
        }

        @Operation(nonParallelGroup = "driver")
        public List<Integer> deliver() {
            return values(newest.getAndSet(null));
        }
    }

    private static final class Numbered extends Arrival {
        private final int value;
        private final List<Integer> came;

        Numbered(int value, List<Integer> came) {
            this.value = value;
            this.came = came;
        }

        @Override
        void arrived() {
            came.add(value);
        }
    }

    private static List<Integer> values(@Nullable Numbered newest) {
        List<Integer> values = new ArrayList<>();
        for (Arrival a = newest; a instanceof Numbered numbered; a = a.next) {
            values.add(numbered.value);
        }
        return values.reversed();
    }
}
