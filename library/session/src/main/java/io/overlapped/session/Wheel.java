package io.overlapped.session;

import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * When to look at which session again: a ring of lists, one for each tick of 100 ms. A session is
 * in one list at most and carries its own links, so that a deadline costs neither an object nor a
 * search. Deadlines beyond the ring are looked at when the ring has turned once.
 *
 * <p>Threads: one.
 */
final class Wheel {
    static final long TICK_NANOS = 100_000_000;

    private static final int SLOTS = 1024;

    /** What can be in a wheel. */
    abstract static class Entry {
        private static final int NOWHERE = -1;

        private @Nullable Entry previous;
        private @Nullable Entry next;
        private int slot = NOWHERE;
        private long tick;
    }

    private final @Nullable Entry[] slots = new Entry[SLOTS];
    private final long originNanos;
    private long nowTick;
    private int count;

    Wheel(long nowNanos) {
        originNanos = nowNanos;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Looks at {@code entry} in the tick after {@code atNanos}, unless an earlier look is due. */
    void schedule(Entry entry, long atNanos) {
        long tick = Math.max(nowTick + 1, (atNanos - originNanos) / TICK_NANOS + 1);
        tick = Math.min(tick, nowTick + SLOTS - 1);
        if (entry.slot != Entry.NOWHERE) {
            if (entry.tick <= tick) {
                return;
            }
            remove(entry);
        }
        entry.tick = tick;
        entry.slot = (int) (tick % SLOTS);
        entry.previous = null;
        entry.next = slots[entry.slot];
        if (entry.next != null) {
            entry.next.previous = entry;
        }
        slots[entry.slot] = entry;
        count++;
    }

    void remove(Entry entry) {
        if (entry.slot == Entry.NOWHERE) {
            return;
        }
        if (entry.previous == null) {
            slots[entry.slot] = entry.next;
        } else {
            entry.previous.next = entry.next;
        }
        if (entry.next != null) {
            entry.next.previous = entry.previous;
        }
        entry.previous = null;
        entry.next = null;
        entry.slot = Entry.NOWHERE;
        count--;
    }

    /** Takes out all whose tick has come, and passes each on; that may schedule it again. */
    void turn(long nowNanos, ObjLongConsumer<Entry> due) {
        long target = (nowNanos - originNanos) / TICK_NANOS;
        // After a long pause every slot is passed once: that is all there is.
        long from = Math.max(nowTick, target - SLOTS) + 1;
        for (long tick = from; tick <= target; tick++) {
            nowTick = tick;
            int slot = (int) (tick % SLOTS);
            for (Entry entry = slots[slot]; entry != null; entry = slots[slot]) {
                remove(entry);
                due.accept(entry, nowNanos);
            }
        }
        nowTick = Math.max(nowTick, target);
    }
}
