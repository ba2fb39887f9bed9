package io.overlapped.uring;

import static io.overlapped.uring.UringSocket.NONE;

import io.overlapped.DriverReport;
import io.overlapped.StreamOption;
import io.overlapped.spi.Completions;
import io.overlapped.spi.Driver;
import io.overlapped.spi.DriverOptions;
import io.overlapped.spi.Errno;
import io.overlapped.spi.IoVector;
import io.overlapped.spi.Probe;
import io.overlapped.spi.SocketTable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Operations as submissions to one io_uring, completions as its entries.
 *
 * <p>Accepts and receives that choose their buffer are multishot and the driver's own, see {@link
 * Acceptance} and {@link Reception}; sends, connects and receives into the caller's pieces are one
 * submission each, under the proactor's token. A socket is closed when nothing of the driver's own
 * is in the kernel for it, so that no completion can meet a later socket with its descriptor.
 *
 * <p>Threads: see {@link Driver}.
 */
final class UringDriver implements Driver {
    private static final long SHUTDOWN_NANOS = 1_000_000_000L;

    private final Thread owner = Thread.currentThread();
    private final Arena arena = Arena.ofShared();
    private final Libc libc = new Libc(arena);
    private final Ring ring;
    private final Wakeup wakeup;
    private final SocketTable<UringSocket> sockets = new SocketTable<>();
    private final AtomicInteger generations = new AtomicInteger();
    private final Places places = new Places(arena);
    private final Completions completions = new Completions();
    private final Arrivals arrivals;
    private final Reception reception;
    private final Acceptance acceptance = new Acceptance(this);
    private final Sending sending = new Sending(this, places);
    private final DirectSends directSends = new DirectSends();
    private final BufferMemory bufferMemory = new BufferMemory();
    private final Tuning tuning;
    private final boolean sendsWithoutCopy;
    private final Ring.Reaper reaper = this::reap;

    private int inKernel;
    private long completedCount;
    private long staleCount;
    private long cancelCount;
    private boolean batchScheduled;
    private volatile boolean closed;

    UringDriver(DriverOptions options) {
        this(options, Tuning.of(options));
    }

    private UringDriver(DriverOptions options, Tuning tuning) {
        this.tuning = tuning;
        ring = openRing();
        try {
            // One buffer is kept out of the ring, so a ring needs two; see Arrivals.
            BufferRing buffers =
                    tuning.bufferRing() && options.buffersProvided() > 1
                            ? BufferRing.register(libc, ring, arena, options.buffersProvided())
                            : null;
            sendsWithoutCopy = RingSetup.supports(libc, ring, Abi.IORING_OP_SEND_ZC);
            arrivals = new Arrivals(buffers, sockets);
            reception = new Reception(this, arrivals, places, tuning.multishot());
            wakeup = new Wakeup(libc, arena);
        } catch (RuntimeException | Error e) {
            ring.close();
            arena.close();
            throw e;
        }
        readWakeup();
    }

    @Override
    public String name() {
        return UringProvider.NAME;
    }

    @Override
    public int listen(InetSocketAddress address, int backlog, boolean shared) {
        return adoptOrRefuse(SocketCalls.listen(address, backlog, shared));
    }

    @Override
    public int open(InetSocketAddress peer) {
        return adoptOrRefuse(SocketCalls.open(peer));
    }

    @Override
    public int set(int socket, StreamOption option, int value) {
        return SocketCalls.set(sockets.require(socket).fd, option, value);
    }

    @Override
    public int get(int socket, StreamOption option) {
        return SocketCalls.get(sockets.require(socket).fd, option);
    }

    @Override
    public @Nullable InetSocketAddress localAddress(int socket) {
        return SocketCalls.localAddress(sockets.require(socket).fd);
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress(int socket) {
        return SocketCalls.remoteAddress(sockets.require(socket).fd);
    }

    @Override
    public void accept(long token, int listener) {
        UringSocket s = sockets.require(listener);
        acceptance.start(token, s);
        assert s.isLegal() : s;
    }

    @Override
    public void connect(long token, int socket, InetSocketAddress peer) {
        sending.connect(token, sockets.require(socket), peer);
    }

    @Override
    public void receive(long token, int socket, IoVector pieces) {
        UringSocket s = sockets.require(socket);
        reception.start(token, s, pieces);
        assert s.isLegal() : s;
    }

    @Override
    public void receive(long token, int socket) {
        UringSocket s = sockets.require(socket);
        reception.start(token, s);
        assert s.isLegal() : s;
    }

    @Override
    public void send(long token, int socket, IoVector pieces) {
        sending.start(token, sockets.require(socket), pieces);
    }

    @Override
    public boolean sendsNow() {
        return true;
    }

    @Override
    public int sendNow(int socket, MemorySegment memory, long start, int bytes) {
        return directSends.send(sockets.require(socket), memory.asSlice(start, bytes));
    }

    @Override
    public boolean isWatched(int socket) {
        UringSocket s = sockets.get(socket);
        return s != null && s.watched;
    }

    /**
     * Has the thread wait with its turn when it wakes up while one of those it serves is running:
     * SCHED_BATCH. Else every message that arrives takes the processor from the thread that is just
     * handling the one before; where there is an idle processor nothing changes.
     */
    @Override
    public void servesThreads() {
        if (tuning.batchScheduling() && libc.scheduler() == Abi.SCHED_OTHER) {
            batchScheduled =
                    libc.scheduler(Abi.SCHED_BATCH, arena.allocate(ValueLayout.JAVA_INT)) == 0;
        }
    }

    @Override
    public int shutdownOutput(int socket) {
        return libc.shutdown(sockets.require(socket).fd, Abi.SHUT_WR);
    }

    @Override
    public void cancel(long token, int socket) {
        UringSocket s = sockets.get(socket);
        if (s == null) {
            return;
        }
        cancelCount++;
        if (s.acceptToken == token) {
            acceptance.cancel(s);
        } else if (s.receiveToken == token) {
            reception.cancel(s);
        } else if (s.sendToken == token) {
            sending.cancel(s);
        }
        assert s.isLegal() : s;
    }

    @Override
    public void close(long token, int socket) {
        UringSocket s = sockets.require(socket);
        s.closing = true;
        s.watched = false;
        s.closeToken = token;
        reception.drop(s);
        acceptance.dropAccepted(s);
        disarm(s);
        closeWhenDisarmed(s);
        assert s.isLegal() : s;
    }

    @Override
    public int detach(int socket) {
        UringSocket s = sockets.require(socket);
        if (!s.isUnused()) {
            return -Errno.EBUSY;
        }
        sockets.remove(socket);
        return s.fd;
    }

    @Override
    public int attach(int detached) {
        return adopt(detached);
    }

    @Override
    public void discard(int detached) {
        SocketCalls.close(detached);
    }

    @Override
    public void provide(int buffer, MemorySegment memory) {
        reception.provide(buffer, memory);
    }

    @Override
    public int drive(long timeoutNanos, Sink sink) {
        ring.await(completions.isEmpty() ? timeoutNanos : 0);
        sink.awake();
        ring.reap(reaper);
        int count = 0;
        while (!completions.isEmpty()) {
            count += completions.passOn(sink);
        }
        completedCount += count;
        return count;
    }

    @Override
    public void wake() {
        wakeup.signal();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long overflowCount() {
        return ring.overflowCount();
    }

    @Override
    public DriverReport report() {
        return UringReports.of(ring, sendsWithoutCopy, tuning, arrivals.hasRing(), counts());
    }

    @Override
    public Probe probe() {
        return bufferMemory;
    }

    @Override
    public boolean shutdown() {
        if (!closed) {
            boolean ownersCall = isOwner();
            if (!ownersCall && owner.isAlive()) {
                throw new IllegalStateException("its own thread, " + owner + ", has not ended");
            }
            closed = true;
            sockets.forEach(this::drop);
            if (ownersCall) {
                endWhatIsInKernel();
            } else {
                // The kernel lets nobody else enter; what has come was written to the queue before.
                ring.reap(reaper);
                inKernel = Math.max(1, inKernel);
            }
            sockets.removeAll(s -> libc.close(s.fd));
            wakeup.close(libc);
            ring.close();
            if (inKernel == 0) {
                arena.close();
            }
        }
        return inKernel == 0;
    }

    /** It is closing, so nothing is armed on it any more, and what comes for it is closed. */
    private void drop(UringSocket socket) {
        socket.closing = true;
        socket.watched = false;
        acceptance.dropAccepted(socket);
    }

    /** One cancel for everything: nobody else would end a multishot or what reads the wake-ups. */
    private void endWhatIsInKernel() {
        int all = Abi.IORING_ASYNC_CANCEL_ANY | Abi.IORING_ASYNC_CANCEL_ALL;
        long userData = UserData.of(UserData.CANCEL, 0, 0);
        submit().submit(Abi.IORING_OP_ASYNC_CANCEL, -1, 0, 0, 0, all, userData);
        long start = System.nanoTime();
        for (long left = SHUTDOWN_NANOS; inKernel > 0 && left > 0; ) {
            ring.await(left);
            ring.reap(reaper);
            left = SHUTDOWN_NANOS - (System.nanoTime() - start);
        }
    }

    @SuppressWarnings("ReferenceEquality") // a thread is itself alone
    private boolean isOwner() {
        return Thread.currentThread() == owner;
    }

    // ---- for Acceptance and Reception

    /** Where to put one submission, which is counted until its last completion. */
    Ring submit() {
        inKernel++;
        return ring;
    }

    void complete(long token, int result, int flags) {
        completions.add(token, result, flags);
    }

    /** A new connection's descriptor becomes a socket. */
    int adopt(int fd) {
        return add(fd).index;
    }

    private UringSocket add(int fd) {
        UringSocket socket = new UringSocket(generations.incrementAndGet(), fd);
        socket.index = sockets.add(socket);
        return socket;
    }

    /**
     * Closes a connection of which the program has not seen all: the peer is reset, as the kernel
     * does where it holds what was not seen itself.
     */
    void closeAbortively(int fd) {
        var _ = SocketCalls.set(fd, StreamOption.LINGER_SECONDS, 0);
        libc.close(fd);
    }

    /** Something of the driver's own is about to be submitted for {@code socket}. */
    void arm(UringSocket socket, long userData) {
        socket.armed = true;
        socket.armedUserData = userData;
    }

    /** It has ended. */
    void disarmed(UringSocket socket) {
        socket.armed = false;
        socket.disarming = false;
    }

    /** Asks the kernel to end it. */
    void disarm(UringSocket socket) {
        if (socket.armed && !socket.disarming) {
            socket.disarming = true;
            socket.watched = false;
            cancelInKernel(socket.armedUserData);
        }
    }

    void cancelInKernel(long userData) {
        submit().submit(
                        Abi.IORING_OP_ASYNC_CANCEL,
                        -1,
                        userData,
                        0,
                        0,
                        0,
                        UserData.of(UserData.CANCEL, 0, 0));
    }

    void closeWhenDisarmed(UringSocket socket) {
        if (socket.armed || socket.closeToken == NONE) {
            return;
        }
        if (socket.unread) {
            closeAbortively(socket.fd);
        } else {
            libc.close(socket.fd);
        }
        long token = socket.closeToken;
        socket.closeToken = NONE;
        sockets.remove(socket.index);
        complete(token, 0, NO_FLAGS);
    }

    // ---- completions

    private void reap(long userData, int result, int flags) {
        if ((flags & Abi.IORING_CQE_F_MORE) == 0) {
            inKernel--;
        }
        int kind = UserData.kind(userData);
        if (kind == UserData.WAKE) {
            wakeup.taken();
            if (!closed) {
                readWakeup();
            }
            return;
        }
        if (kind == UserData.CANCEL) {
            return;
        }
        UringSocket s = sockets.get(UserData.index(userData));
        if (s == null || !UserData.isOf(userData, s)) {
            stale(kind, result, flags);
            return;
        }
        switch (kind) {
            case UserData.ACCEPT -> acceptance.completed(s, result, flags);
            case UserData.RECEIVE -> reception.multishotCompleted(s, result, flags);
            case UserData.POLL -> reception.pollCompleted(s, result);
            case UserData.RECEIVE_POLLED -> reception.polledReceiveCompleted(s, result);
            case UserData.RECEIVE_PIECES -> reception.piecesCompleted(s, result);
            case UserData.SEND -> sending.completed(s, result);
            default -> throw new AssertionError("kind " + kind);
        }
        assert s.isLegal() : s;
    }

    /** For a socket that is gone: nothing of it may be lost or reach another. */
    private void stale(int kind, int result, int flags) {
        staleCount++;
        if (kind == UserData.ACCEPT && result >= 0) {
            libc.close(result);
        }
        if (kind == UserData.RECEIVE && (flags & Abi.IORING_CQE_F_BUFFER) != 0) {
            reception.returned(flags >>> Abi.IORING_CQE_BUFFER_SHIFT);
        }
    }

    /** From any thread, so it may come as the driver ends: one of the two closes it. */
    private int adoptOrRefuse(int fd) {
        if (fd < 0) {
            return fd;
        }
        UringSocket socket = add(fd);
        if (closed) {
            if (sockets.remove(socket.index, socket)) {
                SocketCalls.close(fd);
            }
            return -Errno.EBADF;
        }
        return socket.index;
    }

    private Ring openRing() {
        try {
            return RingSetup.open(libc, tuning);
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    private void readWakeup() {
        submit().submit(
                        Abi.IORING_OP_READ,
                        wakeup.fd(),
                        wakeup.countAddress(),
                        Long.BYTES,
                        0,
                        0,
                        UserData.of(UserData.WAKE, 0, 0));
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("completions", completedCount);
        counts.put("enters", ring.enterCount());
        counts.put("overflows", ring.overflowCount());
        counts.put("cancels", cancelCount);
        counts.put("starved", reception.starvedCount());
        counts.put("parked", arrivals.parkedCount());
        counts.put("inKernel", (long) inKernel);
        counts.put("ringBuffers", (long) arrivals.ringBuffers());
        counts.put("spareBuffers", (long) arrivals.spareBuffers());
        counts.put("starvedNow", (long) reception.starvedNow());
        counts.put("waitingNow", (long) reception.waitingNow());
        counts.put("stale", staleCount);
        counts.put("batchScheduled", batchScheduled ? 1L : 0L);
        return counts;
    }
}
