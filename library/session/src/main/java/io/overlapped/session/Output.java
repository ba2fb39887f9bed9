package io.overlapped.session;

import io.overlapped.Overlapped;
import io.overlapped.Status;
import io.overlapped.TcpStream;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing side of a session: what was accepted waits in the outbox until it is flushed, and
 * one send is in flight at most. It has an outbox only while something waits or is on its way.
 *
 * <p>Threads: the proactor's.
 */
final class Output {
    private final Session session;
    private final SessionLoop loop;

    private @Nullable Outbox outbox;
    private long sendNanos;
    private boolean unflushed;
    private boolean writableWanted;

    Output(Session session, SessionLoop loop) {
        this.session = session;
        this.loop = loop;
    }

    /** Offers a payload, to be put in a frame. */
    Offer offer(Framing framing, MemorySegment payload) {
        return answer(outbox().offer(framing, payload), payload.byteSize());
    }

    /** Offers whole frames. */
    Offer offer(MemorySegment frames) {
        if (frames.byteSize() == 0) {
            return Offer.ACCEPTED;
        }
        return answer(outbox().offer(frames), frames.byteSize());
    }

    /** Refuses what could not be sent even if nothing else waited. */
    void requireFits(long bytes) {
        int most = loop.limits().output().bytesMax();
        if (bytes > most) {
            throw new IllegalArgumentException(
                    bytes
                            + " bytes can never be sent at once: the outbox holds "
                            + most
                            + "; raise Limits.Output.bytesMax");
        }
    }

    /** Takes the last words for somebody who is turned away. */
    void put(MemorySegment farewell) {
        boolean _ = outbox().offer(farewell);
    }

    /** Bytes that wait, those on their way included. */
    int bytes() {
        return outbox == null ? 0 : outbox.bytes();
    }

    boolean isEmpty() {
        return outbox == null || outbox.isEmpty();
    }

    /** Whether the bounds allow so many more bytes; the pool may still be empty. */
    boolean hasRoom(long bytes) {
        return outbox == null || outbox.hasRoom(bytes);
    }

    /** Whether it was not marked before. */
    boolean markUnflushed() {
        boolean was = unflushed;
        unflushed = true;
        return !was;
    }

    /** Sends what waits, if there is a stream and nothing is on its way. */
    void flush() {
        unflushed = false;
        TcpStream stream = session.sendingStream();
        if (stream == null || outbox == null) {
            return;
        }
        if (outbox.flush(stream)) {
            sendNanos = loop.now();
            loop.schedule(session, sendNanos + progressNanos());
        }
    }

    void requestWritable() {
        writableWanted = true;
        loop.schedule(session, loop.now());
    }

    /** Gives back what it holds; nothing is on its way any more. */
    void release() {
        if (outbox != null) {
            outbox.release();
            giveBackFree();
        }
    }

    // ---- deadlines

    /** How long its send has been under way; 0 if there is none. */
    long sendingNanos(long nowNanos) {
        return isSending() ? nowNanos - sendNanos : 0;
    }

    void due(long nowNanos) {
        if (isSending() && nowNanos - sendNanos >= progressNanos()) {
            session.end(
                    CloseReason.SLOW_CONSUMER,
                    bytes() + " bytes wait, and a send was not taken in time");
            return;
        }
        tellWritable();
        if (session.isOpen()) {
            flush();
        }
    }

    /** The nearer of its next deadline and {@code other}. */
    long nextDeadline(long nowNanos, long other) {
        if (isSending()) {
            long progress = sendNanos + progressNanos();
            return other - progress < 0 ? other : progress;
        }
        // Room in the pool comes without notice: it is looked for in each tick.
        return writableWanted ? nowNanos : other;
    }

    /** The outbox's send has ended. */
    void sent(Overlapped o) {
        boolean successfully = o.status() == Status.OK;
        loop.enter(session);
        try {
            if (successfully) {
                loop.counters().add(Counters.Count.BYTES_OUT, o.bytes());
                flush();
                tellWritable();
            } else {
                session.end(CloseReason.of(o.status()), "send: " + o.status());
            }
            Ending ending = session.ending();
            if (ending != null) {
                ending.sent(successfully);
            }
        } finally {
            loop.leave();
            giveBackFree();
        }
    }

    private void giveBackFree() {
        if (outbox != null && outbox.isFree()) {
            loop.giveOutbox(outbox);
            outbox = null;
        }
    }

    private void tellWritable() {
        int half = loop.limits().output().bytesMax() / 2;
        if (writableWanted && session.isOpen() && bytes() <= half) {
            writableWanted = false;
            loop.writable(session);
        }
    }

    private Offer answer(boolean accepted, long bytes) {
        Counters counters = loop.counters();
        if (accepted) {
            counters.add(Counters.Count.OFFERS_ACCEPTED, 1);
            loop.flushLater(session);
            return Offer.ACCEPTED;
        }
        counters.add(Counters.Count.OFFERS_FULL, 1);
        if (hasRoom(bytes)) {
            counters.add(Counters.Count.POOL_EMPTY, 1);
            loop.shedLater();
        }
        loop.flushLater(session);
        requestWritable();
        giveBackFree();
        return Offer.FULL;
    }

    private Outbox outbox() {
        if (outbox == null) {
            outbox = loop.takeOutbox(this);
        }
        return outbox;
    }

    private boolean isSending() {
        return outbox != null && outbox.isSending();
    }

    private long progressNanos() {
        return loop.limits().output().progressDeadline().toNanos();
    }
}
