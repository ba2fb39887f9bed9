package io.overlapped.session;

import static java.lang.System.Logger.Level.ERROR;

import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions of one server or client share: their handler, their deadlines, and what is to
 * be done for them when the present turn is over. A turn is one routine of the kit; callbacks run
 * in turns, one after the other, and never inside a call of the program's.
 *
 * <p>Threads: the proactor's, but for {@link #nextId}, {@link #execute} and {@link #report}.
 */
final class SessionLoop {
    private static final System.Logger LOG = System.getLogger("io.overlapped.session");

    /** Who has not taken a send for so long is shed when buffers are short. */
    private static final long SHED_NANOS = 1_000_000_000;

    /** Empty ones, for those who send next. */
    private static final int OUTBOXES_KEPT = 256;

    private static final Duration TICK = Duration.ofNanos(Wheel.TICK_NANOS);

    private final Proactor proactor;
    private final Limits limits;
    private final SessionHandler handler;
    private final Counters counters = new Counters();
    private final RateLimitedLog log = new RateLimitedLog(LOG);
    private final AtomicLong ids = new AtomicLong();
    private final Wheel wheel;
    private final Overlapped tick = new Overlapped(this::ticked);
    private final Overlapped pass = new Overlapped(this::passed);
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final ArrayDeque<Session> ended = new ArrayDeque<>();
    private final ArrayDeque<Session> unflushed = new ArrayDeque<>();
    private final ArrayDeque<Session> unfinished = new ArrayDeque<>();
    private final MemorySegment scratch =
            MemorySegment.ofArray(new byte[Framings.AROUND_BYTES_MAX]);
    private final ArrayDeque<Outbox> outboxes = new ArrayDeque<>();
    private volatile @Nullable Thread thread;
    private @Nullable Session current;
    private boolean inTurn;
    private boolean shedding;
    private @Nullable Runnable whenEmpty;

    /**
     * @throws IllegalArgumentException if the limits promise more than the proactor has
     */
    SessionLoop(Proactor proactor, Limits limits, SessionHandler handler) {
        Outbox.requireFits(limits.output().bytesMax(), proactor.buffers());
        this.proactor = proactor;
        this.limits = limits;
        this.handler = handler;
        wheel = new Wheel(proactor.nanoTime());
    }

    Proactor proactor() {
        return proactor;
    }

    Limits limits() {
        return limits;
    }

    Counters counters() {
        return counters;
    }

    SessionReport report() {
        return counters.report();
    }

    /** An empty outbox; one that came back, if there is one. */
    Outbox takeOutbox(Output owner) {
        Outbox outbox = outboxes.poll();
        if (outbox == null) {
            outbox = new Outbox(proactor.buffers(), limits.output().bytesMax(), scratch);
        }
        outbox.lend(owner);
        return outbox;
    }

    /** Takes an outbox back that is empty and has nothing on its way. */
    void giveOutbox(Outbox outbox) {
        if (outboxes.size() < OUTBOXES_KEPT) {
            outboxes.push(outbox);
        }
    }

    long now() {
        return proactor.nanoTime();
    }

    long nextId() {
        return ids.incrementAndGet();
    }

    int size() {
        return sessions.size();
    }

    List<Session> sessions() {
        return List.copyOf(sessions);
    }

    void log(System.Logger.Level level, String kind, String line, @Nullable Throwable thrown) {
        var _ = log.log(level, kind, now(), () -> line, thrown);
    }

    /** Any thread: runs {@code work} in a turn of its own, unless the proactor is closed. */
    void execute(Runnable work) {
        Overlapped _ =
                proactor.post(
                        new Overlapped(
                                _ -> {
                                    if (proactor.isClosed()) {
                                        return;
                                    }
                                    enter(null);
                                    try {
                                        work.run();
                                    } catch (Throwable e) {
                                        log(ERROR, "execute", "what was to be run failed", e);
                                    } finally {
                                        leave();
                                    }
                                }));
    }

    /** Fails where a method that belongs to the proactor's thread is called by another. */
    @SuppressWarnings("ReferenceEquality") // a thread is itself alone
    void requireThread() {
        Thread known = thread;
        if (known != null && known != Thread.currentThread()) {
            throw new WrongThreadException(
                    "sessions belong to the proactor's thread "
                            + known.getName()
                            + "; bring the call there (SessionServer.execute)");
        }
    }

    // ---- turns

    void enter(@Nullable Session session) {
        if (thread == null) {
            thread = Thread.currentThread();
        }
        current = session;
        inTurn = true;
    }

    void leave() {
        Session session = current;
        current = null;
        if (session != null) {
            session.output().flush();
        }
        for (Session s = ended.poll(); s != null; s = ended.poll()) {
            s.announceEnd();
        }
        inTurn = false;
        if (sessions.isEmpty() && whenEmpty != null) {
            Runnable then = whenEmpty;
            whenEmpty = null;
            then.run();
        }
    }

    /** {@code session} has something to send: it leaves when the present turn or wait is over. */
    @SuppressWarnings("ReferenceEquality") // a session is itself alone
    void flushLater(Session session) {
        if (session != current && session.output().markUnflushed()) {
            unflushed.add(session);
            requestPass();
        }
    }

    /** {@code session} has had its share of this turn; the rest comes after the others. */
    void finishLater(Session session) {
        unfinished.add(session);
        requestPass();
    }

    void announceLater(Session session) {
        ended.add(session);
        if (!inTurn) {
            requestPass();
        }
    }

    private void requestPass() {
        if (!pass.isPending()) {
            proactor.post(pass);
        }
    }

    private void passed(Overlapped o) {
        if (proactor.isClosed()) {
            return;
        }
        enter(null);
        try {
            for (int left = unfinished.size(); left > 0; left--) {
                Session session = unfinished.remove();
                current = session;
                session.finish();
                current = null;
                session.output().flush();
            }
            for (Session s = unflushed.poll(); s != null; s = unflushed.poll()) {
                s.output().flush();
            }
        } finally {
            leave();
        }
    }

    // ---- sessions and their deadlines

    void add(Session session) {
        sessions.add(session);
        if (!tick.isPending()) {
            proactor.timer(tick, TICK);
        }
    }

    void remove(Session session) {
        sessions.remove(session);
        wheel.remove(session);
    }

    /** Calls {@code then} at the end of the turn in which the last session is gone. */
    void whenEmpty(Runnable then) {
        whenEmpty = then;
    }

    void schedule(Session session, long atNanos) {
        wheel.schedule(session, atNanos);
    }

    /**
     * The buffer pool is empty. If that is because some do not read, the worst of them goes with
     * the next tick, and its buffers with it, before all others suffer.
     */
    void shedLater() {
        shedding = true;
    }

    private void shed(long nowNanos) {
        shedding = false;
        Session worst = null;
        long longestNanos = SHED_NANOS;
        for (Session session : sessions) {
            long nanos = session.isOpen() ? session.output().sendingNanos(nowNanos) : 0;
            if (nanos > longestNanos) {
                longestNanos = nanos;
                worst = session;
            }
        }
        if (worst != null) {
            worst.end(CloseReason.OVERLOADED, "the buffer pool is empty and it does not read");
        }
    }

    private void ticked(Overlapped o) {
        if (proactor.isClosed()) {
            return;
        }
        // Not armed again by a proactor that closes: it completes such a timer at once.
        if (o.status() == Status.OK && !sessions.isEmpty()) {
            proactor.timer(o, TICK);
        }
        enter(null);
        try {
            long now = now();
            wheel.turn(now, (entry, nowNanos) -> ((Session) entry).due(nowNanos));
            if (shedding) {
                shed(now);
            }
        } finally {
            leave();
        }
    }

    // ---- callbacks, each guarded

    void opened(Session session) {
        try {
            handler.opened(session);
        } catch (Throwable e) {
            failed(session, e);
        }
    }

    void received(Session session, MemorySegment frame) {
        try {
            handler.received(session, frame);
        } catch (Throwable e) {
            failed(session, e);
        }
    }

    void writable(Session session) {
        try {
            handler.writable(session);
        } catch (Throwable e) {
            failed(session, e);
        }
    }

    void quiet(Session session) {
        try {
            handler.quiet(session);
        } catch (Throwable e) {
            failed(session, e);
        }
    }

    void closing(Session session, CloseReason reason, String detail) {
        try {
            handler.closing(session, reason, detail);
        } catch (Throwable e) {
            failed(session, e);
        }
    }

    void closed(Session session, CloseReason reason, String detail) {
        try {
            handler.closed(session, reason, detail);
        } catch (Throwable e) {
            failed(session, e);
        }
    }

    @Nullable MemorySegment refusal(CloseReason reason) {
        try {
            return handler.refusal(reason);
        } catch (Throwable e) {
            counters.add(Counters.Count.HANDLER_FAILURES, 1);
            log(ERROR, "refusal", "the handler failed on " + reason, e);
            return null;
        }
    }

    /** What the program brought along has thrown: its session ends, and nothing else. */
    void failed(Session session, Throwable thrown) {
        counters.add(Counters.Count.HANDLER_FAILURES, 1);
        log(ERROR, "handler", "the handler failed in " + session, thrown);
        session.end(CloseReason.HANDLER_FAILED, thrown.toString());
    }
}
