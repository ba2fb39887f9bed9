package io.overlapped.world;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often clients were ended, by reason.
 *
 * <p>Threads: any.
 */
final class Tally {
    private final Map<CloseCode, Long> counts = new EnumMap<>(CloseCode.class);

    synchronized void count(CloseCode why) {
        counts.merge(why, 1L, Long::sum);
    }

    /** The counts by name, those that are not zero. */
    synchronized Map<String, Long> counts() {
        Map<String, Long> named = new LinkedHashMap<>();
        counts.forEach((why, count) -> named.put(why.name(), count));
        return named;
    }
}
