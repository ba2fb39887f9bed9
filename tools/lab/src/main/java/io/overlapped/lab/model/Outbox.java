package io.overlapped.lab.model;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What waits until a client takes it, up to a bound. Empty, it holds no memory.
 *
 * <p>Threads: any.
 */
final class Outbox {
    /** A client that lets more than this wait is too slow for the chat, and has to go. */
    static final int LIMIT_BYTES = 1 << 20;

    private static final byte[] NONE = {};
    private static final int LEAST_BYTES = 256;

    private byte[] bytes = NONE;
    private int start;
    private int end;
    private boolean finished;

    /** Keeps a copy of {@code more}; false, and nothing is kept, if that is over the bound. */
    synchronized boolean add(ByteBuffer more) {
        int count = more.remaining();
        int held = end - start;
        if (finished) {
            return true;
        }
        if (held + count > LIMIT_BYTES) {
            return false;
        }
        if (end + count > bytes.length) {
            byte[] room = bytes;
            if (held + count > bytes.length) {
                room = new byte[Math.max(LEAST_BYTES, 2 * (held + count))];
            }
            System.arraycopy(bytes, start, room, 0, held);
            bytes = room;
            start = 0;
            end = held;
        }
        more.get(bytes, end, count);
        end += count;
        notifyAll();
        return true;
    }

    synchronized boolean isEmpty() {
        return start == end;
    }

    /** What waits, in place; say with {@link #taken} how much of it is gone. */
    synchronized ByteBuffer front() {
        return ByteBuffer.wrap(bytes, start, end - start);
    }

    synchronized void taken(int count) {
        start += count;
        if (start == end) {
            bytes = NONE;
            start = 0;
            end = 0;
        }
    }

    /** Takes all there is, without waiting, as a copy that an operation may own. */
    synchronized byte[] takeAll() {
        byte[] all = Arrays.copyOfRange(bytes, start, end);
        taken(all.length);
        return all;
    }

    /** What is added from now on is dropped; what is held can still be taken. */
    synchronized void finish() {
        finished = true;
        notifyAll();
    }

    /** Waits for bytes and takes them all; none once it is finished and empty. */
    synchronized byte[] awaitAll() throws InterruptedException {
        while (start == end && !finished) {
            wait();
        }
        return takeAll();
    }
}
