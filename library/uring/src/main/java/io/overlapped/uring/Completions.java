package io.overlapped.uring;

import io.overlapped.spi.Driver;

/** Completions on their way to the proactor, in order. */
final class Completions {
    private long[] tokens = new long[64];
    private long[] rest = new long[64];
    private int head;
    private int tail;

    boolean isEmpty() {
        return head == tail;
    }

    void add(long token, int result, int flags) {
        if (tail == tokens.length) {
            tokens = java.util.Arrays.copyOf(tokens, 2 * tail);
            rest = java.util.Arrays.copyOf(rest, 2 * tail);
        }
        tokens[tail] = token;
        rest[tail++] = (long) flags << 32 | Integer.toUnsignedLong(result);
    }

    /** Passes all on, those too that are added meanwhile. */
    int flush(Driver.Sink sink) {
        int count = 0;
        while (head != tail) {
            int at = head++;
            count++;
            sink.completed(tokens[at], (int) rest[at], (int) (rest[at] >>> 32));
        }
        head = 0;
        tail = 0;
        return count;
    }
}
