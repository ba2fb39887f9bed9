package io.overlapped;

import io.overlapped.spi.Probe;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All the memory that operations may use: equal buffers, allocated in slabs as they are needed, up
 * to {@link Options.Buffers#max}.
 *
 * <p>Some of them are lent to the driver ahead, for receives that choose their own. While there is
 * none left to lend, reception pauses; it goes on when a buffer is closed. Whoever wants a buffer
 * and finds none may wait for it as for any operation, see {@link #take(Overlapped)}.
 *
 * <p>A buffer may be used with any proactor. It is the program's until it is closed, though the
 * proactor of its pool be closed before: then no more can be taken, and the memory is freed when
 * the last buffer that the program had has been closed.
 *
 * <p>Threads: any.
 */
public final class BufferPool {
    private static final int ALIGNMENT_BYTES = 4096;
    private static final int SLAB_BYTES = 1 << 20;
    private static final int OWN_MAX = 64;
    private static final int OWN_SHARE = 8;

    private final Arena arena = Arena.ofShared();
    private final Keepers keepers = new Keepers(arena::close);
    private final int bufferBytes;
    private final boolean checked;
    private final Thread owner;
    private final Probe probe;
    private final Runnable refilled;

    // The proactor's own thread keeps some here, so that it does not lock for each.
    private final IoBuffer[] own;
    private int ownCount;
    private int ownMax;
    private int provided;

    private final ReentrantLock lock = new ReentrantLock();
    private final IoBuffer[] free;
    private final @Nullable IoBuffer[] all;
    private int freeCount;
    private int allCount;
    private volatile boolean starved;
    private @Nullable Proactor proactor;

    // At the end, under the lock: whether other threads have used the pool, whether those buffers
    // are marked that should come back, and how many of those still out keep the memory.
    private final Condition givenBack = lock.newCondition();
    private boolean shared;
    private boolean marked;
    private boolean ended;
    private int kept;

    /**
     * @param refilled called when a buffer came back after {@link #takeToProvide} found none
     */
    BufferPool(Options options, Thread owner, Probe probe, Runnable refilled) {
        bufferBytes = options.buffers().bytes();
        checked = options.diagnosis().checked();
        this.owner = owner;
        this.probe = probe;
        this.refilled = refilled;
        own = new IoBuffer[Math.min(OWN_MAX, options.buffers().max() / OWN_SHARE)];
        ownMax = own.length;
        free = new IoBuffer[options.buffers().max()];
        all = new IoBuffer[options.buffers().max()];
    }

    /** Its proactor, which starts {@link #take(Overlapped)}. */
    void servedBy(Proactor itsProactor) {
        proactor = itsProactor;
    }

    /** Size of each buffer. */
    public int bufferBytes() {
        return bufferBytes;
    }

    /**
     * An empty buffer, the caller's until it is closed.
     *
     * @throws IllegalStateException if all are taken, or the proactor is closed
     */
    public IoBuffer take() {
        IoBuffer buffer = tryTake();
        if (buffer == null) {
            throw new IllegalStateException(noneFree());
        }
        return buffer;
    }

    /**
     * Completes with an empty buffer, {@link Overlapped#buffer}, as soon as one is free: the
     * caller's until it is closed. Takes are served in the order of their starts, and in turn with
     * reception, which waits for free buffers too: of those that come back each has every other
     * one.
     */
    public Overlapped take(Overlapped overlapped) {
        Proactor its = Objects.requireNonNull(proactor);
        overlapped.begin(Operation.TAKE, its, null);
        return its.start(overlapped);
    }

    /** An empty buffer, or null if all are taken, or the proactor is closed. */
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
            if (ended) {
                return "the proactor is closed: its buffers cannot be taken any more";
            }
            count = allCount;
        } finally {
            lock.unlock();
        }
        String remedy =
                count < all.length
                        ? " and the JVM has no memory for more; close some, or raise"
                                + " -XX:MaxDirectMemorySize"
                        : "; close some, or open with more (Options.withBuffers)";
        return "all " + count + " buffers are taken" + remedy + ". " + whereabouts();
    }

    private String whereabouts() {
        if (!checked) {
            return "Options.withChecked(true) tells where they were taken";
        }
        Whereabouts found = new Whereabouts();
        lock.lock();
        try {
            for (int i = 0; i < allCount; i++) {
                found.add(buffer(i));
            }
        } finally {
            lock.unlock();
        }
        return "Of those: " + found;
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
        IoBuffer buffer = takeOrBeTold();
        if (buffer != null) {
            provided++;
            buffer.provide();
        }
        return buffer;
    }

    /** A buffer for who waits; null if there is none, and then {@code refilled} will be called. */
    @Nullable IoBuffer takeToHand() {
        IoBuffer buffer = takeOrBeTold();
        if (buffer != null) {
            buffer.hand(false);
        }
        return buffer;
    }

    private @Nullable IoBuffer takeOrBeTold() {
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
        return buffer;
    }

    /**
     * Buffers with a copy of {@code bytes}; null if there are not enough free.
     *
     * @throws IllegalArgumentException if it takes none, or more than {@code max}
     */
    IoBuffer @Nullable [] copyOf(MemorySegment bytes, int max) {
        long size = bytes.byteSize();
        long mostBytes = (long) max * bufferBytes;
        if (size == 0 || size > mostBytes) {
            throw new IllegalArgumentException(
                    size
                            + " bytes; a send copies 1 to "
                            + mostBytes
                            + ", which are "
                            + max
                            + " buffers of the pool");
        }
        IoBuffer[] copies = new IoBuffer[(int) ((size + bufferBytes - 1) / bufferBytes)];
        int count = 0;
        boolean whole = false;
        try {
            for (long at = 0; at < size; at += bufferBytes) {
                IoBuffer buffer = tryTake();
                if (buffer == null) {
                    return null;
                }
                copies[count++] = buffer;
                buffer.append(bytes.asSlice(at, Math.min(bufferBytes, size - at)));
            }
            whole = true;
            return copies;
        } finally {
            while (!whole && count > 0) {
                copies[--count].close();
            }
        }
    }

    /** The driver filled a provided buffer: it is the program's now. */
    void received(IoBuffer buffer, int bytes) {
        provided--;
        buffer.received(bytes);
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

    /** Before its proactor closes: what the program has now should have come back at the end. */
    void markHeld() {
        lock.lock();
        try {
            marked = true;
            for (int i = 0; i < allCount; i++) {
                buffer(i).mark();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until what was marked is back, if other threads may bring it, who have just learned
     * that their operations are over. Returns what to say of the rest; null if there is none.
     */
    @Nullable String leaks(long timeoutNanos) {
        lock.lock();
        try {
            long left = shared ? timeoutNanos : 0;
            while (left > 0 && leakCount() > 0) {
                left = givenBack.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        int count = leakCount();
        return count == 0 ? null : describeLeaks(count);
    }

    private int leakCount() {
        int count = 0;
        for (int i = 0; i < all.length && all[i] != null; i++) {
            count += buffer(i).isMarked() ? 1 : 0;
        }
        return count;
    }

    private String describeLeaks(int count) {
        String start =
                count == 1
                        ? "1 buffer was not closed before the proactor, and keeps its memory"
                        : count
                                + " buffers were not closed before the proactor, and keep its memory";
        if (!checked) {
            String these = count == 1 ? "it was taken" : "they were taken";
            return start + "; Options.withChecked(true) tells where " + these;
        }
        Whereabouts found = new Whereabouts();
        for (int i = 0; i < all.length && all[i] != null; i++) {
            if (buffer(i).isMarked()) {
                found.addHeld(buffer(i));
            }
        }
        return start + ": " + found;
    }

    /** Its proactor is closed: the memory lives on for what the program still has of it. */
    void close() {
        lock.lock();
        try {
            endLocked();
            kept = allCount - freeCount - provided;
            keepers.end(kept);
        } finally {
            lock.unlock();
        }
    }

    /** Its proactor was abandoned: the memory lives on for what it lent to other proactors. */
    void abandon() {
        lock.lock();
        try {
            endLocked();
            revokeLocked();
            keepers.end(0);
        } finally {
            lock.unlock();
        }
    }

    /** Its proactor has ended, but its driver may still write: the memory is never freed. */
    void leak() {
        lock.lock();
        try {
            endLocked();
        } finally {
            lock.unlock();
        }
    }

    /** For a loan to another proactor than its own; false if the memory is gone. */
    boolean keep() {
        return keepers.keep();
    }

    /** A loan to another proactor has ended. */
    void letGo() {
        if (keepers.letGo()) {
            lock.lock();
            try {
                revokeLocked();
            } finally {
                lock.unlock();
            }
        }
    }

    private void revokeLocked() {
        for (int i = 0; i < allCount; i++) {
            buffer(i).revoke();
        }
    }

    /** No buffer can be taken from now on, and what is given back is free for nobody. */
    private void endLocked() {
        // Whatever thread ends it, the owner's share is free now, and it gets no other.
        ended = true;
        ownMax = 0;
        while (ownCount > 0) {
            free[freeCount++] = own[--ownCount];
        }
    }

    private void giveFree(IoBuffer buffer) {
        if (isOwner() && ownCount < ownMax) {
            own[ownCount++] = buffer;
            return;
        }
        boolean wasKept;
        lock.lock();
        try {
            shared |= !isOwner();
            free[freeCount++] = buffer;
            if (marked) {
                givenBack.signalAll();
            }
            wasKept = kept > 0;
            if (wasKept) {
                kept--;
            }
        } finally {
            lock.unlock();
        }
        if (wasKept) {
            var _ = keepers.letGo();
        }
    }

    private @Nullable IoBuffer takeFree() {
        boolean owner = isOwner();
        if (owner && ownCount > 0) {
            return own[--ownCount];
        }
        lock.lock();
        try {
            if (ended) {
                return null;
            }
            shared |= !owner;
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
            MemorySegment part = slab.asSlice((long) i * bufferBytes, bufferBytes);
            IoBuffer buffer = new IoBuffer(this, part, allCount);
            all[allCount++] = buffer;
            free[freeCount++] = buffer;
        }
    }
}
