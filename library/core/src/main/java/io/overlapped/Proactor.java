package io.overlapped;

import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import io.overlapped.spi.IoVector;
import io.overlapped.spi.Probe;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

    private final String opener = Thread.currentThread().toString();
    private final Object ownerLock = new Object();

    /** Who drives it. Another takes its place only when it has ended. */
    private Thread owner = Thread.currentThread();

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
    private final Deadlines deadlines;
    private final RoutineFailures routineFailures;
    private final OpenSockets sockets = new OpenSockets();
    private final AcceptPauses acceptPauses = new AcceptPauses();
    private final IoVector pieces = new IoVector();
    private final Submission submission;
    private final Consumer<Overlapped> expire;
    private final boolean sendsNow;
    private final Driver.Sink sink = new Woken();

    private volatile boolean waiting;
    private volatile boolean stopping;
    private volatile boolean closed;
    private volatile boolean draining;
    private volatile boolean drained;
    private volatile long drainNanos;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable ProactorThread thread;

    private Proactor(Options options, Drivers.Choice chosen) {
        this.options = options;
        driver = chosen.driver();
        choice = chosen.reason();
        Probe probe = driver.probe();
        buffers = new BufferPool(options, owner, probe, this::buffersRefilled);
        observation = new Observation(options, driver, counters);
        flight = new Flight(options, counters);
        deadlines = new Deadlines(driver.nanoTime());
        routineFailures = new RoutineFailures(options.routineFailure());
        delivery = new Delivery(probe, counters, observation, deadlines, routineFailures);
        provision = new Provision(buffers, driver, delivery, options.buffers().provided());
        buffers.servedBy(this);
        submission =
                new Submission(this, delivery, timers, deadlines, inbox, counters, observation);
        expire = submission::expire;
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
        Proactor proactor = new Proactor(options, Drivers.open(options));
        OwnerWatch.add(proactor);
        return proactor;
    }

    /** A proactor of the calling thread, which lives for it alone. */
    static Proactor openForThread(Options options) {
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
     * A proactor with a new thread that drives it until it is closed. The thread is no daemon, and
     * takes nothing over from the one that calls this.
     */
    public static Proactor start(Options options) {
        return ProactorThread.start(options);
    }

    /** What each driver that is installed says of this system, the preferred one first. */
    public static List<DriverReport> drivers() {
        return Drivers.probeAll();
    }

    /** Whether it is closed: what is started from then on completes with {@link Status#CLOSED}. */
    public boolean isClosed() {
        return closed;
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
        counts.put("routinesThrown", routineFailures.count());
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
        requireResolved(address);
        if (closed) {
            throw new OverlappedException("cannot listen: the proactor is closed", Errno.EBADF);
        }
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

    /** Connects within {@code timeout}: {@link Overlapped#within}. */
    public Overlapped connect(Overlapped overlapped, InetSocketAddress peer, Duration timeout) {
        return connect(overlapped.within(timeout), peer);
    }

    /** Completes after {@code delay}, or at once if it is not positive. */
    public Overlapped timer(Overlapped overlapped, Duration delay) {
        if (overlapped.hasTimeout()) {
            throw new IllegalArgumentException(
                    "a timer ends by itself: it takes a delay, and no time by Overlapped.within");
        }
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
        return now ? 0 : nanosToDeadline();
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
     * <p>One whose thread has ended without closing it is closed by any other, without the driver's
     * help: what is pending completes with {@link Status#CANCELED}. If nobody does so it happens
     * within a second.
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
        if (!closed && !isThread()) {
            lookForOwner();
        }
        if (closed) {
            return;
        }
        requireOwner();
        new ProactorClose(this).run();
    }

    /**
     * Ends quietly, then closes: listeners are closed at once; all else that was started goes on,
     * and a stream that has sent all it was to send, and waits to receive, is ended towards its
     * peer. When every stream is closed, or {@code timeout} is over, this closes the proactor.
     *
     * <p>Programs close a stream whose peer has ended it, and so all is over as soon as the peers
     * have seen the end. A {@link #stop} or a {@link #close} from another thread ends it early. For
     * a proactor with its own thread, waits for that thread.
     *
     * @return whether every stream was closed in time
     * @throws WrongThreadException if another thread opened it and drives it
     * @throws IllegalStateException inside a completion routine
     */
    public boolean drain(Duration timeout) {
        ProactorThread its = thread;
        if (its == null || isThread()) {
            requireOwner();
            drained = new ProactorDrain(this).run(Waiters.nanos(timeout));
            close();
        } else {
            drainNanos = Waiters.nanos(timeout);
            draining = true;
            its.close();
        }
        return drained;
    }

    /** For its own thread, which has been told to stop. */
    void end() {
        if (draining && failure == null) {
            drained = new ProactorDrain(this).run(drainNanos);
        }
        close();
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
        OwnerWatch.remove(this);
        sockets.leave();
        submission.leavePorts();
        Overlapped unseen = inbox.close();
        if (driver.shutdown()) {
            submission.abandoned(unseen);
            buffers.abandon();
        } else {
            buffers.leak();
        }
    }

    /**
     * What ended a proactor with a thread of its own, other than a close: an error that the JVM may
     * not survive, a driver that failed, or a routine's exception where the options say so; null
     * otherwise. Whoever waited for an operation finds it as the cause of the exception.
     */
    public @Nullable Throwable failure() {
        return failure;
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
        return options.diagnosis().checked();
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

    IoVector pieces() {
        return pieces;
    }

    /** It may have been stopped before; what stops it from here on is meant for the drain. */
    void beginDrain() {
        draining = true;
        stopping = false;
    }

    boolean isDraining() {
        return draining;
    }

    void failed(Throwable thrown) {
        if (failure == null) {
            failure = thrown;
        }
    }

    String openedBy() {
        return opener;
    }

    /** Any thread: ends it if its own thread has ended without doing so. */
    void lookForOwner() {
        synchronized (ownerLock) {
            if (closed || owner.isAlive()) {
                return;
            }
            owner = Thread.currentThread();
        }
        try {
            new ProactorClose(this).bury();
        } catch (RuntimeException | Error e) {
            Log.error("a proactor whose thread has ended could not be freed", e);
        }
    }

    /** Lets go of everything; returns what is pending. */
    List<Overlapped> leaveAll() {
        List<Overlapped> pending = new ArrayList<>();
        closed = true;
        for (Overlapped o = inbox.close(); o != null; o = o.next) {
            pending.add(o);
        }
        timers.forEach(pending::add);
        provision.forEachTake(pending::add);
        sockets.forEachPending(pending::add);
        delivery.forEach(pending::add);
        sockets.leave();
        return pending;
    }

    void ownedBy(ProactorThread itsThread) {
        thread = itsThread;
    }

    Overlapped start(Overlapped o) {
        o.startedNanos = observation.date();
        o.setDeadline(driver);
        if (isThread()) {
            if (closed) {
                AfterClose.refuse(o);
            } else {
                submission.submit(o);
            }
            return o;
        }
        TcpStream listening = o.isChoosing() ? o.stream : null;
        if (!inbox.push(o)) {
            AfterClose.refuse(o);
            return o;
        }
        // Asked after the push, so that either this or the pass under way sees what happens next.
        if (waiting && !(listening != null && listening.isWatched())) {
            driver.wake();
        }
        if (!owner.isAlive()) {
            lookForOwner();
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
            var _ = tell(_ -> submission.cancel(o, run));
        }
    }

    /**
     * From another thread: runs {@code routine} on the proactor's; false if it is closed. One that
     * is closing runs it too, with {@link Status#CLOSED}.
     */
    boolean tell(CompletionRoutine routine) {
        Overlapped request = Overlapped.own(routine);
        request.begin(Operation.POST, this, null);
        boolean told = inbox.push(request);
        if (told) {
            wakeUnlessOwner();
        }
        return told;
    }

    void forgetDeadline(Overlapped o) {
        if (o.deadlineSlot != Deadlines.NOWHERE) {
            deadlines.remove(o);
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
        long wait = Math.min(timeoutNanos, delivery.isEmpty() ? nanosToDeadline() : 0);
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
        deadlines.expire(driver, expire);
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

    /** Whether nothing was left in flight; else the memory it may use is leaked. */
    boolean free() {
        closed = true;
        OwnerWatch.remove(this);
        sockets.leave();
        submission.leavePorts();
        if (driver.shutdown() && flight.count() == 0) {
            buffers.close();
            return true;
        }
        buffers.leak();
        return false;
    }

    // ---- on its thread

    private void prepare() {
        submission.submitInbox();
        provision.prepare();
        timers.expire(driver, delivery);
    }

    private long nanosToDeadline() {
        return Math.min(timers.nanosToNext(driver), deadlines.nanosToNext(driver));
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

    private static void requireResolved(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(
                    "the name " + address.getHostString() + " was not resolved to an address");
        }
    }
}
