package io.overlapped;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The inbox: any thread pushes, one takes all, and a close is the last taking. */
class InboxLincheckTest {

    @Test
    void everyPushIsTakenOnceAndInOrderOrRefused() {
        Checks.requireLinearizable(Real.class);
    }

    @Test
    void aTwinThatTakesInTwoStepsIsFound() {
        Checks.requireNotLinearizable(TakesInTwoSteps.class);
    }

    @Test
    void aTwinThatPushesWithoutComparingIsFound() {
        Checks.requireNotLinearizable(PushesBlindly.class);
    }

    public static class Real {
        private final Inbox inbox = new Inbox();

        @Operation
        public boolean push(int value) {
            return inbox.push(block(value));
        }

        @Operation(nonParallelGroup = "owner")
        public List<Integer> takeAll() {
            return values(inbox.takeAll());
        }

        @Operation(nonParallelGroup = "owner")
        public List<Integer> close() {
            return values(inbox.close());
        }
    }

    /** The inbox's push, and a taking that loses what comes between its two steps. */
    public static class TakesInTwoSteps {
        private final AtomicReference<@Nullable Overlapped> head = new AtomicReference<>();

        @Operation
        public boolean push(int value) {
            Overlapped o = block(value);
            while (true) {
                Overlapped first = head.get();
                o.next = first;
                if (head.compareAndSet(first, o)) {
                    return true;
                }
            }
        }

        @Operation(nonParallelGroup = "owner")
        public List<Integer> takeAll() {
            Overlapped first = head.get();
            head.set(null);
            return newestLast(first);
        }
    }

    /** A push that overwrites what another thread has pushed meanwhile. */
    public static class PushesBlindly {
        private final AtomicReference<@Nullable Overlapped> head = new AtomicReference<>();

        @Operation
        public boolean push(int value) {
            Overlapped o = block(value);
            o.next = head.get();
            head.set(o);
            return true;
        }

        @Operation(nonParallelGroup = "owner")
        public List<Integer> takeAll() {
            return newestLast(head.getAndSet(null));
        }
    }

    private static Overlapped block(int value) {
        Overlapped o = new Overlapped();
        o.token = value;
        return o;
    }

    private static List<Integer> values(@Nullable Overlapped first) {
        List<Integer> values = new ArrayList<>();
        for (Overlapped o = first; o != null; o = o.next) {
            values.add((int) o.token);
        }
        return values;
    }

    private static List<Integer> newestLast(@Nullable Overlapped newest) {
        return values(newest).reversed();
    }
}
