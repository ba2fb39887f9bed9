package io.overlapped;

import io.overlapped.spi.Probe;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All the memory that operations may use: equal buffers, allocated in slabs as they are needed, up
 * to {@link Options#buffersMax}.
 *
 * <p>Some of them are lent to the driver ahead, for receives that choose their own. While there is
 * none left to lend, reception pauses; it goes on when a buffer is closed.
 *
 * <p>Threads: any.
 */
public final class BufferPool {
    private static final int ALIGNMENT_BYTES = 4096;
    private static final int SLAB_BYTES = 1 << 20;
    private static final int OWN_MAX = 64;
    private static final int OWN_SHARE = 8;

    private final Arena arena = Arena.ofShared();
    private final int bufferBytes;
    private final boolean checked;
    private final Thread owner;
    private final Probe probe;
    private final Runnable refilled;

    // The proactor's own thread keeps some here, so that it does not lock for each.
    private final IoBuffer[] own;
    private int ownCount;
    private int provided;

    private final ReentrantLock lock = new ReentrantLock();
    private final IoBuffer[] free;
    private final @Nullable IoBuffer[] all;
    private int freeCount;
    private int allCount;
    private volatile boolean starved;

    /**
     * @param refilled called when a buffer came back after {@link #takeToProvide} found none
     */
    BufferPool(Options options, Thread owner, Probe probe, Runnable refilled) {
        bufferBytes = options.bufferBytes();
        checked = options.checked();
        this.owner = owner;
        this.probe = probe;
        this.refilled = refilled;
        own = new IoBuffer[Math.min(OWN_MAX, options.buffersMax() / OWN_SHARE)];
        free = new IoBuffer[options.buffersMax()];
        all = new IoBuffer[options.buffersMax()];
    }

    /** Size of each buffer. */
    public int bufferBytes() {
        return bufferBytes;
    }

    /**
     * An empty buffer, the caller's until it is closed.
     *
     * @throws IllegalStateException if all are taken
     */
    public IoBuffer take() {
        IoBuffer buffer = tryTake();
        if (buffer == null) {
            throw new IllegalStateException(noneFree());
        }
        return buffer;
    }

    /** An empty buffer, or null if all are taken. */
    public @Nullable IoBuffer tryTake() {
        IoBuffer buffer = takeFree();
        if (buffer == null) {
            return null;
        }
        if (!probe.taking(buffer.memory())) {
            giveFree(buffer);
            return null;
        }
        buffer.hand(checked);
        return buffer;
    }

    /**
     * How many buffers the program has, lent ones included; those provided to the driver do not
     * count. Exact on the proactor's own thread while no other thread takes or closes one.
     */
    public int leased() {
        lock.lock();
        try {
            return allCount - freeCount - ownCount - provided;
        } finally {
            lock.unlock();
        }
    }

    /** How many buffers can exist. */
    public int capacity() {
        return all.length;
    }

    private String noneFree() {
        int count;
        lock.lock();
        try {
            count = allCount;
        } finally {
            lock.unlock();
        }
        String remedy =
                count < all.length
                        ? " and the JVM has no memory for more; close some, or raise"
                                + " -XX:MaxDirectMemorySize"
                        : "; close some, or open with more (Options.withBuffers)";
        return "all " + count + " buffers are taken" + remedy;
    }

    IoBuffer buffer(int number) {
        IoBuffer buffer = all[number];
        if (buffer == null) {
            throw new AssertionError("no buffer " + number);
        }
        return buffer;
    }

    /** A buffer for the driver; null if there is none, and then {@code refilled} will be called. */
    @Nullable IoBuffer takeToProvide() {
        IoBuffer buffer = takeFree();
        if (buffer == null) {
            starved = true;
            buffer = takeFree();
            if (buffer == null) {
                return null;
            }
        }
        starved = false;
        if (!probe.taking(buffer.memory())) {
            giveFree(buffer);
            refilled.run();
            return null;
        }
        provided++;
        buffer.provide();
        return buffer;
    }

    /** The driver filled a provided buffer: it is the program's now. */
    void received(IoBuffer buffer, int bytes) {
        provided--;
        buffer.received(bytes, checked);
    }

    /** The driver returned a provided buffer unused. */
    void takeBack(IoBuffer buffer) {
        provided--;
        buffer.free();
        give(buffer);
    }

    void give(IoBuffer buffer) {
        probe.released(buffer.memory());
        giveFree(buffer);
        if (starved) {
            starved = false;
            refilled.run();
        }
    }

    void free() {
        arena.close();
    }

    private void giveFree(IoBuffer buffer) {
        if (isOwner() && ownCount < own.length) {
            own[ownCount++] = buffer;
        } else {
            lock.lock();
            try {
                free[freeCount++] = buffer;
            } finally {
                lock.unlock();
            }
        }
    }

    private @Nullable IoBuffer takeFree() {
        boolean owner = isOwner();
        if (owner && ownCount > 0) {
            return own[--ownCount];
        }
        lock.lock();
        try {
            if (freeCount == 0) {
                growLocked();
            }
            // Where others close what the proactor provides, it takes several for one lock.
            while (owner && ownCount < own.length / 2 && freeCount > own.length) {
                own[ownCount++] = free[--freeCount];
            }
            return freeCount == 0 ? null : free[--freeCount];
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("ReferenceEquality") // a thread is itself alone
    private boolean isOwner() {
        return Thread.currentThread() == owner;
    }

    private void growLocked() {
        int count = Math.min(all.length - allCount, Math.max(1, SLAB_BYTES / bufferBytes));
        if (count == 0) {
            return;
        }
        MemorySegment slab;
        try {
            slab = probe.allocate(arena, (long) count * bufferBytes, ALIGNMENT_BYTES);
        } catch (OutOfMemoryError e) {
            if (allCount == 0) {
                throw e;
            }
            return; // What there is has to do, until the JVM has more.
        }
        for (int i = 0; i < count; i++) {
            MemorySegment memory = slab.asSlice((long) i * bufferBytes, bufferBytes);
            IoBuffer buffer = new IoBuffer(this, memory, allCount);
            all[allCount++] = buffer;
            free[freeCount++] = buffer;
        }
    }
}
