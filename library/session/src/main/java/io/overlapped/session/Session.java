package io.overlapped.session;

import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpStream;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks in frames, on either side: what arrives is cut into frames, and what is
 * sent waits in a bounded outbox. One that is idle holds no buffer.
 *
 * <p>What is sent is collected, and leaves by itself: what a session sends while it handles its own
 * frame leaves when its turn is over; what is sent to it from elsewhere (a broadcast, a tick) when
 * the proactor has delivered all that was ready. {@link #flush} makes it leave at once. So a tick
 * that sends a hundred small frames costs one send for each session.
 *
 * <p>Threads: the proactor's own, which calls the {@link SessionHandler} too. {@link
 * SessionServer#execute} brings work there.
 */
public final class Session extends Wheel.Entry {
    /** Where a session is in its life; it only moves down this list. */
    enum Phase {
        CONNECTING,
        OPEN,
        /** The end is decided; the handler has not been told yet. */
        ENDED,
        /** The handler is being told, and may send its last. */
        FAREWELL,
        /** What was accepted is being sent. */
        FLUSHING,
        /** All was sent; the peer reads it and ends its side. */
        DRAINING,
        /** The stream is closing. */
        CLOSING,
        GONE
    }

    private final SessionLoop loop;
    private final Framing framing;
    private final long id;
    private final InetSocketAddress remoteAddress;
    private final @Nullable Runnable whenGone;
    private final long begunNanos;

    private Phase phase = Phase.CONNECTING;
    private @Nullable TcpStream stream;
    private @Nullable Overlapped connect;
    private @Nullable Intake intake;
    private @Nullable Ending ending;
    private @Nullable CloseReason reason;
    private String detail = "";

    private @Nullable Outbox outbox;
    private @Nullable Overlapped send;
    private long sendNanos;
    private boolean unflushed;
    private boolean writableWanted;

    private boolean authenticated;
    private boolean told;
    private @Nullable Object attachment;
    private @Nullable List<Group> groups;

    Session(
            SessionLoop loop,
            Framing framing,
            InetSocketAddress remoteAddress,
            @Nullable Runnable whenGone) {
        this.loop = loop;
        this.framing = framing;
        this.remoteAddress = remoteAddress;
        this.whenGone = whenGone;
        id = loop.nextId();
        begunNanos = loop.now();
    }

    /** A number that no other session of the same server or client has; counted from 1. */
    public long id() {
        return id;
    }

    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    public Framing framing() {
        return framing;
    }

    public Proactor proactor() {
        return loop.proactor();
    }

    /** Hangs an object of the program's on the session, in place of the one before. */
    public void attach(@Nullable Object object) {
        attachment = object;
    }

    public @Nullable Object attachment() {
        return attachment;
    }

    /** Whether frames come and what is sent is taken. */
    public boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /** The peer has shown who it is, or need not: the login deadline and its limits are lifted. */
    public void authenticated() {
        authenticated = true;
    }

    public boolean isAuthenticated() {
        return authenticated;
    }

    /**
     * Takes a copy of {@code payload} and sends it in a frame, all of it or nothing.
     *
     * @throws IllegalArgumentException if it is longer than a frame can carry, or than the outbox
     *     can ever hold
     */
    public Offer send(MemorySegment payload) {
        loop.requireThread();
        int payloadBytes = Framings.requirePayload(framing, payload.byteSize());
        requireFits((long) payloadBytes + framing.headerBytes() + framing.trailerBytes());
        if (!takesOutput()) {
            return Offer.CLOSED;
        }
        return answer(outbox().offer(framing, payload), payloadBytes);
    }

    /**
     * Takes a copy of whole frames and sends them as they are, all of them or nothing.
     *
     * @throws IllegalArgumentException if they are longer than the outbox can ever hold
     */
    public Offer sendFrames(MemorySegment frames) {
        loop.requireThread();
        requireFits(frames.byteSize());
        if (!takesOutput()) {
            return Offer.CLOSED;
        }
        if (frames.byteSize() == 0) {
            return Offer.ACCEPTED;
        }
        return answer(outbox().offer(frames), frames.byteSize());
    }

    /** Starts to send now what was accepted, unless some is on its way already. */
    public void flush() {
        loop.requireThread();
        flushNow();
    }

    /** Bytes that were accepted and have not been taken over by the system yet. */
    public int outboxBytes() {
        return outbox == null ? 0 : outbox.bytes();
    }

    /** Asks for one {@link SessionHandler#writable}, as soon as half of the outbox is free. */
    public void requestWritable() {
        loop.requireThread();
        writableWanted = true;
        loop.schedule(this, loop.now());
    }

    /** Delivers no more frames until {@link #resumeReceiving}; the peer's then wait on its side. */
    public void pauseReceiving() {
        loop.requireThread();
        if (intake != null) {
            intake.pause();
        }
    }

    public void resumeReceiving() {
        loop.requireThread();
        if (intake != null) {
            intake.resume();
        }
    }

    /** Ends the session with {@link CloseReason#CLOSED_BY_US}; what was accepted is still sent. */
    public void close() {
        close(CloseReason.CLOSED_BY_US, "");
    }

    /** Ends the session for this reason. Does nothing if it has ended before. */
    public void close(CloseReason why, String more) {
        loop.requireThread();
        end(why, more);
    }

    @Override
    public String toString() {
        return "session " + id + " with " + remoteAddress + " " + phase;
    }

    // ---- its beginning

    /** On a stream that was accepted. */
    void begin(TcpStream accepted) {
        stream = accepted;
        loop.add(this);
        open();
    }

    /** On one that is to be connected first. */
    void connect() {
        loop.add(this);
        if (phase == Phase.CONNECTING) {
            connect = new Overlapped(this::connected);
            Overlapped _ = loop.proactor().connect(connect, remoteAddress);
            loop.schedule(this, begunNanos + loop.limits().login().deadline().toNanos());
        }
    }

    /** On a stream whose peer is only told why it is turned away. */
    void turnAway(TcpStream accepted, MemorySegment farewell) {
        stream = accepted;
        intake = new Intake(this, loop, accepted);
        loop.add(this);
        loop.counters().add(Counters.Count.ENDING, 1);
        boolean _ = outbox().offer(farewell);
        startEnding(true);
    }

    private void connected(Overlapped o) {
        loop.enter(this);
        try {
            connect = null;
            if (o.status() == Status.OK) {
                stream = o.stream();
            }
            if (phase == Phase.ENDED) {
                // Its end begins when the handler has been told.
                return;
            } else if (phase != Phase.CONNECTING) {
                startEnding(false);
            } else if (stream != null) {
                authenticated = true;
                open();
            } else {
                end(CloseReason.CONNECT_FAILED, remoteAddress + ": " + o.status());
            }
        } finally {
            loop.leave();
        }
    }

    private void open() {
        phase = Phase.OPEN;
        told = true;
        loop.counters().add(Counters.Count.OPEN, 1);
        intake = new Intake(this, loop, Objects.requireNonNull(stream));
        loop.opened(this);
        // The handler may have ended or paused it already; then this starts nothing.
        intake.start();
        loop.schedule(this, nextDeadline(loop.now()));
    }

    // ---- its output

    void flushNow() {
        unflushed = false;
        TcpStream to = stream;
        Outbox from = outbox;
        if (to == null
                || from == null
                || phase == Phase.ENDED
                || phase.compareTo(Phase.FLUSHING) > 0) {
            return;
        }
        if (send == null) {
            send = new Overlapped(this::sent);
        }
        if (from.flush(to, send)) {
            sendNanos = loop.now();
            loop.schedule(this, sendNanos + loop.limits().output().progressDeadline().toNanos());
        }
    }

    /** Whether it was not marked before. */
    boolean markUnflushed() {
        boolean was = unflushed;
        unflushed = true;
        return !was;
    }

    boolean isOutboxEmpty() {
        return outbox == null || outbox.isEmpty();
    }

    private void sent(Overlapped o) {
        loop.enter(this);
        try {
            Objects.requireNonNull(outbox).sent();
            if (o.status() == Status.OK) {
                loop.counters().add(Counters.Count.BYTES_OUT, o.bytes());
                flushNow();
                tellWritable();
            } else {
                end(reasonOf(o.status()), "send: " + o.status());
            }
            if (ending != null) {
                ending.sent(o.status() == Status.OK);
            }
        } finally {
            loop.leave();
        }
    }

    private Outbox outbox() {
        if (outbox == null) {
            outbox = new Outbox(loop.proactor().buffers(), loop.limits().output().bytesMax());
        }
        return outbox;
    }

    private boolean takesOutput() {
        return phase == Phase.OPEN || phase == Phase.CONNECTING || phase == Phase.FAREWELL;
    }

    private Offer answer(boolean accepted, long bytes) {
        Counters counters = loop.counters();
        if (accepted) {
            counters.add(Counters.Count.SENDS, 1);
            loop.flushLater(this);
            return Offer.ACCEPTED;
        }
        counters.add(Counters.Count.OFFERS_FULL, 1);
        if (hasRoom(bytes)) {
            counters.add(Counters.Count.POOL_EMPTY, 1);
            loop.shedLater();
        }
        writableWanted = true;
        if (phase == Phase.OPEN) {
            loop.flushLater(this);
            loop.schedule(this, loop.now());
        }
        return Offer.FULL;
    }

    /** Whether the outbox's bounds allow so many more bytes; the pool may still be empty. */
    boolean hasRoom(long bytes) {
        return outbox == null || outbox.hasRoom(bytes);
    }

    private void tellWritable() {
        int half = loop.limits().output().bytesMax() / 2;
        if (writableWanted && phase == Phase.OPEN && outboxBytes() <= half) {
            writableWanted = false;
            loop.writable(this);
        }
    }

    private void requireFits(long bytes) {
        int most =
                Outbox.offerBytesMax(loop.proactor().buffers(), loop.limits().output().bytesMax());
        if (bytes > most) {
            throw new IllegalArgumentException(
                    bytes
                            + " bytes can never be sent at once: the outbox holds "
                            + most
                            + "; raise Limits.Output.bytesMax or the pool's buffer size");
        }
    }

    // ---- its deadlines

    /** A deadline may have come. */
    void due(long nowNanos) {
        if (phase == Phase.CONNECTING) {
            long deadlineNanos = begunNanos + loop.limits().login().deadline().toNanos();
            if (nowNanos - deadlineNanos < 0) {
                loop.schedule(this, deadlineNanos);
            } else {
                end(CloseReason.CONNECT_FAILED, remoteAddress + ": no answer in time");
            }
        } else if (phase == Phase.OPEN) {
            checkOpen(nowNanos);
        } else if (ending != null) {
            ending.due(nowNanos);
        }
    }

    private void checkOpen(long nowNanos) {
        Limits limits = loop.limits();
        Intake in = Objects.requireNonNull(intake);
        if (!authenticated && nowNanos - begunNanos >= limits.login().deadline().toNanos()) {
            end(CloseReason.LOGIN_TIMEOUT, "no login within " + limits.login().deadline());
        } else if (isSending() && nowNanos - sendNanos >= progressNanos()) {
            end(
                    CloseReason.SLOW_CONSUMER,
                    outboxBytes() + " bytes wait, none of a send was taken in time");
        } else {
            in.due(nowNanos);
        }
        if (phase == Phase.OPEN) {
            tellWritable();
        }
        if (phase == Phase.OPEN) {
            flushNow();
            loop.schedule(this, nextDeadline(nowNanos));
        }
    }

    private long nextDeadline(long nowNanos) {
        if (intake == null) {
            return nowNanos;
        }
        long next = intake.nextDeadline(nowNanos);
        if (!authenticated) {
            long login = begunNanos + loop.limits().login().deadline().toNanos();
            next = next - login < 0 ? next : login;
        }
        if (isSending()) {
            long progress = sendNanos + progressNanos();
            next = next - progress < 0 ? next : progress;
        }
        if (writableWanted && !isSending()) {
            next = nowNanos;
        }
        return next;
    }

    /** How long its send has been under way; 0 if there is none. */
    long sendingNanos(long nowNanos) {
        return isOpen() && isSending() ? nowNanos - sendNanos : 0;
    }

    private boolean isSending() {
        return outbox != null && outbox.isLeaving();
    }

    private long progressNanos() {
        return loop.limits().output().progressDeadline().toNanos();
    }

    // ---- its end

    /** Decides that it ends; the handler is told when the present turn is over. */
    void end(CloseReason why, String more) {
        if (phase.compareTo(Phase.OPEN) > 0) {
            return;
        }
        if (phase == Phase.OPEN) {
            loop.counters().add(Counters.Count.OPEN, -1);
        }
        loop.counters().add(Counters.Count.ENDING, 1);
        loop.counters().closed(why);
        phase = Phase.ENDED;
        reason = why;
        detail = more;
        loop.announceLater(this);
    }

    void announceEnd() {
        CloseReason why = Objects.requireNonNull(reason);
        if (why.isFault()) {
            String line = "closed " + remoteAddress + ": " + why + " " + detail;
            loop.log(System.Logger.Level.INFO, why.name(), line, null);
        }
        if (intake != null) {
            intake.release();
        }
        if (groups != null) {
            for (Group group : List.copyOf(groups)) {
                boolean _ = group.leave(this);
            }
        }
        if (told && why.isPolite()) {
            phase = Phase.FAREWELL;
            loop.closing(this, why, detail);
        }
        phase = Phase.FLUSHING;
        loop.closed(this, why, detail);
        if (connect != null) {
            connect.cancel();
        } else {
            startEnding(why.isPolite());
        }
    }

    private void startEnding(boolean polite) {
        if (stream == null) {
            gone();
            return;
        }
        phase = Phase.FLUSHING;
        ending = new Ending(this, loop, stream, Objects.requireNonNullElseGet(intake, this::late));
        ending.start(polite);
    }

    /** For a stream that was connected after its session had ended. */
    private Intake late() {
        intake = new Intake(this, loop, Objects.requireNonNull(stream));
        return intake;
    }

    @Nullable Ending ending() {
        return ending;
    }

    Phase phase() {
        return phase;
    }

    void phase(Phase next) {
        phase = next;
    }

    /** The stream is closed and nothing is in flight any more. */
    void gone() {
        phase = Phase.GONE;
        if (outbox != null) {
            outbox.release();
        }
        if (intake != null) {
            intake.release();
        }
        loop.counters().add(Counters.Count.ENDING, -1);
        loop.remove(this);
        if (whenGone != null) {
            whenGone.run();
        }
    }

    /** What an operation's failure says of the session, if it did not end before. */
    static CloseReason reasonOf(Status status) {
        return switch (status) {
            // Nobody here closes the stream of an open session: its proactor does.
            case CANCELED, CLOSED -> CloseReason.SERVER_CLOSING;
            case OVERLOADED, MEMORY_EXHAUSTED -> CloseReason.OVERLOADED;
            default -> CloseReason.PEER_RESET;
        };
    }

    /** The rest of a turn that was interrupted. */
    void finish() {
        if (intake != null && phase == Phase.OPEN) {
            intake.work(loop.now());
        }
    }

    void joined(Group group) {
        if (groups == null) {
            groups = new ArrayList<>(1);
        }
        groups.add(group);
    }

    void left(Group group) {
        if (groups != null) {
            groups.remove(group);
        }
    }
}
