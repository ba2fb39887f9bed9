package io.overlapped.echo;

import io.overlapped.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a server has done: clients, receives, bytes, records, and how clients ended. Each kind of
 * bad end is logged at most once in ten seconds.
 */
final class EchoCounts {
    private static final System.Logger LOG = System.getLogger("io.overlapped.echo");
    private static final long LOG_PAUSE_NANOS = 10_000_000_000L;

    final LongAdder receives = new LongAdder();
    final LongAdder bytesReceived = new LongAdder();
    final LongAdder bytesSent = new LongAdder();
    final LongAdder records = new LongAdder();
    final LongAdder incompleteRecords = new LongAdder();
    private final AtomicInteger clients = new AtomicInteger();
    private final AtomicInteger connected = new AtomicInteger();
    private final Map<EndReason, LongAdder> ends = new ConcurrentHashMap<>();
    private long reportFailures;
    private long reportFailureNanos;
    private final Map<EndReason, Long> loggedNanos = new ConcurrentHashMap<>();

    /** Counts a client in; returns its number, the first being 1. */
    int came() {
        connected.incrementAndGet();
        return clients.incrementAndGet();
    }

    void left(int client, EndReason reason, Status status, long nowNanos) {
        // The end is counted first: who sees nobody connected sees how the last one ended.
        ends.computeIfAbsent(reason, _ -> new LongAdder()).increment();
        connected.decrementAndGet();
        if (reason.isLogged() && isDue(reason, nowNanos)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "client {0} ended: {1}, {2}; {3} of that kind so far",
                    client,
                    reason,
                    status,
                    ends.get(reason).sum());
        }
    }

    /** Somebody who was told what happens has thrown. */
    synchronized void reportFailed(RuntimeException thrown, long nowNanos) {
        if (reportFailures++ == 0 || nowNanos - reportFailureNanos >= LOG_PAUSE_NANOS) {
            reportFailureNanos = nowNanos;
            LOG.log(System.Logger.Level.ERROR, "the report failed", thrown);
        }
    }

    int connected() {
        return connected.get();
    }

    Map<String, Long> all() {
        Map<String, Long> all = new LinkedHashMap<>();
        all.put("clients", (long) clients.get());
        all.put("connected", (long) connected.get());
        all.put("receives", receives.sum());
        all.put("bytesReceived", bytesReceived.sum());
        all.put("bytesSent", bytesSent.sum());
        all.put("records", records.sum());
        all.put("incompleteRecords", incompleteRecords.sum());
        for (EndReason reason : EndReason.values()) {
            LongAdder count = ends.get(reason);
            all.put("ended." + reason.name(), count == null ? 0 : count.sum());
        }
        return all;
    }

    private boolean isDue(EndReason reason, long now) {
        Long last = loggedNanos.putIfAbsent(reason, now);
        return last == null
                || (now - last >= LOG_PAUSE_NANOS && loggedNanos.replace(reason, last, now));
    }
}
