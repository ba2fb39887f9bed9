package io.overlapped.bench;

import io.overlapped.bench.load.Reply;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * One measurement of one row.
 *
 * @param value the figure of the workload's {@link Workload.Measure}
 * @param perSecond messages a second
 * @param cpuMicros CPU time of the server for a message, in microseconds
 * @param serverBusy how much of its core the server used, 1 being all of it
 * @param loadBusy the same of the load generator
 * @param loadWaiting for how much of the time the load generator was ready and had to wait for its
 *     core
 * @param lateShare how many of the messages of an open loop it sent late, 1 being all
 * @param residentBytes memory of the server at the end
 * @param latency in nanoseconds; none where there are no messages
 */
public record Sample(
        double value,
        double perSecond,
        double cpuMicros,
        double serverBusy,
        double loadBusy,
        double loadWaiting,
        double lateShare,
        long residentBytes,
        Optional<Histogram> latency) {
    private static final double NANOS_PER_MICRO = 1_000;
    private static final double P99 = 99;

    static Sample of(Workload workload, Reply reply) {
        if (reply.messages() == 0) {
            throw new IllegalStateException("no message came back while it was measured");
        }
        double cpuMicros = reply.serverNanos() / NANOS_PER_MICRO / reply.messages();
        double value =
                workload.measure() == Workload.Measure.P99
                        ? reply.latency().getValueAtPercentile(P99) / NANOS_PER_MICRO
                        : cpuMicros;
        return new Sample(
                value,
                reply.messages() * 1e9 / reply.nanos(),
                cpuMicros,
                (double) reply.serverNanos() / reply.nanos(),
                (double) reply.loadNanos() / reply.nanos(),
                (double) reply.loadWaitNanos() / reply.nanos(),
                (double) reply.lateMessages() / reply.messages(),
                reply.residentBytes(),
                Optional.of(reply.latency()).filter(latency -> latency.getTotalCount() > 0));
    }

    /** A figure that is no matter of messages. */
    static Sample of(double value, long residentBytes) {
        return new Sample(value, 0, 0, 0, 0, 0, 0, residentBytes, Optional.empty());
    }
}
