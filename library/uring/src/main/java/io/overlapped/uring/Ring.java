package io.overlapped.uring;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.overlapped.spi.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * One io_uring: its descriptor, the memory it shares with the kernel, and the two queues in it.
 *
 * <p>Entries are accounted for by the queues' indices alone, never by what {@code io_uring_enter}
 * returns: a call that was interrupted may have taken some, all or none.
 *
 * <p>Threads: the one that opened it, to which the kernel holds us (SINGLE_ISSUER).
 */
final class Ring {
    private static final VarHandle INT = JAVA_INT.varHandle();
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Takes completion entries. */
    interface Reaper {
        void reap(long userData, int result, int flags);
    }

    private final Libc libc;
    private final Arena arena = Arena.ofShared();
    private final int fd;
    private final int enterFd;
    private final int enterFlags;
    private final int features;
    private final int setupFlags;

    private final MemorySegment rings;
    private final long ringsBytes;
    private final MemorySegment sqes;
    private final long sqHead;
    private final long sqTail;
    private final long sqFlags;
    private final int sqMask;
    private final int sqEntries;
    private int sqNext;
    private int sqPublished;

    private final long cqHead;
    private final long cqTail;
    private final int cqMask;
    private final int cqEntries;
    private final long cqes;
    private int cqNext;

    private final MemorySegment waitArg;
    private final MemorySegment timespec;

    // Completions taken out of the queue only to make room for a submission.
    private long[] spilledData = new long[16];
    private long[] spilledRest = new long[16];
    private int spilledCount;

    private long enterCount;
    private long overflowCount;

    Ring(Libc libc, int fd, MemorySegment params) {
        this.libc = libc;
        this.fd = fd;
        features = params.get(JAVA_INT, Abi.params_features);
        setupFlags = params.get(JAVA_INT, Abi.params_flags);
        sqEntries = params.get(JAVA_INT, Abi.params_sq_entries);
        cqEntries = params.get(JAVA_INT, Abi.params_cq_entries);
        MemorySegment sq = params.asSlice(Abi.params_sq_off, 40);
        MemorySegment cq = params.asSlice(Abi.params_cq_off, 40);
        ringsBytes = ringsBytes(sq, cq);
        long sqesBytes = (long) sqEntries * Abi.sqe_BYTES;
        long ringsAddress = map(ringsBytes, Abi.IORING_OFF_SQ_RING);
        long sqesAddress = map(sqesBytes, Abi.IORING_OFF_SQES);
        if (ringsAddress < 0 || sqesAddress < 0) {
            throw refused(ringsAddress, sqesAddress, sqesBytes);
        }
        rings = NativeMemory.mapped(ringsAddress, ringsBytes, arena);
        sqes = NativeMemory.mapped(sqesAddress, sqesBytes, arena);
        sqHead = sq.get(JAVA_INT, Abi.sq_off_head);
        sqTail = sq.get(JAVA_INT, Abi.sq_off_tail);
        sqFlags = sq.get(JAVA_INT, Abi.sq_off_flags);
        sqMask = rings.get(JAVA_INT, sq.get(JAVA_INT, Abi.sq_off_ring_mask));
        cqHead = cq.get(JAVA_INT, Abi.cq_off_head);
        cqTail = cq.get(JAVA_INT, Abi.cq_off_tail);
        cqMask = rings.get(JAVA_INT, cq.get(JAVA_INT, Abi.cq_off_ring_mask));
        cqes = cq.get(JAVA_INT, Abi.cq_off_cqes);
        if ((setupFlags & Abi.IORING_SETUP_NO_SQARRAY) == 0) {
            fillSqArray(sq.get(JAVA_INT, Abi.sq_off_array));
        }
        waitArg = arena.allocate(Abi.getevents_arg_BYTES, Long.BYTES);
        timespec = arena.allocate(Abi.timespec_BYTES, Long.BYTES);
        int registered = registerRingFd();
        int iowait = hasFeature(Abi.IORING_FEAT_NO_IOWAIT) ? Abi.IORING_ENTER_NO_IOWAIT : 0;
        enterFd = registered >= 0 ? registered : fd;
        enterFlags = (registered >= 0 ? Abi.IORING_ENTER_REGISTERED_RING : 0) | iowait;
    }

    int fd() {
        return fd;
    }

    boolean hasFeature(int feature) {
        return (features & feature) != 0;
    }

    boolean hasSetupFlag(int flag) {
        return (setupFlags & flag) != 0;
    }

    boolean hasRegisteredFd() {
        return (enterFlags & Abi.IORING_ENTER_REGISTERED_RING) != 0;
    }

    int submissionEntries() {
        return sqEntries;
    }

    int completionEntries() {
        return cqEntries;
    }

    long enterCount() {
        return enterCount;
    }

    long overflowCount() {
        return overflowCount;
    }

    /**
     * Adds a submission, handing those before it to the kernel if the queue is full. The fields
     * that are not named are zero; {@link #ioprio} and {@link #select} set two more of them.
     */
    void submit(byte opcode, int socket, long addr, int len, long off, int opFlags, long userData) {
        while (sqNext - (int) INT.getAcquire(rings, sqHead) == sqEntries) {
            flush();
        }
        long sqe = (long) (sqNext & sqMask) * Abi.sqe_BYTES;
        // The whole entry is written, so that nothing of an earlier one is left in it.
        sqes.set(JAVA_INT, sqe + Abi.sqe_opcode, opcode);
        sqes.set(JAVA_INT, sqe + Abi.sqe_fd, socket);
        sqes.set(JAVA_LONG, sqe + Abi.sqe_off, off);
        sqes.set(JAVA_LONG, sqe + Abi.sqe_addr, addr);
        sqes.set(JAVA_INT, sqe + Abi.sqe_len, len);
        sqes.set(JAVA_INT, sqe + Abi.sqe_op_flags, opFlags);
        sqes.set(JAVA_LONG, sqe + Abi.sqe_user_data, userData);
        sqes.set(JAVA_LONG, sqe + Abi.sqe_buf_group, 0);
        sqes.set(JAVA_LONG, sqe + Abi.sqe_addr3, 0);
        sqes.set(JAVA_LONG, sqe + Abi.sqe_addr3 + Long.BYTES, 0);
        sqNext++;
    }

    /** Sets the per-operation flags of the submission that was added last. */
    void ioprio(short flags) {
        sqes.set(JAVA_SHORT, last() + Abi.sqe_ioprio, flags);
    }

    /** Has the submission that was added last choose a buffer of {@code group}. */
    void select(int group) {
        sqes.set(JAVA_BYTE, last() + Abi.sqe_flags, Abi.IOSQE_BUFFER_SELECT);
        sqes.set(JAVA_SHORT, last() + Abi.sqe_buf_group, (short) group);
    }

    /**
     * Hands submissions to the kernel and waits at most {@code timeoutNanos} for a completion. An
     * interrupted wait returns early.
     */
    void await(long timeoutNanos) {
        publish();
        boolean ready = spilledCount > 0 || hasCompletions();
        long wait = ready ? 0 : timeoutNanos;
        if (wait > 0 || unsubmitted() > 0 || needsEnter()) {
            enter(wait);
        }
    }

    /** Passes on all completions there are. */
    int reap(Reaper reaper) {
        int count = spilledCount > 0 ? reapSpilled(reaper) : 0;
        count += reapQueue(reaper);
        if (((int) INT.getOpaque(rings, sqFlags) & Abi.IORING_SQ_CQ_OVERFLOW) != 0) {
            // The kernel keeps the rest; the next enter brings it.
            overflowCount++;
        }
        return count;
    }

    /** Closes the descriptor and unmaps; the kernel ends what is still in flight by itself. */
    void close() {
        libc.close(fd);
        libc.munmap(rings.address(), ringsBytes);
        libc.munmap(sqes.address(), sqes.byteSize());
        arena.close();
    }

    private long last() {
        return (long) ((sqNext - 1) & sqMask) * Abi.sqe_BYTES;
    }

    private void publish() {
        if (sqPublished != sqNext) {
            INT.setRelease(rings, sqTail, sqNext);
            sqPublished = sqNext;
        }
    }

    private int unsubmitted() {
        return sqNext - (int) INT.getAcquire(rings, sqHead);
    }

    private boolean hasCompletions() {
        return cqNext != (int) INT.getAcquire(rings, cqTail);
    }

    /** Whether the kernel has completions to give that only an enter brings into the queue. */
    private boolean needsEnter() {
        int flags = (int) INT.getOpaque(rings, sqFlags);
        return (flags & (Abi.IORING_SQ_CQ_OVERFLOW | Abi.IORING_SQ_TASKRUN)) != 0
                || !hasSetupFlag(Abi.IORING_SETUP_TASKRUN_FLAG);
    }

    private void enter(long waitNanos) {
        int flags = enterFlags | Abi.IORING_ENTER_GETEVENTS;
        MemorySegment arg = MemorySegment.NULL;
        long argBytes = 0;
        if (waitNanos > 0 && waitNanos != Long.MAX_VALUE) {
            timespec.set(JAVA_LONG, Abi.timespec_tv_sec, waitNanos / NANOS_PER_SECOND);
            timespec.set(JAVA_LONG, Abi.timespec_tv_nsec, waitNanos % NANOS_PER_SECOND);
            waitArg.set(JAVA_LONG, Abi.getevents_arg_ts, timespec.address());
            flags |= Abi.IORING_ENTER_EXT_ARG;
            arg = waitArg;
            argBytes = Abi.getevents_arg_BYTES;
        }
        enterCount++;
        int result =
                libc.ioUringEnter(
                        enterFd, unsubmitted(), waitNanos > 0 ? 1 : 0, flags, arg, argBytes);
        if (result < 0 && !isPassing(-result)) {
            throw new IllegalStateException("io_uring_enter failed with errno " + -result);
        }
    }

    /**
     * Errors after which one simply goes on: a signal, a timeout, no memory just now, and a
     * completion queue that has to be emptied first.
     */
    private static boolean isPassing(int errno) {
        return errno == Errno.EINTR
                || errno == Errno.ETIME
                || errno == Errno.EAGAIN
                || errno == Errno.EBUSY;
    }

    /** Makes room in the submission queue, putting completions aside if the kernel insists. */
    private void flush() {
        publish();
        enter(0);
        if (unsubmitted() == sqEntries) {
            reapQueue(this::spill);
        }
    }

    private void spill(long userData, int result, int flags) {
        if (spilledCount == spilledData.length) {
            spilledData = java.util.Arrays.copyOf(spilledData, 2 * spilledCount);
            spilledRest = java.util.Arrays.copyOf(spilledRest, 2 * spilledCount);
        }
        spilledData[spilledCount] = userData;
        spilledRest[spilledCount++] = (long) flags << 32 | Integer.toUnsignedLong(result);
    }

    private int reapSpilled(Reaper reaper) {
        // A reaper may submit, and so spill again: take what there is and start afresh.
        long[] data = spilledData;
        long[] rest = spilledRest;
        int count = spilledCount;
        spilledData = new long[16];
        spilledRest = new long[16];
        spilledCount = 0;
        for (int i = 0; i < count; i++) {
            reaper.reap(data[i], (int) rest[i], (int) (rest[i] >>> 32));
        }
        return count;
    }

    private int reapQueue(Reaper reaper) {
        int count = 0;
        for (int end = (int) INT.getAcquire(rings, cqTail); cqNext != end; count++) {
            long cqe = cqes + (long) (cqNext++ & cqMask) * Abi.cqe_BYTES;
            long userData = rings.get(JAVA_LONG, cqe + Abi.cqe_user_data);
            int result = rings.get(JAVA_INT, cqe + Abi.cqe_res);
            int flags = rings.get(JAVA_INT, cqe + Abi.cqe_flags);
            // Released before the reaper runs, so that one that submits finds room.
            INT.setRelease(rings, cqHead, cqNext);
            reaper.reap(userData, result, flags);
        }
        return count;
    }

    private long ringsBytes(MemorySegment sq, MemorySegment cq) {
        boolean array = !hasSetupFlag(Abi.IORING_SETUP_NO_SQARRAY);
        long sqBytes = sq.get(JAVA_INT, Abi.sq_off_array) + (array ? 4L * sqEntries : 0);
        long cqBytes = cq.get(JAVA_INT, Abi.cq_off_cqes) + (long) Abi.cqe_BYTES * cqEntries;
        return Math.max(sqBytes, cqBytes);
    }

    private long map(long bytes, long offset) {
        return libc.mmap(bytes, Abi.MAP_SHARED | Abi.MAP_POPULATE, fd, offset);
    }

    /** One of the two was not mapped: gives back the other, and the descriptor. */
    private RuntimeException refused(long ringsAddress, long sqesAddress, long sqesBytes) {
        if (ringsAddress >= 0) {
            libc.munmap(ringsAddress, ringsBytes);
        }
        if (sqesAddress >= 0) {
            libc.munmap(sqesAddress, sqesBytes);
        }
        libc.close(fd);
        return Refusal.of("mmap of the ring", (int) -Math.min(ringsAddress, sqesAddress))
                .toException();
    }

    private void fillSqArray(long offset) {
        for (int i = 0; i < sqEntries; i++) {
            rings.set(JAVA_INT, offset + 4L * i, i);
        }
    }

    /** A registered descriptor spares the kernel a look-up in each enter. */
    private int registerRingFd() {
        MemorySegment update = arena.allocate(Abi.rsrc_update_BYTES, Long.BYTES);
        update.set(JAVA_INT, Abi.rsrc_update_offset, -1);
        update.set(JAVA_LONG, Abi.rsrc_update_data, fd);
        int result = libc.ioUringRegister(fd, Abi.IORING_REGISTER_RING_FDS, update, 1);
        return result == 1 ? update.get(JAVA_INT, Abi.rsrc_update_offset) : -1;
    }
}
