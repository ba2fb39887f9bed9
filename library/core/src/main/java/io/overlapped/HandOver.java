package io.overlapped;

import io.overlapped.spi.Errno;

/**
 * A stream on its way from the proactor that accepted it to the one it was accepted for, and the
 * accept with it, which completes there.
 */
final class HandOver implements CompletionRoutine {
    private final Overlapped accept;
    private final Proactor from;
    private final Proactor to;
    private final int detached;

    private HandOver(Overlapped accept, Proactor from, Proactor to, int detached) {
        this.accept = accept;
        this.from = from;
        this.to = to;
        this.detached = detached;
    }

    /**
     * Sends the connection {@code socket} to its proactor. On the thread of the one that accepted
     * it; the accept is nowhere else by now.
     *
     * @return 0, or the negated errno with which the accept is to end here
     */
    static int begin(Overlapped accept, Proactor from, Proactor to, int socket) {
        int detached = from.driver().detach(socket);
        if (detached < 0) {
            from.adopt(socket).close();
            return detached;
        }
        HandOver handOver = new HandOver(accept, from, to, detached);
        // A cancel that is asked for from here on comes too late.
        accept.place = Overlapped.Place.READY;
        if (to.tell(handOver)) {
            return 0;
        }
        handOver.discard();
        return -Errno.EBADF;
    }

    /** On the thread of the stream's new proactor, which may be closing. */
    @Override
    public void completed(Overlapped request) {
        int result = -request.errno();
        if (result == 0) {
            int socket = to.driver().attach(detached);
            if (socket >= 0) {
                accept.stream = to.adopt(socket);
            } else {
                result = socket;
            }
        }
        if (result < 0) {
            discard();
        }
        to.submission().feedPortOf(accept);
        to.ready(accept, result);
        // Its thread may be driving that proactor until the accept is over.
        to.post(Overlapped.own(_ -> from.wakeUnlessOwner()));
    }

    /** Nobody will have the connection. */
    void discard() {
        from.driver().discard(detached);
    }
}
