package io.overlapped.world;

import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import java.time.Duration;

/**
 * Does something at a fixed pace. A beat that comes late does not move those after it; beats that
 * have been missed altogether are left out and counted.
 *
 * <p>Threads: started on any, beats on the proactor's.
 */
final class Ticker {
    private final Proactor proactor;
    private final long paceNanos;
    private final Runnable beat;
    private final Overlapped timer = new Overlapped(this::due);
    private long nextNanos;
    private volatile boolean stopped;
    private volatile long missed;

    Ticker(Proactor proactor, Duration pace, Runnable beat) {
        this.proactor = proactor;
        this.beat = beat;
        paceNanos = pace.toNanos();
    }

    void start() {
        nextNanos = proactor.nanoTime() + paceNanos;
        proactor.timer(timer, Duration.ofNanos(paceNanos));
    }

    void stop() {
        stopped = true;
        timer.cancel();
    }

    long missed() {
        return missed;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void due(Overlapped done) {
        if (stopped || done.status() != Status.OK) {
            return;
        }
        long late = (proactor.nanoTime() - nextNanos) / paceNanos;
        if (late > 0) {
            missed += late;
            nextNanos += late * paceNanos;
        }
        nextNanos += paceNanos;
        // First, so that a beat that throws is not the last.
        long left = Math.max(0, nextNanos - proactor.nanoTime());
        proactor.timer(timer, Duration.ofNanos(left));
        beat.run();
    }
}
