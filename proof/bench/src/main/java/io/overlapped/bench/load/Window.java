package io.overlapped.bench.load;

import org.HdrHistogram.Histogram;

/** Warm-up, then the time that counts: what is done in it, and what CPU it takes. */
final class Window {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long STALL_NANOS = 10_000_000_000L;
    private static final long LATENCY_MAX_NANOS = 120_000_000_000L;

    private enum Stage {
        WARM,
        MEASURE,
        DONE
    }

    private final Request request;
    private final CpuTime server;
    private final CpuTime self = new CpuTime(ProcessHandle.current().pid());
    private final Histogram latency = new Histogram(LATENCY_MAX_NANOS, 3);
    private Stage stage = Stage.WARM;
    private long bytes;
    private long startNanos = System.nanoTime();
    private long endNanos;
    private long progressNanos = startNanos;
    private long progressBytes;
    private long lateMessages;
    private CpuTime.Spent serverSpent = new CpuTime.Spent(0, 0);
    private CpuTime.Spent loadSpent = new CpuTime.Spent(0, 0);

    Window(Request request) {
        this.request = request;
        server = new CpuTime(request.pid());
    }

    /** Verified bytes have arrived. */
    void add(long count) {
        if (stage != Stage.DONE) {
            bytes += count;
        }
    }

    void record(long nanos) {
        latency.recordValue(Math.clamp(nanos, 0, LATENCY_MAX_NANOS));
    }

    /** Messages left later than they were due, and the load generator is to blame. */
    void late(long count) {
        if (stage == Stage.MEASURE) {
            lateMessages += count;
        }
    }

    boolean isDone() {
        return stage == Stage.DONE;
    }

    boolean isMeasuring() {
        return stage == Stage.MEASURE;
    }

    long startNanos() {
        return startNanos;
    }

    /**
     * Moves on to the next stage when it is time.
     *
     * @return whether the measuring began just now
     */
    boolean turn(long now) {
        if (bytes != progressBytes) {
            progressBytes = bytes;
            progressNanos = now;
        } else if (now - progressNanos > STALL_NANOS && stage != Stage.DONE) {
            throw new IllegalStateException("no answer in " + STALL_NANOS / 1_000_000_000 + " s");
        }
        switch (stage) {
            case WARM -> {
                long messages = bytes / request.bytes();
                boolean late = now - startNanos > request.warmMillis() * NANOS_PER_MILLI;
                // Each connection has been served once at least, however slow the server.
                if (messages >= request.warmMessages()
                        || (late && messages >= request.connections())) {
                    begin();
                    return true;
                }
            }
            case MEASURE -> {
                if (bytes > 0 && now - startNanos >= request.millis() * NANOS_PER_MILLI) {
                    end();
                }
            }
            case DONE -> {}
        }
        return false;
    }

    private void begin() {
        stage = Stage.MEASURE;
        latency.reset();
        bytes = 0;
        server.begin();
        self.begin();
        startNanos = System.nanoTime();
        progressBytes = 0;
        progressNanos = startNanos;
    }

    private void end() {
        endNanos = System.nanoTime();
        serverSpent = server.sinceBegin();
        loadSpent = self.sinceBegin();
        stage = Stage.DONE;
    }

    Reply reply() {
        return new Reply(
                bytes / request.bytes(),
                endNanos - startNanos,
                serverSpent.cpuNanos(),
                loadSpent.cpuNanos(),
                loadSpent.waitNanos(),
                lateMessages,
                CpuTime.residentBytes(request.pid()),
                latency);
    }
}
