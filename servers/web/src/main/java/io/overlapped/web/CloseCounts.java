package io.overlapped.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts closes by their reason, and logs each reason at most once in ten seconds.
 *
 * <p>Threads: any.
 */
final class CloseCounts {
    static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger("io.overlapped.web");

    private final AtomicLongArray counts = new AtomicLongArray(PageClose.values().length);
    private final AtomicLongArray silentUntil = new AtomicLongArray(PageClose.values().length);

    CloseCounts() {
        long now = System.nanoTime();
        for (int i = 0; i < silentUntil.length(); i++) {
            silentUntil.set(i, now);
        }
    }

    /** Counts one close of the route; {@code detail} says more where something is known. */
    void add(PageClose reason, String route, String detail) {
        int i = reason.ordinal();
        long count = counts.incrementAndGet(i);
        if (!reason.isTrouble()) {
            return;
        }
        long now = System.nanoTime();
        long until = silentUntil.get(i);
        if (now - until >= 0 && silentUntil.compareAndSet(i, until, now + LOG_INTERVAL.toNanos())) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "closed a page''s {0}: {1} ({2}; {3} so far)",
                    route,
                    reason,
                    detail,
                    count);
        }
    }

    /** How often each reason occurred; those that never did are left out. */
    Map<String, Long> all() {
        Map<String, Long> all = new LinkedHashMap<>();
        for (PageClose reason : PageClose.values()) {
            long count = counts.get(reason.ordinal());
            if (count > 0) {
                all.put(reason.name(), count);
            }
        }
        return all;
    }
}
