package io.overlapped.chat;

import java.util.EnumMap;
import java.util.Map;

/**
 * How many connections ended, by reason.
 *
 * <p>Threads: any.
 */
final class Ends {
    private final Map<EndReason, Long> counts = new EnumMap<>(EndReason.class);

    Ends() {
        for (EndReason reason : EndReason.values()) {
            counts.put(reason, 0L);
        }
    }

    synchronized void count(EndReason reason) {
        counts.merge(reason, 1L, Long::sum);
    }

    synchronized Map<EndReason, Long> all() {
        return new EnumMap<>(counts);
    }
}
