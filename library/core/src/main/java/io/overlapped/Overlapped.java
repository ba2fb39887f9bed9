package io.overlapped;

import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import io.overlapped.spi.Probe;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One operation at a time, in a block that the caller owns and uses again.
 *
 * <p>What the block is made with decides how its completions are learned; the calls that start
 * operations are the same for all. The combinations that the lectures on Windows' overlapped I/O
 * list for {@code WSARecv}, each with its call here:
 *
 * <table>
 * <caption>The four combinations</caption>
 * <tr><th>lpOverlapped</th><th>hEvent</th><th>routine</th><th>meaning</th><th>here</th></tr>
 * <tr><td>NULL</td><td>-</td><td>-</td><td>synchronous</td>
 *     <td>{@code stream.receive(new Overlapped(), buffer).await()}</td></tr>
 * <tr><td>set</td><td>NULL</td><td>NULL</td><td>overlapped, nobody is told; ask for the result</td>
 *     <td>{@code var o = new Overlapped(); stream.receive(o, buffer);} later {@code
 *     proactor.poll()} and {@code o.isPending()}</td></tr>
 * <tr><td>set</td><td>set</td><td>NULL</td><td>overlapped, the event is signalled</td>
 *     <td>{@code new Overlapped()}, then {@link #await()}, {@link #awaitAny} or {@link #awaitAll}
 *     </td></tr>
 * <tr><td>set</td><td>ignored</td><td>set</td><td>overlapped, the routine runs in an alertable wait
 *     </td><td>{@code new Overlapped(this::received)}, run by {@link Proactor#alertableWait}
 *     </td></tr>
 * <tr><td>set</td><td>-</td><td>-</td><td>socket associated with a completion port</td>
 *     <td>{@code new Overlapped(port)}, taken by {@link CompletionPort#dequeue()}</td></tr>
 * </table>
 *
 * <p>Unlike Windows, an operation that can be completed at once is not reported twice: its result
 * comes as its one completion, always.
 *
 * <p>Threads: start and cancel it from any thread. Its results may be read once it has completed:
 * by its routine, by whoever dequeued it, or by a thread that saw {@link #isPending} false or
 * waited.
 */
public final class Overlapped {
    private static final VarHandle STATE;
    private static final VarHandle WAITERS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Overlapped.class, "state", int.class);
            WAITERS = lookup.findVarHandle(Overlapped.class, "waiters", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final long NO_TIMEOUT = -1;

    private static final int IDLE = 0;
    private static final int PENDING = 1;
    private static final int IN_PORT = 2;

    /** Where a pending operation is, which decides what a cancel does. Owner's thread only. */
    enum Place {
        INBOX,
        TIMERS,
        /** Waiting for a free buffer. */
        POOL,
        /** In its socket's queue, behind others of its kind. */
        QUEUED,
        /** First of its kind on its socket, waiting for a free slot or for descriptors. */
        HELD,
        DRIVER,
        READY
    }

    private static final IoBuffer[] NO_BUFFERS = {};

    private final @Nullable CompletionRoutine routine;
    private final @Nullable CompletionPort port;
    private final @Nullable Object attachment;
    private final boolean ownRoutine;

    private volatile int state = IDLE;

    @SuppressWarnings("unused") // through WAITERS
    private volatile @Nullable Object waiters;

    private Operation operation = Operation.NONE;
    private int bytes;
    private int errno;
    private @Nullable IoBuffer buffer;
    private IoBuffer[] buffers = NO_BUFFERS;
    private boolean choosing;

    /** Whether its buffers are copies of the program's bytes, which nobody else has. */
    private boolean copied;

    private @Nullable Throwable started;

    /** Of the next start. */
    private long timeoutNanos = NO_TIMEOUT;

    // The proactor's. The block carries its own link, as it is in one queue at most.
    @Nullable Overlapped next;
    @Nullable Proactor proactor;
    @Nullable Endpoint endpoint;
    @Nullable TcpStream stream;
    @Nullable Object argument;
    Place place = Place.INBOX;
    boolean cancelRequested;
    volatile int run;
    long token;
    long deadlineNanos;
    long startedNanos;
    int heapIndex;
    int sent;

    /** Why it could not be started properly; 0 if it could. */
    int obstacle;

    // Where it is on the proactor's wheel; an operation with a timeout only.
    int deadlineSlot = Deadlines.NOWHERE;
    @Nullable Overlapped deadlineEarlier;
    @Nullable Overlapped deadlineLater;
    boolean hasDeadline;
    boolean expired;

    /** A send that its own thread has begun, and that the proactor is to finish. */
    boolean begunDirectly;

    /** An event: ask with {@link #isPending}, or wait with {@link #await()}. */
    public Overlapped() {
        this(null, null, null, false);
    }

    /** A completion routine. */
    public Overlapped(CompletionRoutine routine) {
        this(Objects.requireNonNull(routine, "routine"), null, null, false);
    }

    /** A completion routine, with an object of the caller's. */
    public Overlapped(CompletionRoutine routine, @Nullable Object attachment) {
        this(Objects.requireNonNull(routine, "routine"), null, attachment, false);
    }

    /** A completion port. */
    public Overlapped(CompletionPort port) {
        this(null, Objects.requireNonNull(port, "port"), null, false);
    }

    /** A completion port, with an object of the caller's: the completion key. */
    public Overlapped(CompletionPort port, @Nullable Object attachment) {
        this(null, Objects.requireNonNull(port, "port"), attachment, false);
    }

    /** An operation of the proactor's own, whose routine is no program's. */
    static Overlapped own(CompletionRoutine routine) {
        return new Overlapped(routine, null, null, true);
    }

    private Overlapped(
            @Nullable CompletionRoutine routine,
            @Nullable CompletionPort port,
            @Nullable Object attachment,
            boolean ownRoutine) {
        this.routine = routine;
        this.port = port;
        this.attachment = attachment;
        this.ownRoutine = ownRoutine;
    }

    /** What it was last started for. */
    public Operation operation() {
        return operation;
    }

    /**
     * The stream accepted, connected, received from or sent to.
     *
     * @throws IllegalStateException if there is none, as after a failed accept
     */
    public TcpStream stream() {
        if (stream == null) {
            throw new IllegalStateException(operation + " has no stream: " + describeEnd());
        }
        return stream;
    }

    /** Whether {@link #stream} has one. */
    public boolean hasStream() {
        return stream != null;
    }

    /**
     * The listener accepted from.
     *
     * @throws IllegalStateException if the operation is no accept
     */
    public TcpListener listener() {
        if (endpoint instanceof TcpListener listener) {
            return listener;
        }
        throw new IllegalStateException(operation + " has no listener");
    }

    /** The first buffer it was started with, or the one the driver chose or the pool gave. */
    public IoBuffer buffer() {
        if (buffer == null) {
            throw new IllegalStateException(operation + " has no buffer: " + describeEnd());
        }
        return buffer;
    }

    /**
     * The buffer at {@code index} of those it was started with, in their order, or of the one the
     * driver chose.
     *
     * @throws IndexOutOfBoundsException if it has fewer, see {@link #bufferCount}
     */
    public IoBuffer buffer(int index) {
        return bufferAt(Objects.checkIndex(index, bufferCount()));
    }

    /** How many buffers it was started with; 1 if the driver chose one, 0 if there is none. */
    public int bufferCount() {
        return buffers.length > 0 ? buffers.length : buffer == null ? 0 : 1;
    }

    /**
     * Whether {@link #buffer} has one: a receive that chose none has none at the stream's end, and
     * a send of a copy none of the program's.
     */
    public boolean hasBuffer() {
        return buffer != null;
    }

    /** What it was made with. */
    public @Nullable Object attachment() {
        return attachment;
    }

    /** Bytes transferred: 0 at the end of the stream, and on failure. */
    public int bytes() {
        return bytes;
    }

    /** How it ended; {@link Status#PENDING} while it has not. */
    public Status status() {
        return isPending() ? Status.PENDING : Status.of(errno);
    }

    /** The Linux error number behind {@link #status}; 0 on success. */
    public int errno() {
        return errno;
    }

    /** Whether it was started and has not completed. */
    public boolean isPending() {
        return state == PENDING;
    }

    /**
     * Limits the time of the operation that is started next with this block, and of that one alone:
     * {@code stream.receive(operation.within(IDLE))}. When the time is over before it has completed
     * it is cancelled, and completes with {@link Status#TIMED_OUT} unless its real result came
     * first; as after a cancel the stream goes on, and the next receive gets the next byte. The
     * proactor keeps the time, to 1.05 ms at most too late, and allocates nothing for it.
     *
     * @param timeout from the start on; {@link Proactor#FOREVER} for no limit
     * @return this
     * @throws IllegalStateException if it is pending
     */
    public Overlapped within(Duration timeout) {
        if (state != IDLE) {
            throw busy();
        }
        long nanos = Waiters.nanos(timeout);
        timeoutNanos = nanos == Long.MAX_VALUE ? NO_TIMEOUT : nanos;
        return this;
    }

    /**
     * Asks for an early end. The operation still completes once, with its real result or {@link
     * Status#CANCELED}; that completion is the verdict. Does nothing when it is not pending.
     */
    public void cancel() {
        int seen = run;
        Proactor p = startedOn();
        if (p != null && isPending()) {
            p.cancel(this, seen);
        }
    }

    /**
     * Waits for completion: on the proactor's own thread in an alertable wait, on any other,
     * virtual ones included, by parking. An interrupt does not end the wait; it stays set. Where
     * one is to end it, as in a structured scope, there is {@link #awaitInterruptibly()}. A block
     * with a routine has completed before its routine runs, so from another thread this may return
     * first.
     *
     * @return {@link #bytes}
     * @throws OverlappedException if the operation failed
     * @throws IllegalStateException if it was never started, or inside a completion routine
     */
    public int await() {
        Waiters.awaitOne(this, Long.MAX_VALUE);
        return result();
    }

    /**
     * Waits for completion as {@link #await()} does, and answers an interrupt: the operation is
     * cancelled, and what has become of it is waited for. If it had completed by then, its result
     * is returned and the interrupt stays set for the next wait, so that nothing is lost; if not,
     * this throws.
     *
     * <p>On the proactor's own thread an interrupt is noticed within 50 ms, as it does not end a
     * wait in the kernel.
     *
     * @return {@link #bytes}
     * @throws InterruptedException if the thread was interrupted and the operation is cancelled
     * @throws OverlappedException if the operation failed
     */
    public int awaitInterruptibly() throws InterruptedException {
        Waiters.awaitInterruptibly(this);
        return result();
    }

    /**
     * Waits for completion at most {@code timeout}; the operation goes on after that. Where it is
     * to end then, {@link #within} says so to the proactor, which costs less.
     *
     * @return whether it has completed; a failed one has
     */
    public boolean await(Duration timeout) {
        return Waiters.awaitOne(this, Waiters.nanos(timeout));
    }

    /**
     * Waits until one of {@code operations} has completed, for at most {@code timeout}.
     *
     * <p>Any number may be waited for, of any proactors; on a proactor's own thread, of that one.
     *
     * @return the first in the list that is not pending, or null if all still are
     */
    public static @Nullable Overlapped awaitAny(List<Overlapped> operations, Duration timeout) {
        return Waiters.awaitAny(operations, Waiters.nanos(timeout));
    }

    /**
     * Waits until all of {@code operations} have completed, for at most {@code timeout}.
     *
     * @return whether all have
     */
    public static boolean awaitAll(List<Overlapped> operations, Duration timeout) {
        return Waiters.awaitAll(operations, Waiters.nanos(timeout));
    }

    @Override
    public String toString() {
        return operation + (isPending() ? " PENDING" : " " + status() + " " + bytes + " bytes");
    }

    int result() {
        if (errno != 0) {
            OverlappedException failure = new OverlappedException(describeEnd(), errno);
            Proactor by = proactor;
            if (by != null && by.failure() != null) {
                failure.initCause(by.failure());
            }
            throw failure;
        }
        return bytes;
    }

    /** Whether {@link #within} has limited the next start. */
    boolean hasTimeout() {
        return timeoutNanos != NO_TIMEOUT;
    }

    /** Dates the end of the operation that was just begun, if it is to have one. */
    void setDeadline(Driver clock) {
        long nanos = timeoutNanos;
        if (nanos != NO_TIMEOUT) {
            timeoutNanos = NO_TIMEOUT;
            hasDeadline = true;
            // Half the range, so that deadlines compare by difference.
            deadlineNanos = clock.nanoTime() + Math.min(nanos, Long.MAX_VALUE / 2);
        }
    }

    @Nullable CompletionPort port() {
        return port;
    }

    /** Who carries it out: not who tells of its end, if it is an accept for another proactor. */
    @Nullable Proactor startedOn() {
        return operation == Operation.ACCEPT && endpoint != null ? endpoint.proactor : proactor;
    }

    /** Claims the block for an operation that moves no bytes. */
    void begin(Operation what, @Nullable Proactor by, @Nullable Endpoint on) {
        claim(by);
        buffer = null;
        buffers = NO_BUFFERS;
        set(what, by, on);
        choosing = what == Operation.RECEIVE || what == Operation.TAKE;
    }

    /** Claims the block for a transfer of one buffer. */
    void begin(Operation what, Proactor by, Endpoint on, IoBuffer only) {
        claim(by);
        try {
            borrow(what, only, by);
        } catch (RuntimeException e) {
            state = IDLE;
            throw e;
        }
        buffer = only;
        buffers = NO_BUFFERS;
        set(what, by, on);
    }

    /** Claims the block for a transfer of several buffers. */
    void begin(Operation what, Proactor by, Endpoint on, IoBuffer[] several) {
        claim(by);
        int borrowed = 0;
        try {
            for (; borrowed < several.length; borrowed++) {
                borrow(what, several[borrowed], by);
            }
        } catch (RuntimeException e) {
            while (borrowed > 0) {
                several[--borrowed].giveBackFrom(by.buffers());
            }
            state = IDLE;
            throw e;
        }
        buffer = several[0];
        buffers = several;
        set(what, by, on);
    }

    /** Claims the block for a send of {@code copies}, which go back to their pool with its end. */
    void beginCopied(Proactor by, Endpoint on, IoBuffer[] copies) {
        if (copies.length == 1) {
            begin(Operation.SEND, by, on, copies[0]);
        } else {
            begin(Operation.SEND, by, on, copies);
        }
        copied = true;
    }

    /** Ends what was begun and could not be handed over; what is left is to tell somebody. */
    void refuse(int why) {
        if (endpoint != null) {
            endpoint.refused(this);
        }
        giveBack();
        errno = why;
    }

    IoBuffer bufferAt(int index) {
        return buffers.length > 0 ? buffers[index] : Objects.requireNonNull(buffer);
    }

    @Nullable CompletionRoutine routine() {
        return routine;
    }

    /** {@link Endpoint#number}, or −1. */
    int socketNumber() {
        return endpoint == null ? -1 : endpoint.socket;
    }

    /** What it was started with: the bytes of a send, or the room of a receive's own buffers. */
    long lentBytes() {
        long total = 0;
        for (int i = 0; i < bufferCount(); i++) {
            IoBuffer lent = bufferAt(i);
            total += operation == Operation.RECEIVE ? lent.writable() : lent.readable();
        }
        return total;
    }

    /** Whether it is an operation of the proactor's own. */
    boolean isOwn() {
        return ownRoutine;
    }

    /** Whether nobody is called when it completes: whoever wants to know asks or waits. */
    boolean isEvent() {
        return routine == null && port == null;
    }

    /** How many bytes a send was started with. */
    long requestedBytes() {
        long total = 0;
        for (int i = 0; i < bufferCount(); i++) {
            total += bufferAt(i).readable();
        }
        return total;
    }

    /** Whether it is a receive for which the driver chooses the buffer. */
    boolean isChoosing() {
        return choosing && operation == Operation.RECEIVE;
    }

    /** {@code chosen} is for this receive, or what it waited for. */
    void chose(IoBuffer chosen) {
        buffer = chosen;
        chosen.takenBy(started);
    }

    /** Sets the results and gives the buffers back; what is left is to tell somebody. */
    void finish(int result) {
        if (!choosing) {
            if (operation == Operation.RECEIVE && result > 0) {
                spread(result);
            }
            giveBack();
        }
        if (result < 0) {
            errno = -result;
        } else if (operation == Operation.RECEIVE || operation == Operation.SEND) {
            bytes = result;
        }
        if (endpoint != null) {
            endpoint.ended(this);
        }
    }

    /**
     * Its proactor was abandoned and its driver has ended, so that it never completes: other
     * proactors get back what they lent.
     */
    void abandoned() {
        if (!choosing && proactor != null) {
            for (int i = 0; i < bufferCount(); i++) {
                if (bufferAt(i).isOfAnother(proactor.buffers())) {
                    bufferAt(i).giveBackFrom(proactor.buffers());
                }
            }
            buffers = NO_BUFFERS;
            buffer = null;
        }
    }

    /** Tells whoever is to know. After this the block may already be started again. */
    void deliver(Probe probe) {
        CompletionPort to = port;
        if (to != null) {
            state = IN_PORT;
            wakeWaiters();
            to.enqueue(this);
            return;
        }
        state = IDLE;
        wakeWaiters();
        if (routine != null) {
            if (!ownRoutine) {
                probe.routine();
            }
            routine.completed(this);
        }
    }

    /** Taken out of its port. */
    void dequeued() {
        state = IDLE;
    }

    @Nullable Object waiters() {
        return waiters;
    }

    boolean setWaiters(@Nullable Object expected, Object value) {
        return WAITERS.compareAndSet(this, expected, value);
    }

    private void wakeWaiters() {
        if (waiters != null) {
            Waiters.wake(WAITERS.getAndSet(this, (Object) null));
        }
    }

    private void claim(@Nullable Proactor by) {
        if (!STATE.compareAndSet(this, IDLE, PENDING)) {
            throw busy();
        }
        started = by != null && by.isChecked() ? new Throwable(Whereabouts.STARTED) : null;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // whoever claimed the block is alone here
    private void set(Operation what, @Nullable Proactor by, @Nullable Endpoint on) {
        operation = what;
        proactor = by;
        endpoint = on;
        stream = on instanceof TcpStream s ? s : null;
        argument = null;
        place = Place.INBOX;
        cancelRequested = false;
        bytes = 0;
        errno = 0;
        choosing = false;
        copied = false;
        obstacle = 0;
        sent = 0;
        begunDirectly = false;
        hasDeadline = false;
        expired = false;
        run = run + 1;
    }

    private IllegalStateException busy() {
        Throwable first = started;
        String what =
                state == IN_PORT
                        ? "the completion of its " + operation + " waits in a port; dequeue it"
                        : "its " + operation + " is still pending";
        String where = first == null ? " (Options.withChecked tells where it was started)" : "";
        IllegalStateException refusal = new IllegalStateException(what + where);
        if (first != null) {
            refusal.initCause(first);
        }
        return refusal;
    }

    private void borrow(Operation what, IoBuffer buffer, Proactor by) {
        buffer.lendTo(by.buffers(), what == Operation.RECEIVE, started);
    }

    private void giveBack() {
        lendersGetBack();
        if (copied) {
            copied = false;
            for (int i = 0; i < bufferCount(); i++) {
                bufferAt(i).close();
            }
            buffer = null;
            buffers = NO_BUFFERS;
        }
    }

    private void lendersGetBack() {
        int count = bufferCount();
        if (count > 0) {
            BufferPool borrower = Objects.requireNonNull(proactor).buffers();
            for (int i = 0; i < count; i++) {
                bufferAt(i).giveBackFrom(borrower);
            }
        }
    }

    /** Spreads received bytes over the buffers they were scattered into. */
    private void spread(int received) {
        int left = received;
        for (int i = 0; i < bufferCount() && left > 0; i++) {
            int share = Math.min(left, bufferAt(i).writable());
            bufferAt(i).grow(share);
            left -= share;
        }
    }

    private String describeEnd() {
        if (isPending()) {
            return operation + " is pending";
        }
        return operation
                + " ended with "
                + status()
                + (errno == 0 || errno == Errno.ECANCELED ? "" : " (errno " + errno + ")");
    }
}
