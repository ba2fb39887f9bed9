package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimersTest {

    @Test
    void theEarliestDeadlineIsAlwaysFirstAfterRandomAddsAndRemoves() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Timers timers = new Timers();
            List<Overlapped> model = new ArrayList<>();
            for (int step = 0; step < 500; step++) {
                if (model.isEmpty() || random.nextInt(3) > 0) {
                    Overlapped o = new Overlapped();
                    o.deadlineNanos = random.nextInt(100);
                    timers.add(o);
                    model.add(o);
                } else {
                    timers.remove(model.remove(random.nextInt(model.size())));
                }
                long expected =
                        model.stream().mapToLong(o -> o.deadlineNanos).min().orElse(Long.MIN_VALUE);
                Overlapped first = timers.peek();
                assertEquals(
                        expected,
                        first == null ? Long.MIN_VALUE : first.deadlineNanos,
                        "seed " + seed + " step " + step);
            }
        }
    }

    @Test
    void deadlinesComeInOrderAcrossAWrapOfTheClock() {
        Timers timers = new Timers();
        List<Overlapped> added = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Overlapped o = new Overlapped();
            o.deadlineNanos = Long.MAX_VALUE - 50 + i;
            added.add(o);
            timers.add(o);
        }
        added.sort(Comparator.comparingLong(o -> o.deadlineNanos - (Long.MAX_VALUE - 50)));
        for (Overlapped expected : added) {
            assertSame(expected, timers.peek());
            timers.remove(expected);
        }
    }
}
