package io.overlapped.session;

import java.util.Map;

/**
 * What has happened in the sessions of a server or a client so far. Read while they run, the
 * figures may belong to slightly different moments.
 *
 * @param accepted connections taken from the listener, those turned away included
 * @param open sessions that can be used
 * @param ending sessions that have ended but whose connection is not gone yet
 * @param closed how many ended, by reason; connections that were turned away are in here too
 * @param framesIn frames delivered
 * @param bytesIn bytes received
 * @param offersAccepted offers to send that were accepted
 * @param bytesOut bytes that the system took over to send
 * @param offersFull offers for which there was no room
 * @param poolEmpty how many of these for want of pool buffers
 * @param throttled how often a session was slowed down for its rate
 * @param handlerFailures exceptions of the handler
 * @param acceptFailures accepts that failed
 *     <p>Threads: a value.
 */
public record SessionReport(
        long accepted,
        long open,
        long ending,
        Map<CloseReason, Long> closed,
        long framesIn,
        long bytesIn,
        long offersAccepted,
        long bytesOut,
        long offersFull,
        long poolEmpty,
        long throttled,
        long handlerFailures,
        long acceptFailures) {
    /** How many ended for this reason. */
    public long closed(CloseReason reason) {
        return closed.getOrDefault(reason, 0L);
    }

    /** How many ended, for whatever reason. */
    public long closedTotal() {
        return closed.values().stream().mapToLong(Long::longValue).sum();
    }
}
