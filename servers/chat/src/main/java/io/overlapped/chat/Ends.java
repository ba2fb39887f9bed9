package io.overlapped.chat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many connections ended, by reason.
 *
 * <p>Threads: any.
 */
final class Ends {
    private final AtomicLongArray counts = new AtomicLongArray(EndReason.values().length);

    void count(EndReason reason) {
        counts.incrementAndGet(reason.ordinal());
    }

    Map<EndReason, Long> all() {
        Map<EndReason, Long> all = new LinkedHashMap<>();
        for (EndReason reason : EndReason.values()) {
            all.put(reason, counts.get(reason.ordinal()));
        }
        return all;
    }
}
