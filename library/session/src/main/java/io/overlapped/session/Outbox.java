package io.overlapped.session;

import io.overlapped.BufferPool;
import io.overlapped.Overlapped;
import io.overlapped.TcpStream;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to one session: two sides that change places. One is filled while the other
 * is on its way, so that what comes during a send leaves together in the next. A side takes pool
 * buffers when there is something to hold, usually one, and gives each back when it has been sent;
 * one with more buffers than a send takes leaves in several. An outbox that is empty is another
 * session's next, see {@link SessionLoop#takeOutbox}.
 *
 * <p>Threads: the proactor's.
 */
final class Outbox {
    private final BufferPool pool;
    private final int bytesMax;
    private final MemorySegment scratch;
    private final Overlapped operation = new Overlapped(this::completed);
    private @Nullable Output owner;
    private OutboxSide filling = new OutboxSide();
    private OutboxSide leaving = new OutboxSide();
    private boolean sending;

    /**
     * @param scratch room for a header, shared by all outboxes of a thread
     */
    Outbox(BufferPool pool, int bytesMax, MemorySegment scratch) {
        this.scratch = scratch;
        this.pool = pool;
        this.bytesMax = bytesMax;
    }

    /** From now on it is this one's. */
    void lend(Output itsOwner) {
        owner = itsOwner;
    }

    /**
     * Refuses a bound that no outbox can come to, as the pool has not so much.
     *
     * @throws IllegalArgumentException with what to change
     */
    static void requireFits(int bytesMax, BufferPool pool) {
        long most = (long) pool.capacity() * pool.bufferBytes();
        if (bytesMax > most) {
            throw new IllegalArgumentException(
                    "output.bytesMax is "
                            + bytesMax
                            + ", but the pool has "
                            + most
                            + " bytes ("
                            + pool.capacity()
                            + " buffers of "
                            + pool.bufferBytes()
                            + "); lower Limits.Output.bytesMax, or give the proactor "
                            + Math.ceilDiv(bytesMax, pool.bufferBytes())
                            + " buffers or more");
        }
    }

    /** Bytes that wait, those on their way included. */
    int bytes() {
        return filling.bytes() + leaving.bytes();
    }

    /** Takes whole frames as they are. False if there is no room. */
    boolean offer(MemorySegment frames) {
        int length = (int) frames.byteSize();
        if (!reserve(length)) {
            return false;
        }
        filling.append(frames, 0, length);
        return true;
    }

    /** Takes a payload and puts a frame around it. False if there is no room. */
    boolean offer(Framing framing, MemorySegment payload) {
        int length = (int) payload.byteSize();
        int header = framing.headerBytes(length);
        int trailer = framing.trailerBytes();
        framing.writeHeader(scratch, 0, length);
        if (!reserve(header + length + trailer)) {
            return false;
        }
        filling.append(scratch, 0, header);
        filling.append(payload, 0, length);
        framing.writeTrailer(scratch, 0);
        filling.append(scratch, 0, trailer);
        return true;
    }

    /** Whether a send is under way. */
    boolean isSending() {
        return sending;
    }

    boolean isEmpty() {
        return filling.bytes() == 0 && leaving.bytes() == 0;
    }

    /** Whether another may have it. */
    boolean isFree() {
        return isEmpty() && !operation.isPending();
    }

    /** Sends what was filled, if there is anything and nothing is on its way. */
    boolean flush(TcpStream stream) {
        if (sending || isEmpty()) {
            return false;
        }
        if (leaving.bytes() == 0) {
            OutboxSide full = filling;
            filling = leaving;
            leaving = full;
        }
        sending = true;
        leaving.send(stream, operation);
        return true;
    }

    private void completed(Overlapped send) {
        sending = false;
        leaving.sent();
        Objects.requireNonNull(owner).sent(send);
    }

    /** Gives everything back; nothing is on its way any more. */
    void release() {
        leaving.release();
        filling.release();
    }

    /** Whether the bound allows so many more bytes. */
    boolean hasRoom(long length) {
        return length <= bytesMax - bytes();
    }

    private boolean reserve(int length) {
        return hasRoom(length) && filling.reserve(length, pool);
    }
}
