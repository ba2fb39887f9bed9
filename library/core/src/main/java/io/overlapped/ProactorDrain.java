package io.overlapped;

/**
 * The quiet part of an end: nothing is accepted any more, what was started goes on to its end, and
 * a stream that has nothing left to send is ended towards its peer, which is then waited for.
 */
final class ProactorDrain {
    private final Proactor proactor;

    ProactorDrain(Proactor proactor) {
        this.proactor = proactor;
    }

    /** Whether all streams were closed in time; a stop meanwhile ends it early. */
    boolean run(long timeoutNanos) {
        if (proactor.delivery().isUnderWay()) {
            throw new IllegalStateException(
                    "a completion routine may not drain its proactor; have another thread do it");
        }
        proactor.beginDrain();
        proactor.sockets().drain();
        long start = proactor.nanoTime();
        long left = timeoutNanos;
        while (!proactor.sockets().isEmpty() && left > 0 && !proactor.isStopping()) {
            proactor.pass(left);
            if (timeoutNanos != Long.MAX_VALUE) {
                left = timeoutNanos - (proactor.nanoTime() - start);
            }
        }
        return proactor.sockets().isEmpty();
    }
}
