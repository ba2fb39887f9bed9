package io.overlapped;

import io.overlapped.spi.Driver;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Operations that are to end by a time: a hierarchical timing wheel. Almost all of them complete
 * long before, so that adding and removing have to cost next to nothing, and a deadline may come a
 * tick late; {@link Timers}, which are waited for, are exact.
 *
 * <p>A level has 64 slots; a slot of a level spans all of the level below. An operation is put
 * where its deadline first differs from the present, and moves down a level when its slot comes up.
 * So each is touched at most once a level, and the next slot with anything in it is found in a word
 * of bits a level. After Varghese and Lauck, "Hashed and hierarchical timing wheels", 1987.
 *
 * <p>Operations are linked through themselves. On the proactor's thread only.
 */
final class Deadlines {
    /** A tick is 1.05 ms. */
    private static final int TICK_BITS = 20;

    private static final int SLOT_BITS = 6;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final int LEVELS = 6;

    /** 2.2 years; what is later is looked at again then. */
    private static final long TICKS_MAX = (1L << (SLOT_BITS * LEVELS)) - 1;

    static final int NOWHERE = -1;

    private final long originNanos;
    private final @Nullable Overlapped[] heads = new Overlapped[LEVELS * SLOTS];
    private final long[] occupied = new long[LEVELS];
    private long now;
    private int count;

    Deadlines(long nowNanos) {
        originNanos = nowNanos;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** How long until something is to be done; without limit if there is nothing. */
    long nanosToNext(Driver clock) {
        if (count == 0) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, originNanos + (nextTick() << TICK_BITS) - clock.nanoTime());
    }

    void add(Overlapped o) {
        count++;
        long ticks = (o.deadlineNanos - originNanos + (1L << TICK_BITS) - 1) >> TICK_BITS;
        long at = Math.clamp(ticks, now + 1, now + TICKS_MAX / 2);
        int level = (63 - Long.numberOfLeadingZeros((now ^ at) | (SLOTS - 1))) / SLOT_BITS;
        level = Math.min(level, LEVELS - 1);
        int slot = slotOf(level, at);
        Overlapped first = heads[slot];
        o.deadlineSlot = slot;
        o.deadlineLater = first;
        if (first == null) {
            occupied[level] |= 1L << slot;
        } else {
            first.deadlineEarlier = o;
        }
        heads[slot] = o;
    }

    void remove(Overlapped o) {
        count--;
        int slot = o.deadlineSlot;
        Overlapped earlier = o.deadlineEarlier;
        Overlapped later = o.deadlineLater;
        if (earlier != null) {
            earlier.deadlineLater = later;
        } else {
            heads[slot] = later;
            if (later == null) {
                occupied[slot >>> SLOT_BITS] &= ~(1L << slot);
            }
        }
        if (later != null) {
            later.deadlineEarlier = earlier;
        }
        o.deadlineSlot = NOWHERE;
        o.deadlineEarlier = null;
        o.deadlineLater = null;
    }

    /** Takes out those whose time has come. */
    void expire(Driver clock, Consumer<Overlapped> expired) {
        if (count == 0) {
            return;
        }
        long until = (clock.nanoTime() - originNanos) >> TICK_BITS;
        while (count > 0) {
            long tick = nextTick();
            if (tick > until) {
                break;
            }
            now = tick;
            empty(lowest(), expired);
        }
        now = Math.max(now, until);
    }

    private static int slotOf(int level, long tick) {
        int within = (int) (tick >>> (level * SLOT_BITS)) & (SLOTS - 1);
        return (level << SLOT_BITS) | within;
    }

    /** When the first slot comes up that has anything in it. The lowest level has it. */
    private long nextTick() {
        int level = lowest();
        int shift = level * SLOT_BITS;
        int present = (int) (now >>> shift) & (SLOTS - 1);
        int ahead = Long.numberOfTrailingZeros(Long.rotateRight(occupied[level], present));
        return ((now >>> shift) + ahead) << shift;
    }

    private int lowest() {
        int level = 0;
        while (occupied[level] == 0) {
            level++;
        }
        return level;
    }

    /** Empties the slot that has come up: what is due ends, the rest goes to lower levels. */
    private void empty(int level, Consumer<Overlapped> expired) {
        int slot = slotOf(level, now);
        // One by one from the head: the end of one may be the end of others in this slot.
        for (Overlapped o = heads[slot]; o != null; o = heads[slot]) {
            remove(o);
            if (originNanos + (now << TICK_BITS) - o.deadlineNanos >= 0) {
                expired.accept(o);
            } else {
                add(o);
            }
        }
    }
}
