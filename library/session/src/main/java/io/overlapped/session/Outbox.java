package io.overlapped.session;

import io.overlapped.BufferPool;
import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.TcpStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to one session: two sides that change places. One is filled while the other
 * is on its way, so that what comes during a send leaves together in the next. A side takes pool
 * buffers when there is something to hold, usually one, and gives them back when it is empty. An
 * outbox that is empty is another session's next, see {@link SessionLoop#takeOutbox}.
 *
 * <p>Threads: the proactor's.
 */
final class Outbox {
    /** As many buffers as one send takes; see {@link TcpStream#send}. */
    private static final int GATHER_MAX = 16;

    static final int HEADER_BYTES_MAX = 64;

    /** Buffers filled in order; all but the last are full. */
    private static final class Side {
        private @Nullable IoBuffer[] buffers = new IoBuffer[1];
        private int count;
        private int bytes;

        /** Makes room for so many more bytes; takes nothing if the pool has not enough. */
        boolean reserve(int more, BufferPool pool) {
            int before = count;
            int room = count == 0 ? 0 : at(count - 1).writable();
            int needed = Math.max(0, more - room);
            while (needed > 0) {
                IoBuffer buffer = pool.tryTake();
                if (buffer == null) {
                    while (count > before) {
                        at(--count).close();
                        buffers[count] = null;
                    }
                    return false;
                }
                if (count == buffers.length) {
                    buffers = Arrays.copyOf(buffers, 2 * count);
                }
                buffers[count++] = buffer;
                needed -= buffer.capacity();
            }
            return true;
        }

        /** Appends to what was reserved, from the first buffer that has room on. */
        void append(MemorySegment source, int from, int length) {
            int done = 0;
            for (int i = 0; done < length; i++) {
                IoBuffer buffer = at(i);
                int share = Math.min(length - done, buffer.writable());
                if (share > 0) {
                    buffer.append(source.asSlice((long) from + done, share));
                    done += share;
                }
            }
            bytes += length;
        }

        IoBuffer at(int index) {
            return Objects.requireNonNull(buffers[index]);
        }

        IoBuffer[] filled() {
            IoBuffer[] filled = new IoBuffer[count];
            for (int i = 0; i < count; i++) {
                filled[i] = at(i);
            }
            return filled;
        }

        void release() {
            while (count > 0) {
                at(--count).close();
                buffers[count] = null;
            }
            bytes = 0;
        }
    }

    private final BufferPool pool;
    private final int bytesMax;
    private final MemorySegment scratch;
    private final Overlapped operation = new Overlapped(this::completed);
    private @Nullable Output owner;
    private Side filling = new Side();
    private Side leaving = new Side();

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

    /** The most that one offer can be, whatever waits. */
    static int offerBytesMax(BufferPool pool, int bytesMax) {
        return (int) Math.min(bytesMax, (long) GATHER_MAX * pool.bufferBytes());
    }

    /** Bytes that wait, those on their way included. */
    int bytes() {
        return filling.bytes + leaving.bytes;
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
        int header = framing.headerBytes();
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

    boolean isLeaving() {
        return leaving.count > 0;
    }

    boolean isEmpty() {
        return filling.bytes == 0 && leaving.bytes == 0;
    }

    /** Whether another may have it. */
    boolean isFree() {
        return isEmpty() && !operation.isPending();
    }

    /** Sends what was filled, if there is anything and nothing is on its way. */
    boolean flush(TcpStream stream) {
        if (leaving.count > 0 || filling.bytes == 0) {
            return false;
        }
        Side full = filling;
        filling = leaving;
        leaving = full;
        Overlapped _ =
                full.count == 1
                        ? stream.send(operation, full.at(0))
                        : stream.send(operation, full.filled());
        return true;
    }

    private void completed(Overlapped send) {
        leaving.release();
        Objects.requireNonNull(owner).sent(send);
    }

    /** Gives everything back; nothing is on its way any more. */
    void release() {
        leaving.release();
        filling.release();
    }

    /** Whether the bounds allow so many more bytes. */
    boolean hasRoom(long length) {
        // Each side goes out in one gathered send, which takes so many buffers and no more.
        long sideMax = (long) GATHER_MAX * pool.bufferBytes();
        return length <= bytesMax - bytes() && length <= sideMax - filling.bytes;
    }

    private boolean reserve(int length) {
        return hasRoom(length) && filling.reserve(length, pool);
    }
}
