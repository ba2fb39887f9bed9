package io.overlapped.world;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often connections were closed, by reason; each reason is logged at most once in ten seconds.
 *
 * <p>Threads: counted on one, read on any.
 */
final class Tally {
    private static final System.Logger LOG = System.getLogger("io.overlapped.world");
    private static final long LOG_PAUSE_NANOS = 10_000_000_000L;

    private final Map<CloseReason, Long> counts = new EnumMap<>(CloseReason.class);
    private final Map<CloseReason, Long> loggedNanos = new EnumMap<>(CloseReason.class);
    private final Map<CloseReason, Long> loggedCounts = new EnumMap<>(CloseReason.class);

    synchronized void count(CloseReason why, String who, String detail, long nowNanos) {
        long count = counts.merge(why, 1L, Long::sum);
        Long last = loggedNanos.get(why);
        if (why.isLogged() && (last == null || nowNanos - last >= LOG_PAUSE_NANOS)) {
            long since = count - loggedCounts.getOrDefault(why, 0L);
            loggedNanos.put(why, nowNanos);
            loggedCounts.put(why, count);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "closed {0}: {1}, {2} ({3} since the last such line)",
                    who,
                    why,
                    detail,
                    since);
        }
    }

    /** The counts by name, those that are not zero. */
    synchronized Map<String, Long> counts() {
        Map<String, Long> named = new LinkedHashMap<>();
        counts.forEach((why, count) -> named.put(why.name(), count));
        return named;
    }
}
