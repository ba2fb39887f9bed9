package io.overlapped.world;

import io.overlapped.BufferPool;
import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.Status;
import io.overlapped.TcpStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * What waits to be sent to one client, and one send on its way: what comes while a send is on its
 * way leaves together with the next. Holds nothing when there is nothing to send.
 *
 * <p>Threads: the proactor's.
 */
final class Outbox {
    /** Hears how it goes. */
    interface Owner {
        /** All that was taken has been sent. */
        void drained();

        void failed(Status why);
    }

    private static final int KEPT_BYTES_MAX = 4096;
    private static final int BUFFERS_A_SEND = 16;

    private final TcpStream stream;
    private final Owner owner;
    private final int maxBytes;
    private final Overlapped send = new Overlapped(this::sent);
    private final List<IoBuffer> lent = new ArrayList<>(1);
    private Packet waiting = new Packet(0);
    private int waitingFrom;
    private long startedNanos;

    Outbox(TcpStream stream, int maxBytes, Owner owner) {
        this.stream = stream;
        this.maxBytes = maxBytes;
        this.owner = owner;
    }

    /** Takes a copy; false, and nothing is taken, if too much waits already. */
    boolean offer(MemorySegment bytes) {
        if (waiting.length() - waitingFrom + bytes.byteSize() > maxBytes) {
            return false;
        }
        waiting.raw(bytes);
        return true;
    }

    boolean isEmpty() {
        return !send.isPending() && waiting.length() == waitingFrom;
    }

    /** How long the send on its way has been; 0 if there is none. */
    long sendingNanos(long nowNanos) {
        return send.isPending() ? nowNanos - startedNanos : 0;
    }

    /** Sends what waits, unless a send is on its way: its completion will. */
    void flush(long nowNanos) {
        if (send.isPending() || waiting.length() == waitingFrom) {
            return;
        }
        BufferPool pool = stream.proactor().buffers();
        MemorySegment bytes = waiting.segment();
        while (waitingFrom < waiting.length() && lent.size() < BUFFERS_A_SEND) {
            IoBuffer buffer = pool.tryTake();
            if (buffer == null) {
                break;
            }
            int count = Math.min(buffer.writable(), waiting.length() - waitingFrom);
            lent.add(buffer.append(bytes.asSlice(waitingFrom, count)));
            waitingFrom += count;
        }
        if (lent.isEmpty()) {
            // The pool is empty; the next flush or sweep tries again.
            return;
        }
        if (waitingFrom == waiting.length()) {
            waiting = waiting.length() > KEPT_BYTES_MAX ? new Packet(0) : waiting.clear();
            waitingFrom = 0;
        }
        startedNanos = nowNanos;
        stream.send(send, lent.toArray(IoBuffer[]::new));
    }

    private void sent(Overlapped done) {
        lent.forEach(IoBuffer::close);
        lent.clear();
        if (done.status() != Status.OK) {
            owner.failed(done.status());
        } else if (waiting.length() > waitingFrom) {
            flush(System.nanoTime());
        } else {
            waiting = new Packet(0);
            waitingFrom = 0;
            owner.drained();
        }
    }
}
