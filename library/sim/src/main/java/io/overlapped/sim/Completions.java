package io.overlapped.sim;

import io.overlapped.spi.Driver;
import java.util.Arrays;

/** What has completed and was not reported, in order. */
final class Completions {
    private long[] tokens = new long[16];
    private int[] results = new int[16];
    private int[] flags = new int[16];
    private int count;

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    void add(long token, int result, int flag) {
        if (count == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * count);
            results = Arrays.copyOf(results, 2 * count);
            flags = Arrays.copyOf(flags, 2 * count);
        }
        tokens[count] = token;
        results[count] = result;
        flags[count] = flag;
        count++;
    }

    void addTo(Completions other, int index) {
        other.add(tokens[index], results[index], flags[index]);
    }

    /** Takes one out; the last takes its place. */
    void remove(int index) {
        swap(index, --count);
    }

    void swap(int one, int other) {
        long token = tokens[one];
        tokens[one] = tokens[other];
        tokens[other] = token;
        int result = results[one];
        results[one] = results[other];
        results[other] = result;
        int flag = flags[one];
        flags[one] = flags[other];
        flags[other] = flag;
    }

    long token(int index) {
        return tokens[index];
    }

    int result(int index) {
        return results[index];
    }

    void report(int index, Driver.Sink sink) {
        sink.completed(tokens[index], results[index], flags[index]);
    }

    void clear() {
        count = 0;
    }
}
