package io.overlapped.lab;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Says on standard error why clients are refused or ended: the first few, then in powers of two.
 */
final class Refusals implements Consumer<String> {
    private static final long SAID_ALL = 4;

    private final AtomicLong count = new AtomicLong();

    @Override
    public void accept(String why) {
        long number = count.incrementAndGet();
        if (number <= SAID_ALL || Long.bitCount(number) == 1) {
            System.err.println("refused " + number + ": " + why);
        }
    }
}
