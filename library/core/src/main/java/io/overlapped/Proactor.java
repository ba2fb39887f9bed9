package io.overlapped;

import io.overlapped.Overlapped.Place;
import io.overlapped.spi.Driver;
import io.overlapped.spi.DriverOptions;
import io.overlapped.spi.Errno;
import io.overlapped.spi.IoVector;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts operations, waits for their completions and delivers them.
 *
 * <p>Start anywhere, complete on the proactor: any thread, virtual ones included, may start an
 * operation; routines run on the proactor's own thread only, inside its alertable wait. One wait
 * delivers all that was ready when its delivery began.
 *
 * <p>A proactor made with {@link #open(Options)} belongs to the thread that made it, which must be
 * a platform thread and has to drive it; one made with {@link #start(Options)} has a thread of its
 * own.
 *
 * <p>Threads: {@link #poll}, {@link #alertableWait} and {@link #run} on its own thread; everything
 * else on any.
 */
public final class Proactor implements AutoCloseable {
    /** A timeout that never ends. */
    public static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private static final System.Logger LOG = System.getLogger("io.overlapped");
    private static final long LOG_PAUSE_NANOS = 10_000_000_000L;

    private final Thread owner = Thread.currentThread();
    private final Options options;
    private final Driver driver;
    private final String choice;
    private final BufferPool buffers;
    private final Inbox inbox = new Inbox();
    private final Slots slots = new Slots();
    private final Timers timers = new Timers();
    private final OpQueue ready = new OpQueue();
    private final OpQueue held = new OpQueue();
    private final IoVector pieces = new IoVector();
    private final Set<CompletionPort> ports = new LinkedHashSet<>();
    private final Driver.Sink sink = this::completed;

    private volatile boolean waiting;
    private volatile boolean stopping;
    private volatile boolean closed;
    private volatile boolean refill;
    private boolean closing;
    private boolean delivering;
    private int unprovided;
    private @Nullable TcpSocket sockets;
    private @Nullable Overlapped delivered;
    private @Nullable ProactorThread thread;

    private long deliveredCount;
    private long staleCount;
    private long heldCount;
    private long acceptPauseCount;
    private long starvedCount;
    private long acceptLogNanos;
    private boolean acceptLogged;

    private Proactor(Options options, Drivers.Choice chosen) {
        this.options = options;
        driver = chosen.driver();
        choice = chosen.reason();
        buffers = new BufferPool(options, owner, this::buffersRefilled);
        unprovided = options.buffersProvided();
    }

    /** A proactor of the calling thread, with default options. */
    public static Proactor open() {
        return open(Options.defaults());
    }

    /**
     * A proactor of the calling thread, which has to drive it.
     *
     * @throws OverlappedException if no driver can run, or the one that was named cannot
     * @throws IllegalStateException on a virtual thread, as the kernel ties a ring to its thread
     */
    public static Proactor open(Options options) {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException(
                    "a proactor needs a platform thread of its own; use Proactor.start()");
        }
        return new Proactor(options, Drivers.open(options));
    }

    /**
     * A proactor on this driver, which the calling thread has opened: for simulations and tests.
     */
    public static Proactor open(Driver driver, Options options) {
        return new Proactor(options, new Drivers.Choice(driver, "given by the caller"));
    }

    /** A proactor with default options and a new thread that drives it until it is closed. */
    public static Proactor start() {
        return start(Options.defaults());
    }

    /**
     * A proactor with a new thread that drives it until it is closed. What a routine throws is
     * logged there, and the stream it concerned is closed.
     */
    public static Proactor start(Options options) {
        return ProactorThread.start(options);
    }

    /** What each driver that is installed says of this system, the preferred one first. */
    public static List<DriverReport> drivers() {
        return Drivers.probeAll();
    }

    /** The pool whose buffers its operations use. */
    public BufferPool buffers() {
        return buffers;
    }

    /** What it was opened with. */
    public Options options() {
        return options;
    }

    /** Its driver, why it was chosen, what it uses, and what has been counted so far. */
    public DriverReport report() {
        Map<String, Long> counters = new LinkedHashMap<>();
        counters.put("delivered", deliveredCount);
        counters.put("inFlight", (long) slots.count());
        counters.put("held", heldCount);
        counters.put("acceptPauses", acceptPauseCount);
        counters.put("bufferPauses", starvedCount);
        counters.put("staleCompletions", staleCount);
        counters.put("buffersLeased", (long) buffers.leased());
        return driver.report().because(choice).counting(counters);
    }

    /** Listens with a backlog of 4,096 connections. */
    public TcpListener listen(InetSocketAddress address) {
        return listen(address, 4096, false);
    }

    /**
     * Listens.
     *
     * @param backlog connections the kernel completes ahead of an accept; it may use fewer
     * @param shared whether other listeners, each of which says so too, may share the address
     * @throws OverlappedException if the address cannot be had
     */
    public TcpListener listen(InetSocketAddress address, int backlog, boolean shared) {
        requireOpen();
        requireResolved(address);
        int socket = driver.listen(address, backlog, shared);
        if (socket < 0) {
            throw new OverlappedException(
                    "cannot listen on " + address + ": " + Status.of(-socket), -socket);
        }
        InetSocketAddress local = TcpSocket.known(driver.localAddress(socket));
        TcpListener listener = new TcpListener(this, socket, local);
        if (isOwner()) {
            remember(listener);
        } else {
            post(new Overlapped(_ -> remember(listener)));
        }
        return listener;
    }

    /** Connects a new stream: {@link Overlapped#stream} of the completion. */
    public Overlapped connect(Overlapped overlapped, InetSocketAddress peer) {
        requireResolved(peer);
        overlapped.begin(Operation.CONNECT, this, null);
        overlapped.argument = peer;
        return start(overlapped);
    }

    /** Completes after {@code delay}, or at once if it is not positive. */
    public Overlapped timer(Overlapped overlapped, Duration delay) {
        long delayNanos = Waiters.nanos(delay);
        overlapped.begin(Operation.TIMER, this, null);
        // Half the range, so that deadlines compare by difference.
        overlapped.deadlineNanos = driver.nanoTime() + Math.min(delayNanos, Long.MAX_VALUE / 2);
        return start(overlapped);
    }

    /** Completes as soon as it can: a way to bring work to the proactor's thread. */
    public Overlapped post(Overlapped overlapped) {
        overlapped.begin(Operation.POST, this, null);
        return start(overlapped);
    }

    /**
     * Delivers what has completed, without waiting.
     *
     * @return how many completions
     */
    public int poll() {
        return pass(0);
    }

    /** Waits without limit until it has delivered something, or is stopped. */
    public int alertableWait() {
        return alertableWait(FOREVER);
    }

    /**
     * Waits for a completion for at most {@code timeout}, and delivers all there are.
     *
     * @return how many; 0 when the time is over, or when it was stopped
     */
    public int alertableWait(Duration timeout) {
        long timeoutNanos = Waiters.nanos(timeout);
        long start = driver.nanoTime();
        long left = timeoutNanos;
        while (true) {
            int count = pass(left);
            if (count > 0 || stopping) {
                return count;
            }
            if (timeoutNanos != Long.MAX_VALUE) {
                left = timeoutNanos - (driver.nanoTime() - start);
                if (left <= 0) {
                    return 0;
                }
            }
        }
    }

    /** Drives until {@link #stop}. */
    public void run() {
        while (!stopping) {
            pass(Long.MAX_VALUE);
        }
    }

    /** Makes {@link #run} and {@link #alertableWait} return, now and from then on. */
    public void stop() {
        stopping = true;
        wakeUnlessOwner();
    }

    /**
     * Closes every socket, cancels every timer, delivers every completion, then frees the driver
     * and the memory. Ends within {@link Options#shutdownTimeout}: what has not completed by then
     * is leaked, not freed. For a proactor with its own thread, waits for that thread.
     *
     * @throws WrongThreadException if another thread opened it and drives it
     * @throws IllegalStateException inside a completion routine
     */
    @Override
    public void close() {
        if (thread != null && !isThread()) {
            thread.close();
            return;
        }
        if (closed) {
            return;
        }
        requireOwner();
        new ProactorClose(this).run();
    }

    // ---- for the sockets, waiters and ports of this package

    boolean isOwner() {
        return isThread() && !closed;
    }

    boolean isChecked() {
        return options.checked();
    }

    Driver driver() {
        return driver;
    }

    IoVector pieces() {
        return pieces;
    }

    long nanoTime() {
        return driver.nanoTime();
    }

    void ownedBy(ProactorThread itsThread) {
        thread = itsThread;
    }

    Overlapped start(Overlapped o) {
        if (isThread()) {
            if (closed) {
                o.unbegin();
                throw new IllegalStateException("the proactor is closed");
            }
            submit(o);
        } else if (inbox.push(o)) {
            if (waiting) {
                driver.wake();
            }
        } else {
            o.unbegin();
            throw new IllegalStateException("the proactor is closed");
        }
        return o;
    }

    void wakeUnlessOwner() {
        if (!isThread() && !closed) {
            driver.wake();
        }
    }

    void cancel(Overlapped o, int run) {
        if (isThread()) {
            cancelHere(o, run);
        } else {
            Overlapped request = new Overlapped(_ -> cancelHere(o, run));
            request.begin(Operation.POST, this, null);
            if (inbox.push(request)) {
                wakeUnlessOwner();
            }
        }
    }

    /** One pass: submit, wait at most this long, deliver. Returns how many were delivered. */
    int pass(long timeoutNanos) {
        requireOwner();
        if (delivering) {
            throw new IllegalStateException("a completion routine may not wait");
        }
        prepare();
        long wait = Math.min(timeoutNanos, ready.isEmpty() ? nanosToNextTimer() : 0);
        if (wait > 0) {
            waiting = true;
            if (!inbox.isEmpty() || refill || (stopping && !closing)) {
                wait = 0;
            }
        }
        try {
            driver.drive(wait, sink);
        } finally {
            waiting = false;
        }
        prepare();
        return deliver();
    }

    /** Gives the operation a token and hands it to the driver, or keeps it until there is room. */
    void launchOrHold(Overlapped o) {
        if (slots.count() < options.operationsMax()) {
            launch(o);
            Objects.requireNonNull(o.socket).launchHeld(o);
        } else if (options.overLimit() == Options.OverLimit.REFUSE) {
            Objects.requireNonNull(o.socket).endQueued(o, -Errno.EAGAIN);
        } else {
            o.place = Place.HELD;
            held.add(o);
            heldCount++;
        }
    }

    void launch(Overlapped o) {
        slots.add(o);
        o.place = Place.DRIVER;
    }

    void ready(Overlapped o, int result) {
        o.finish(result);
        o.place = Place.READY;
        ready.add(o);
    }

    /** Ends a pending operation early, wherever it is. */
    void cancelPlaced(Overlapped o) {
        if (o.operation() == Operation.CLOSE) {
            return;
        }
        o.cancelRequested = true;
        switch (o.place) {
            case TIMERS -> {
                timers.remove(o);
                ready(o, -Errno.ECANCELED);
            }
            case DRIVER -> driver.cancel(o.token);
            case HELD -> {
                held.remove(o);
                Objects.requireNonNull(o.socket).endQueued(o, -Errno.ECANCELED);
            }
            case QUEUED -> Objects.requireNonNull(o.socket).endQueued(o, -Errno.ECANCELED);
            case INBOX, READY -> {}
        }
    }

    TcpStream adopt(int socket) {
        TcpStream stream = new TcpStream(this, socket);
        remember(stream);
        return stream;
    }

    /** The driver returns a provided buffer, with so many bytes if it received any. */
    @Nullable IoBuffer received(int number, int bytes) {
        IoBuffer buffer = buffers.buffer(number);
        unprovided++;
        if (bytes <= 0) {
            buffer.unprovide();
            provideBuffers();
            return null;
        }
        buffer.received(bytes, options.checked());
        provideBuffers();
        return buffer;
    }

    void closeOrForget(TcpSocket socket) {
        Overlapped o = new Overlapped(_ -> {});
        o.begin(Operation.CLOSE, this, socket);
        if (isThread()) {
            if (!closed) {
                submit(o);
            }
        } else if (inbox.push(o) && waiting) {
            driver.wake();
        }
    }

    void forget(TcpSocket socket) {
        TcpSocket before = socket.previous;
        TcpSocket after = socket.following;
        if (before != null) {
            before.following = after;
        } else if (sockets == socket) {
            sockets = after;
        }
        if (after != null) {
            after.previous = before;
        }
        socket.previous = null;
        socket.following = null;
    }

    void acceptPaused(TcpListener listener, int errno, long pauseNanos) {
        acceptPauseCount++;
        long now = driver.nanoTime();
        if (!acceptLogged || now - acceptLogNanos >= LOG_PAUSE_NANOS) {
            acceptLogged = true;
            acceptLogNanos = now;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "accept on {0} pauses {1} ms: {2}; raise the limit (ulimit -n) or close"
                            + " connections",
                    listener.address(),
                    pauseNanos / 1_000_000,
                    Status.of(errno));
        }
    }

    // ---- for ProactorClose

    @Nullable Overlapped closeInbox() {
        return inbox.close();
    }

    void beginClosing() {
        closing = true;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Closes the stream whose routine threw. */
    void closeStreamOfLast() {
        Overlapped last = delivered;
        if (last != null && last.stream != null) {
            last.stream.close();
        }
    }

    boolean isDelivering() {
        return delivering;
    }

    @Nullable TcpSocket sockets() {
        return sockets;
    }

    boolean isQuiet() {
        return sockets == null && slots.count() == 0 && ready.isEmpty();
    }

    void cancelTimers() {
        for (Overlapped o = timers.peek(); o != null; o = timers.peek()) {
            cancelPlaced(o);
        }
    }

    void submitAll(@Nullable Overlapped first) {
        Overlapped o = first;
        while (o != null) {
            Overlapped after = o.next;
            o.next = null;
            submit(o);
            o = after;
        }
    }

    void free() {
        closed = true;
        for (CompletionPort port : ports) {
            port.notFedBy(this);
        }
        if (driver.shutdown() && slots.count() == 0) {
            buffers.free();
        } else {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} operations did not end in time; their memory is leaked",
                    slots.count());
        }
    }

    // ---- on its thread

    private void prepare() {
        if (!inbox.isEmpty()) {
            submitAll(inbox.takeAll());
        }
        if (unprovided > 0 && (refill || starvedCount == 0)) {
            refill = false;
            provideBuffers();
        }
        expireTimers();
    }

    private void submit(Overlapped o) {
        CompletionPort port = o.port();
        if (port != null && ports.add(port)) {
            port.fedBy(this);
        }
        if (o.cancelRequested) {
            ready(o, -Errno.ECANCELED);
            return;
        }
        if (closing && o.operation() != Operation.CLOSE) {
            ready(o, -Errno.EBADF);
            return;
        }
        switch (o.operation()) {
            case TIMER -> {
                o.place = Place.TIMERS;
                timers.add(o);
            }
            case POST -> ready(o, 0);
            case CONNECT -> connect(o);
            case CLOSE -> Objects.requireNonNull(o.socket).startClose(o);
            case ACCEPT -> ((TcpListener) Objects.requireNonNull(o.socket)).startAccept(o);
            case RECEIVE -> ((TcpStream) Objects.requireNonNull(o.socket)).startReceive(o);
            case SEND, SHUTDOWN -> ((TcpStream) Objects.requireNonNull(o.socket)).startSend(o);
            case NONE -> throw new AssertionError("nothing to start");
        }
    }

    private void connect(Overlapped o) {
        int socket = driver.open((InetSocketAddress) Objects.requireNonNull(o.argument));
        if (socket < 0) {
            ready(o, socket);
        } else {
            adopt(socket).startConnect(o);
        }
    }

    private void cancelHere(Overlapped o, int run) {
        if (o.run != run || !o.isPending()) {
            return;
        }
        if (o.place == Place.INBOX) {
            o.cancelRequested = true;
            submitAll(inbox.takeAll());
        } else {
            cancelPlaced(o);
        }
    }

    private void completed(long token, int result, int flags) {
        Overlapped o = slots.remove(token);
        if (o == null) {
            staleCount++;
            if ((flags & Driver.BUFFER) != 0) {
                var _ = received(flags >>> Driver.BUFFER_SHIFT, 0);
            }
            return;
        }
        TcpSocket socket = Objects.requireNonNull(o.socket);
        if (o.operation() == Operation.CLOSE) {
            socket.closed();
        } else {
            socket.completed(o, result, flags);
        }
        while (slots.count() < options.operationsMax()) {
            Overlapped next = held.poll();
            if (next == null) {
                break;
            }
            launch(next);
            Objects.requireNonNull(next.socket).launchHeld(next);
        }
    }

    private void remember(TcpSocket socket) {
        if (socket.isGone()) {
            return;
        }
        socket.following = sockets;
        if (sockets != null) {
            sockets.previous = socket;
        }
        sockets = socket;
    }

    private void provideBuffers() {
        while (unprovided > 0) {
            IoBuffer buffer = buffers.takeToProvide();
            if (buffer == null) {
                starvedCount++;
                return;
            }
            unprovided--;
            driver.provide(buffer.number(), buffer.memory());
        }
    }

    private void buffersRefilled() {
        refill = true;
        if (waiting) {
            wakeUnlessOwner();
        }
    }

    /**
     * Delivers what was ready when it began, so that a routine that keeps posting cannot keep the
     * driver waiting.
     */
    private int deliver() {
        Overlapped last = ready.last();
        if (last == null) {
            return 0;
        }
        int count = 0;
        delivering = true;
        try {
            Overlapped o;
            do {
                o = Objects.requireNonNull(ready.poll());
                count++;
                deliveredCount++;
                delivered = o;
                o.deliver();
            } while (o != last);
        } finally {
            delivering = false;
        }
        delivered = null;
        return count;
    }

    private long nanosToNextTimer() {
        Overlapped first = timers.peek();
        return first == null
                ? Long.MAX_VALUE
                : Math.max(0, first.deadlineNanos - driver.nanoTime());
    }

    private void expireTimers() {
        for (Overlapped o = timers.peek(); o != null; o = timers.peek()) {
            if (o.deadlineNanos - driver.nanoTime() > 0) {
                return;
            }
            timers.remove(o);
            ready(o, 0);
        }
    }

    @SuppressWarnings("ReferenceEquality") // a thread is itself alone
    private boolean isThread() {
        return Thread.currentThread() == owner;
    }

    private void requireOwner() {
        if (!isThread()) {
            throw new WrongThreadException("the proactor is driven by " + owner);
        }
        if (closed) {
            throw new IllegalStateException("the proactor is closed");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the proactor is closed");
        }
    }

    private static void requireResolved(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(
                    "the name " + address.getHostString() + " was not resolved to an address");
        }
    }

    /** The options as a driver needs them. */
    static DriverOptions driverOptions(Options options) {
        return new DriverOptions(
                options.operationsMax(),
                options.buffersProvided(),
                options.bufferBytes(),
                options.tuning());
    }
}
