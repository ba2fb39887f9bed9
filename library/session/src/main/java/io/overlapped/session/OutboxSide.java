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
 * One side of an outbox: buffers that are filled in order and then sent in order, as many at once
 * as a send takes.
 *
 * <p>Threads: the proactor's.
 */
final class OutboxSide {
    /** As many buffers as one send takes; see {@link TcpStream#send}. */
    private static final int GATHER_MAX = 16;

    // Those from first to count are held; of them the first onWay are being sent. All before
    // writing are full.
    private @Nullable IoBuffer[] buffers = new IoBuffer[1];
    private int first;
    private int writing;
    private int count;
    private int onWay;
    private int bytes;

    /** Bytes that it holds. */
    int bytes() {
        return bytes;
    }

    /** Makes room for so many more bytes; takes nothing if the pool has not enough. */
    boolean reserve(int more, BufferPool pool) {
        int before = count;
        int room = count == 0 ? 0 : at(count - 1).writable();
        int needed = Math.max(0, more - room);
        while (needed > 0) {
            IoBuffer buffer = pool.tryTake();
            if (buffer == null) {
                while (count > before) {
                    close(--count);
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
        while (done < length) {
            IoBuffer buffer = at(writing);
            int share = Math.min(length - done, buffer.writable());
            if (share > 0) {
                buffer.append(source.asSlice((long) from + done, share));
                done += share;
            } else {
                writing++;
            }
        }
        bytes += length;
    }

    /** Sends the next of its buffers; there is one. */
    void send(TcpStream stream, Overlapped operation) {
        onWay = Math.min(GATHER_MAX, count - first);
        if (onWay == 1) {
            Overlapped _ = stream.send(operation, at(first));
            return;
        }
        IoBuffer[] gather = new IoBuffer[onWay];
        for (int i = 0; i < onWay; i++) {
            gather[i] = at(first + i);
        }
        Overlapped _ = stream.send(operation, gather);
    }

    /** What was on its way has arrived, or never will. */
    void sent() {
        for (; onWay > 0; onWay--) {
            bytes -= at(first).readable();
            close(first++);
        }
        if (first == count) {
            release();
        }
    }

    /** Gives back all that it holds; nothing of it is on its way. */
    void release() {
        while (count > first) {
            close(--count);
        }
        first = 0;
        writing = 0;
        count = 0;
        bytes = 0;
    }

    private IoBuffer at(int index) {
        return Objects.requireNonNull(buffers[index]);
    }

    private void close(int index) {
        at(index).close();
        buffers[index] = null;
    }
}
