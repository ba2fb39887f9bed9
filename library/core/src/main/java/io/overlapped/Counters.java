package io.overlapped;

import io.overlapped.spi.Errno;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a proactor has done since it was opened. Its own thread counts, in plain fields; whoever
 * reads them from another sees them a little late. Only sends that a thread of the program carried
 * out by itself are counted by that thread.
 */
final class Counters {
    private static final int KINDS = Operation.values().length;

    private final long[] completed = new long[KINDS];
    private final long[] bytes = new long[KINDS];
    private final LongAdder directSends = new LongAdder();
    private final LongAdder directBytes = new LongAdder();
    private final LongAdder directFailures = new LongAdder();
    private long started;
    private long canceled;
    private long refused;
    private long failed;
    private long cancelRequests;
    private long passes;
    private int deliveredMost;
    private int inFlightMost;
    private long routinesSlow;
    private long routineNanosMost;

    void started() {
        started++;
    }

    void completed(Overlapped o) {
        int kind = index(o.operation());
        completed[kind]++;
        bytes[kind] += o.bytes();
        if (o.errno() != 0) {
            unsuccessful(o.errno());
        }
    }

    /** A send that its own thread carried out; any thread. */
    void sentDirectly(Overlapped o) {
        directSends.increment();
        directBytes.add(o.bytes());
        if (o.errno() != 0) {
            directFailures.increment();
        }
    }

    void cancelRequested() {
        cancelRequests++;
    }

    void passed() {
        passes++;
    }

    void delivered(int count) {
        deliveredMost = Math.max(deliveredMost, count);
    }

    void inFlight(int count) {
        inFlightMost = Math.max(inFlightMost, count);
    }

    void routine(long nanos, boolean slow) {
        routineNanosMost = Math.max(routineNanosMost, nanos);
        if (slow) {
            routinesSlow++;
        }
    }

    void addTo(Map<String, Long> report) {
        report.put("started", started + directSends.sum());
        report.put("accepts", of(Operation.ACCEPT));
        report.put("connects", of(Operation.CONNECT));
        report.put("receives", of(Operation.RECEIVE));
        report.put("sends", of(Operation.SEND) + directSends.sum());
        report.put("sendsDirect", directSends.sum());
        report.put("shutdowns", of(Operation.SHUTDOWN));
        report.put("timers", of(Operation.TIMER));
        report.put("posts", of(Operation.POST));
        report.put("takes", of(Operation.TAKE));
        report.put("closes", of(Operation.CLOSE));
        report.put("bytesReceived", bytes[index(Operation.RECEIVE)]);
        report.put("bytesSent", bytes[index(Operation.SEND)] + directBytes.sum());
        report.put("canceled", canceled);
        report.put("refused", refused);
        report.put("failed", failed + directFailures.sum());
        report.put("cancelRequests", cancelRequests);
        report.put("passes", passes);
        report.put("deliveredMost", (long) deliveredMost);
        report.put("inFlightMost", (long) inFlightMost);
        report.put("routinesSlow", routinesSlow);
        report.put("routineNanosMost", routineNanosMost);
    }

    private void unsuccessful(int errno) {
        switch (errno) {
            case Errno.ECANCELED -> canceled++;
            case Errno.EAGAIN -> refused++;
            default -> failed++;
        }
    }

    private long of(Operation kind) {
        return completed[index(kind)];
    }

    @SuppressWarnings("EnumOrdinal") // the arrays live no longer than the enum
    private static int index(Operation kind) {
        return kind.ordinal();
    }
}
