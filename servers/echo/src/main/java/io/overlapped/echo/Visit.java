package io.overlapped.echo;

import io.overlapped.IoBuffer;
import io.overlapped.Proactor;
import io.overlapped.Status;

/**
 * One client as it is counted and reported, from its coming to its end.
 *
 * <p>Threads: one at a time.
 */
final class Visit {
    private final EchoOptions options;
    private final EchoCounts counts;
    private final Proactor proactor;
    private final int client;
    private long bytes;

    Visit(EchoOptions options, EchoCounts counts, Proactor proactor) {
        this.options = options;
        this.counts = counts;
        this.proactor = proactor;
        client = counts.came();
        tell("client " + client + " connected");
    }

    /** What a receive brought, however many messages or records that is. */
    void received(IoBuffer buffer) {
        int count = buffer.readable();
        counts.receives.increment();
        counts.bytesReceived.add(count);
        if (options.records()) {
            long before = bytes / EchoOptions.RECORD_BYTES;
            counts.records.add((bytes + count) / EchoOptions.RECORD_BYTES - before);
        }
        bytes += count;
        tell("client " + client + " sent " + count + " bytes");
    }

    void answered(int count) {
        counts.bytesSent.add(count);
    }

    void ended(EndReason reason, Status status) {
        long rest = bytes % EchoOptions.RECORD_BYTES;
        if (options.records() && rest > 0) {
            counts.incompleteRecords.increment();
            tell("client " + client + " left " + rest + " bytes of a record unfinished");
        }
        counts.left(client, reason, status, proactor.nanoTime());
        tell("client " + client + " ended: " + reason);
    }

    /** A report that fails is no reason to leave a client unserved, or a buffer taken. */
    private void tell(String line) {
        try {
            options.report().accept(line);
        } catch (RuntimeException e) {
            counts.reportFailed(e, proactor.nanoTime());
        }
    }
}
