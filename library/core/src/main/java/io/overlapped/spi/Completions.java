package io.overlapped.spi;

/**
 * Completions on their way to the proactor, in order: a ring that grows.
 *
 * <p>Threads: the one that drives.
 */
public final class Completions {
    private long[] tokens = new long[64];
    private long[] rest = new long[64];
    private long head;
    private long tail;

    public Completions() {}

    public boolean isEmpty() {
        return head == tail;
    }

    public void add(long token, int result, int flags) {
        if (tail - head == tokens.length) {
            grow();
        }
        int at = (int) tail & (tokens.length - 1);
        tokens[at] = token;
        rest[at] = (long) flags << Integer.SIZE | Integer.toUnsignedLong(result);
        tail++;
    }

    /**
     * Passes on those there are; what is added meanwhile stays for the next time, so that
     * operations which always complete at once cannot keep the caller here.
     *
     * @return how many
     */
    public int passOn(Driver.Sink sink) {
        long first = head;
        long end = tail;
        while (head != end) {
            int at = (int) head & (tokens.length - 1);
            head++;
            sink.completed(tokens[at], (int) rest[at], (int) (rest[at] >>> Integer.SIZE));
        }
        return (int) (end - first);
    }

    private void grow() {
        int old = tokens.length;
        long[] moreTokens = new long[2 * old];
        long[] moreRest = new long[2 * old];
        for (long i = head; i != tail; i++) {
            int from = (int) i & (old - 1);
            int to = (int) i & (2 * old - 1);
            moreTokens[to] = tokens[from];
            moreRest[to] = rest[from];
        }
        tokens = moreTokens;
        rest = moreRest;
    }
}
