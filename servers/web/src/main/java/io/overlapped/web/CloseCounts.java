package io.overlapped.web;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts closes by their reason, and logs each reason at most once in ten seconds.
 *
 * <p>Threads: any.
 */
final class CloseCounts {
    static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger("io.overlapped.web");

    private static final class Count {
        final AtomicLong count = new AtomicLong();
        final AtomicLong silentUntil = new AtomicLong(System.nanoTime());
    }

    private final Map<PageClose, Count> counts = new EnumMap<>(PageClose.class);

    CloseCounts() {
        for (PageClose reason : PageClose.values()) {
            counts.put(reason, new Count());
        }
    }

    /** Counts one close of the route; {@code detail} says more where something is known. */
    void add(PageClose reason, String route, String detail) {
        Count its = of(reason);
        long count = its.count.incrementAndGet();
        if (!reason.isTrouble()) {
            return;
        }
        long now = System.nanoTime();
        long until = its.silentUntil.get();
        if (now - until >= 0
                && its.silentUntil.compareAndSet(until, now + LOG_INTERVAL.toNanos())) {
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
        counts.forEach((reason, its) -> all.put(reason.name(), its.count.get()));
        all.values().removeIf(count -> count == 0);
        return all;
    }

    private Count of(PageClose reason) {
        return Objects.requireNonNull(counts.get(reason));
    }
}
