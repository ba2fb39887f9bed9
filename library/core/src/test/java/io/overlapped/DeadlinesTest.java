package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private static final long TICK_NANOS = 1 << 20;

    private final Clock clock = new Clock();

    @Test
    void noneComesEarlyAndNoneMoreThanATickLate() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            clock.nanos = random.nextLong();
            Deadlines deadlines = new Deadlines(clock.nanos);
            Set<Overlapped> model = new HashSet<>();
            for (int step = 0; step < 400; step++) {
                String at = "seed " + seed + " step " + step;
                switch (random.nextInt(4)) {
                    case 0, 1 -> model.add(added(deadlines, clock.nanos + distance(random)));
                    case 2 -> removeOne(deadlines, model, random);
                    default -> turn(deadlines, model, random, at);
                }
                assertEquals(model.isEmpty(), deadlines.isEmpty(), at);
            }
        }
    }

    @Test
    void whatIsWaitedForAlwaysEndsHoweverFarItIs() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            clock.nanos = random.nextLong();
            Deadlines deadlines = new Deadlines(clock.nanos);
            Set<Overlapped> model = new HashSet<>();
            for (int i = 0; i < 50; i++) {
                model.add(added(deadlines, clock.nanos + distance(random)));
            }
            int turns = 0;
            while (!model.isEmpty()) {
                clock.nanos += deadlines.nanosToNext(clock);
                expire(deadlines, model, "seed " + seed);
                assertTrue(++turns < 50 * 7, "each is touched once a level at most");
            }
            assertEquals(Long.MAX_VALUE, deadlines.nanosToNext(clock));
        }
    }

    @Test
    void theEndOfOneMayBeTheEndOfOthersThatAreDueWithIt() {
        Deadlines deadlines = new Deadlines(clock.nanos);
        List<Overlapped> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(added(deadlines, TICK_NANOS));
        }
        clock.nanos = 2 * TICK_NANOS;
        List<Overlapped> expired = new ArrayList<>();
        deadlines.expire(
                clock,
                o -> {
                    expired.add(o);
                    for (Overlapped other : all) {
                        if (other.deadlineSlot != Deadlines.NOWHERE) {
                            deadlines.remove(other);
                        }
                    }
                });
        assertEquals(1, expired.size());
        assertTrue(deadlines.isEmpty());
    }

    @Test
    void oneThatIsOverAlreadyEndsWithTheNextTick() {
        Deadlines deadlines = new Deadlines(clock.nanos);
        Set<Overlapped> model = new HashSet<>();
        model.add(added(deadlines, clock.nanos - 1));
        assertEquals(TICK_NANOS, deadlines.nanosToNext(clock));
        clock.nanos += TICK_NANOS;
        expire(deadlines, model, "late");
        assertTrue(model.isEmpty());
    }

    private static Overlapped added(Deadlines deadlines, long nanos) {
        Overlapped o = new Overlapped();
        o.deadlineNanos = nanos;
        deadlines.add(o);
        return o;
    }

    /** From a microsecond to years, each magnitude as often. */
    private static long distance(Random random) {
        return (random.nextLong() >>> 1) >>> (8 + random.nextInt(50));
    }

    private static void removeOne(Deadlines deadlines, Set<Overlapped> model, Random random) {
        if (!model.isEmpty()) {
            Overlapped o = new ArrayList<>(model).get(random.nextInt(model.size()));
            model.remove(o);
            deadlines.remove(o);
        }
    }

    private void turn(Deadlines deadlines, Set<Overlapped> model, Random random, String at) {
        long next = deadlines.nanosToNext(clock);
        for (Overlapped o : model) {
            long nanos = o.deadlineNanos - clock.nanos;
            assertTrue(nanos < 0 || next <= nanos + TICK_NANOS, at + ": it would be slept over");
        }
        clock.nanos += random.nextBoolean() ? Math.min(next, distance(random)) : distance(random);
        expire(deadlines, model, at);
        for (Overlapped o : model) {
            assertTrue(o.deadlineNanos + TICK_NANOS - clock.nanos > 0, at + ": one is overdue");
        }
    }

    private void expire(Deadlines deadlines, Set<Overlapped> model, String at) {
        deadlines.expire(
                clock,
                o -> {
                    assertTrue(o.deadlineNanos - clock.nanos <= 0, at + ": one is early");
                    assertTrue(model.remove(o), at + ": one that is not there");
                });
    }

    private static final class Clock extends StuckDriver {
        private long nanos;

        @Override
        public long nanoTime() {
            return nanos;
        }
    }
}
