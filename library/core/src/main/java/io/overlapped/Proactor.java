package io.overlapped;

import io.overlapped.spi.Driver;
import io.overlapped.spi.DriverOptions;
import io.overlapped.spi.Errno;
import io.overlapped.spi.IoVector;
import io.overlapped.spi.Probe;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private final Thread owner = Thread.currentThread();
    private final Options options;
    private final Driver driver;
    private final String choice;
    private final BufferPool buffers;
    private final Provision provision;
    private final Counters counters = new Counters();
    private final Observation observation;
    private final Flight flight;
    private final Delivery delivery;
    private final Inbox inbox = new Inbox();
    private final Timers timers = new Timers();
    private final OpenSockets sockets = new OpenSockets();
    private final AcceptPauses acceptPauses = new AcceptPauses();
    private final IoVector pieces = new IoVector();
    private final Submission submission;
    private final boolean sendsNow;
    private final Driver.Sink sink = new Woken();

    private volatile boolean waiting;
    private volatile boolean stopping;
    private volatile boolean closed;
    private volatile @Nullable ProactorThread thread;

    private Proactor(Options options, Drivers.Choice chosen) {
        this.options = options;
        driver = chosen.driver();
        choice = chosen.reason();
        Probe probe = driver.probe();
        buffers = new BufferPool(options, owner, probe, this::buffersRefilled);
        observation = new Observation(options, driver, counters);
        flight = new Flight(options, counters);
        delivery = new Delivery(probe, counters, observation);
        provision = new Provision(buffers, driver, delivery, options.buffersProvided());
        buffers.servedBy(this);
        submission = new Submission(this, delivery, timers, inbox, counters, observation);
        sendsNow = driver.sendsNow();
    }

    /** A proactor of the calling thread, with default options. */
    public static Proactor open() {
        return open(Options.defaults());
    }

    /**
     * A proactor of the calling thread, which has to drive it.
     *
     * @throws OverlappedException with {@link Status#UNSUPPORTED}, the reason and the remedy, if no
     *     driver can run, or the one that was named cannot
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

    /**
     * The clock of its timers: monotonic, with an arbitrary origin, like {@link System#nanoTime}.
     */
    public long nanoTime() {
        return driver.nanoTime();
    }

    /**
     * Its driver, why it was chosen, what it uses, and what has been counted so far; what each
     * counter says is in the guide, {@code docs/guide/observing.md}.
     */
    public DriverReport report() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("delivered", delivery.count());
        counts.put("inFlight", (long) flight.count());
        counts.put("held", flight.heldCount());
        counts.put("acceptPauses", acceptPauses.count());
        counts.put("bufferPauses", provision.pauseCount());
        counts.put("staleCompletions", flight.staleCount());
        counts.put("buffersLeased", (long) buffers.leased());
        counters.addTo(counts);
        return driver.report().because(choice).counting(counts);
    }

    /**
     * The operations that were started and not yet delivered, the proactor's own among them, the
     * oldest first; {@link InFlight#table} makes text of them. Another thread waits until the
     * proactor has time to answer, and so must not be one that it waits for.
     *
     * @throws IllegalStateException if it is closed
     */
    public List<InFlight> inFlight() {
        return isThread() ? survey() : Survey.ask(this);
    }

    /** Listens with a backlog of 4,096 connections. */
    public TcpListener listen(InetSocketAddress address) {
        return listen(address, 4096, false);
    }

    /**
     * Listens. {@code 0.0.0.0} is every IPv4 address of this machine, {@code ::} every address of
     * both families.
     *
     * @param backlog connections the kernel completes ahead of an accept, at least 1; it may use
     *     fewer
     * @param shared whether other listeners, each of which says so too, may share the address
     * @throws OverlappedException if the address cannot be had
     */
    public TcpListener listen(InetSocketAddress address, int backlog, boolean shared) {
        requireOpen();
        requireResolved(address);
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog is " + backlog + "; it must be 1 or more");
        }
        InetSocketAddress wanted = Addressing.plain(address);
        int socket =
                Addressing.isOfOneMachine(wanted.getAddress())
                        ? driver.listen(wanted, backlog, shared)
                        : -Errno.EADDRNOTAVAIL;
        if (socket < 0) {
            throw new OverlappedException(
                    "cannot listen on "
                            + address.getAddress().getHostAddress()
                            + ":"
                            + address.getPort()
                            + ": "
                            + Status.of(-socket),
                    -socket);
        }
        InetSocketAddress local = Endpoint.known(driver.localAddress(socket));
        TcpListener listener = new TcpListener(this, socket, local);
        if (isOwner()) {
            sockets.add(listener);
        } else {
            post(Overlapped.own(_ -> sockets.add(listener)));
        }
        return listener;
    }

    /**
     * Connects a new stream: {@link Overlapped#stream} of the completion. {@code 0.0.0.0} and
     * {@code ::}, which are no machine's, are taken for this one: {@code 127.0.0.1} and {@code
     * ::1}.
     */
    public Overlapped connect(Overlapped overlapped, InetSocketAddress peer) {
        requireResolved(peer);
        overlapped.begin(Operation.CONNECT, this, null);
        overlapped.argument = Addressing.peer(peer);
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

    /**
     * How long {@link #alertableWait} could wait before it has something of its own to deliver, in
     * nanoseconds: 0 if there is something now, {@link Long#MAX_VALUE} if only the driver can bring
     * something. For a program that polls from a loop of its own, on the proactor's thread.
     */
    public long nanosToNext() {
        requireOwner();
        boolean now = !delivery.isEmpty() || !inbox.isEmpty() || provision.isDue();
        return now ? 0 : timers.nanosToNext(driver);
    }

    /**
     * The operation whose routine threw, after a wait or a poll has thrown what it threw; null
     * before, and after one that did not throw. On the proactor's thread.
     */
    public @Nullable Overlapped thrower() {
        return delivery.last();
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
        ProactorThread its = thread;
        if (its != null && !isThread()) {
            its.close();
            return;
        }
        if (closed) {
            return;
        }
        requireOwner();
        new ProactorClose(this).run();
    }

    /**
     * Ends it at once and tells nobody, as the death of a process does: no pending operation
     * completes and no routine runs. Sockets are closed by the driver. Memory that the driver may
     * still write to is leaked.
     *
     * @throws WrongThreadException if another thread opened it and drives it
     * @throws IllegalStateException inside a completion routine
     */
    public void abandon() {
        requireOwner();
        if (delivery.isUnderWay()) {
            throw new IllegalStateException("a completion routine may not end its proactor");
        }
        closed = true;
        sockets.leave();
        submission.leavePorts();
        if (driver.shutdown()) {
            submission.abandoned();
            buffers.abandon();
        } else {
            buffers.leak();
        }
    }

    // ---- for the sockets, waiters and ports of this package

    boolean isOwner() {
        return isThread() && !closed;
    }

    /** Whether the calling thread may send by itself, see {@link Driver#sendNow}. */
    boolean sendsDirectly() {
        return sendsNow && !isThread();
    }

    boolean isChecked() {
        return options.checked();
    }

    Driver driver() {
        return driver;
    }

    Flight flight() {
        return flight;
    }

    Provision provision() {
        return provision;
    }

    OpenSockets sockets() {
        return sockets;
    }

    AcceptPauses acceptPauses() {
        return acceptPauses;
    }

    /** On its thread. */
    List<InFlight> survey() {
        requireOwner();
        Survey survey = new Survey(observation);
        submission.survey(survey);
        return survey.result();
    }

    boolean isClosed() {
        return closed;
    }

    IoVector pieces() {
        return pieces;
    }

    void ownedBy(ProactorThread itsThread) {
        thread = itsThread;
    }

    Overlapped start(Overlapped o) {
        o.startedNanos = observation.date();
        if (isThread()) {
            if (closed) {
                throw refused(o);
            }
            submission.submit(o);
            return o;
        }
        TcpStream listening = o.isChoosing() ? o.stream : null;
        if (!inbox.push(o)) {
            throw refused(o);
        }
        // Asked after the push, so that either this or the pass under way sees what happens next.
        if (waiting && !(listening != null && listening.isWatched())) {
            driver.wake();
        }
        return o;
    }

    /** Any thread: {@code o} has its result and was never here. */
    void sentDirectly(Overlapped o) {
        counters.sentDirectly(o);
        if (observation.on) {
            observation.submitted(o);
            observation.completed(o);
        }
    }

    /** On its thread: other threads start receives here and wait for them. */
    void servesThreads() {
        if (thread != null) {
            driver.servesThreads();
        }
    }

    void wakeUnlessOwner() {
        if (!isThread() && !closed) {
            driver.wake();
        }
    }

    void cancel(Overlapped o, int run) {
        if (isThread()) {
            submission.cancel(o, run);
        } else {
            tell(_ -> submission.cancel(o, run));
        }
    }

    /** From another thread: runs {@code routine} on the proactor's, unless it is closed. */
    void tell(CompletionRoutine routine) {
        Overlapped request = Overlapped.own(routine);
        request.begin(Operation.POST, this, null);
        if (inbox.push(request)) {
            wakeUnlessOwner();
        }
    }

    /** One pass: submit, wait at most this long, deliver. Returns how many were delivered. */
    int pass(long timeoutNanos) {
        requireOwner();
        if (delivery.isUnderWay()) {
            throw new IllegalStateException("a completion routine may not wait");
        }
        counters.passed();
        observation.refresh();
        prepare();
        long wait = Math.min(timeoutNanos, delivery.isEmpty() ? timers.nanosToNext(driver) : 0);
        if (wait > 0) {
            waiting = true;
            if (!inbox.isEmpty() || provision.isDue() || (stopping && !submission.isClosing())) {
                wait = 0;
            }
        }
        try {
            driver.drive(wait, sink);
        } finally {
            waiting = false;
        }
        prepare();
        return delivery.deliver();
    }

    void ready(Overlapped o, int result) {
        delivery.add(o, result);
    }

    TcpStream adopt(int socket) {
        TcpStream stream = new TcpStream(this, socket);
        sockets.add(stream);
        return stream;
    }

    void closeOrForget(Endpoint socket) {
        Overlapped o = Overlapped.own(_ -> {});
        o.begin(Operation.CLOSE, this, socket);
        o.startedNanos = observation.date();
        if (isThread()) {
            if (!closed) {
                submission.submit(o);
            }
        } else if (inbox.push(o) && waiting) {
            driver.wake();
        }
    }

    // ---- for its thread and its end

    Submission submission() {
        return submission;
    }

    Delivery delivery() {
        return delivery;
    }

    boolean isStopping() {
        return stopping;
    }

    boolean isQuiet() {
        return sockets.isEmpty() && flight.count() == 0 && delivery.isEmpty();
    }

    void free() {
        closed = true;
        sockets.leave();
        submission.leavePorts();
        if (driver.shutdown() && flight.count() == 0) {
            buffers.close();
        } else {
            buffers.leak();
            Log.warning(
                    "{0} operations did not end in time; their memory is leaked", flight.count());
        }
    }

    // ---- on its thread

    private void prepare() {
        submission.submitInbox();
        provision.prepare();
        timers.expire(driver, delivery);
    }

    private final class Woken implements Driver.Sink {
        @Override
        public void awake() {
            submission.submitInbox();
        }

        @Override
        public void completed(long token, int result, int flags) {
            flight.completed(token, result, flags, provision);
        }
    }

    private void buffersRefilled() {
        provision.refilled();
        if (waiting) {
            wakeUnlessOwner();
        }
    }

    private static IllegalStateException refused(Overlapped o) {
        o.unbegin();
        return new IllegalStateException("the proactor is closed");
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
