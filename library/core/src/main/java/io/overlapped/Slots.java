package io.overlapped;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The operations a driver has, by token: a slot's index under its use count, so that a token which
 * was used before is told from the one in use now. The table grows as it is needed.
 */
final class Slots {
    private static final int INDEX_BITS = 32;
    private static final int INITIAL = 64;

    private @Nullable Overlapped[] slots = new Overlapped[INITIAL];
    private int[] uses = new int[INITIAL];
    private int[] free = new int[INITIAL];
    private int freeCount;
    private int count;

    Slots() {
        fillFree(0, INITIAL);
    }

    int count() {
        return count;
    }

    void add(Overlapped o) {
        if (freeCount == 0) {
            grow();
        }
        int index = free[--freeCount];
        uses[index] = (uses[index] + 1) & Integer.MAX_VALUE;
        slots[index] = o;
        o.token = (long) uses[index] << INDEX_BITS | index;
        count++;
    }

    /** The operation of {@code token}, out of the table; null for a token that is not in use. */
    @Nullable Overlapped remove(long token) {
        int index = (int) token;
        if (index < 0 || index >= slots.length) {
            return null;
        }
        Overlapped o = slots[index];
        if (o == null || o.token != token) {
            return null;
        }
        slots[index] = null;
        free[freeCount++] = index;
        count--;
        return o;
    }

    private void grow() {
        int old = slots.length;
        slots = Arrays.copyOf(slots, 2 * old);
        uses = Arrays.copyOf(uses, 2 * old);
        free = Arrays.copyOf(free, 2 * old);
        fillFree(old, 2 * old);
    }

    private void fillFree(int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            free[freeCount++] = i;
        }
    }
}
