package io.overlapped.session;

import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpStream;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
    private final SessionLoop loop;
    private final Framing framing;
    private final long id;
    private final InetSocketAddress remoteAddress;
    private @Nullable InetAddress toldAddress;
    private final Place place;
    private final long begunNanos;

    private Phase phase = Phase.CONNECTING;
    private @Nullable TcpStream stream;
    private @Nullable Overlapped connect;
    private @Nullable Intake intake;
    private @Nullable Ending ending;
    private @Nullable CloseReason reason;
    private String detail = "";

    private final Output output;
    private boolean authenticated;
    private @Nullable Object attachment;
    private final Memberships groups = new Memberships();

    Session(SessionLoop loop, Framing framing, InetSocketAddress remoteAddress, Place place) {
        this.loop = loop;
        this.framing = framing;
        this.remoteAddress = remoteAddress;
        this.place = place;
        id = loop.nextId();
        begunNanos = loop.now();
        output = new Output(this, loop);
    }

    /** A number that no other session of the same server or client has; counted from 1. */
    public long id() {
        return id;
    }

    /** The other end of the connection: the peer, or a hop that speaks for it. */
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    /** Whose it is: what {@link #countAs} was told, or the other end of the connection. */
    public InetAddress peerAddress() {
        return toldAddress == null ? remoteAddress.getAddress() : toldAddress;
    }

    /**
     * Counts it among those of {@code address}, which a hop of ours has told. If the other end is
     * none of {@link Limits.Admission#hops}, it ends with {@link CloseReason#NOT_A_HOP}; if the
     * address has as many as it may have, with {@link CloseReason#TOO_MANY_FROM_ADDRESS}.
     *
     * @return whether it goes on
     */
    public boolean countAs(InetAddress address) {
        loop.requireThread();
        if (isOpen()) {
            place.move(address, this);
        }
        toldAddress = isOpen() ? address : toldAddress;
        return isOpen();
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
     * @throws IllegalArgumentException if no frame can carry it, or the outbox can never hold it
     */
    public Offer send(MemorySegment payload) {
        loop.requireThread();
        framing.requirePayload(payload);
        int payloadBytes = (int) payload.byteSize();
        output.requireFits(
                (long) framing.headerBytes(payloadBytes) + payloadBytes + framing.trailerBytes());
        return takesOutput() ? output.offer(framing, payload) : Offer.CLOSED;
    }

    /**
     * Takes a copy of whole frames and sends them as they are, all of them or nothing.
     *
     * @throws IllegalArgumentException if they are longer than the outbox can ever hold
     */
    public Offer sendFrames(MemorySegment frames) {
        loop.requireThread();
        output.requireFits(frames.byteSize());
        return takesOutput() ? output.offer(frames) : Offer.CLOSED;
    }

    /** Starts to send now what was accepted, unless some is on its way already. */
    public void flush() {
        loop.requireThread();
        output.flush();
    }

    /** Bytes that were accepted and have not been taken over by the system yet. */
    public int outboxBytes() {
        return output.bytes();
    }

    /** Asks for one {@link SessionHandler#writable}, as soon as half of the outbox is free. */
    public void requestWritable() {
        loop.requireThread();
        output.requestWritable();
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
        return "session " + id + " with " + peerText() + " " + phase;
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
            loop.schedule(this, loginNanos());
        }
    }

    /** On a stream whose peer is only told why it is turned away. */
    void turnAway(TcpStream accepted, MemorySegment farewell) {
        stream = accepted;
        intake = new Intake(this, loop, accepted);
        loop.add(this);
        loop.counters().add(Counters.Count.ENDING, 1);
        output.put(farewell);
        startEnding(true);
    }

    private void connected(Overlapped o) {
        loop.enter(this);
        try {
            connect = null;
            if (o.status() == Status.OK) {
                stream = o.stream();
            }
            if (phase.compareTo(Phase.ENDED) > 0) {
                startEnding(false);
            } else if (stream == null) {
                end(CloseReason.CONNECT_FAILED, remoteAddress + ": " + o.status());
            } else if (phase == Phase.CONNECTING) {
                authenticated = true;
                open();
            }
        } finally {
            loop.leave();
        }
    }

    private void open() {
        phase = Phase.OPEN;
        loop.counters().add(Counters.Count.OPEN, 1);
        intake = new Intake(this, loop, Objects.requireNonNull(stream));
        loop.opened(this);
        // The handler may have ended or paused it already; then this starts nothing.
        intake.start();
        loop.schedule(this, nextDeadline(loop.now()));
    }

    // ---- its output

    Output output() {
        return output;
    }

    /** Where it sends to now; null before it is connected, between the phases, and at its end. */
    @Nullable TcpStream sendingStream() {
        return phase == Phase.ENDED || phase.compareTo(Phase.FLUSHING) > 0 ? null : stream;
    }

    private boolean takesOutput() {
        return phase == Phase.OPEN || phase == Phase.CONNECTING || phase == Phase.FAREWELL;
    }

    // ---- its deadlines

    /** A deadline may have come. */
    void due(long nowNanos) {
        if (phase == Phase.CONNECTING) {
            if (nowNanos - loginNanos() < 0) {
                loop.schedule(this, loginNanos());
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
        if (intake != null) {
            intake.due(nowNanos);
        }
        if (phase == Phase.OPEN) {
            output.due(nowNanos);
        }
        if (phase == Phase.OPEN) {
            loop.schedule(this, nextDeadline(nowNanos));
        }
    }

    private long nextDeadline(long nowNanos) {
        return intake == null
                ? nowNanos
                : output.nextDeadline(nowNanos, intake.nextDeadline(nowNanos));
    }

    /** When it has to be connected, and authenticated. */
    long loginNanos() {
        return begunNanos + loop.limits().login().deadline().toNanos();
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
            String line = "closed " + peerText() + ": " + why + " " + detail;
            loop.log(System.Logger.Level.INFO, why.name(), line, null);
        }
        if (intake != null) {
            intake.release();
        }
        groups.leaveAll(this);
        if (intake != null && why.isPolite()) {
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
        if (intake == null) {
            // It was connected after its session had ended.
            intake = new Intake(this, loop, stream);
        }
        ending = new Ending(this, loop, stream, intake);
        ending.start(polite);
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
        output.release();
        if (intake != null) {
            intake.release();
        }
        loop.counters().add(Counters.Count.ENDING, -1);
        loop.remove(this);
        place.free();
    }

    /** The rest of a turn that was interrupted. */
    void finish() {
        if (intake != null && phase == Phase.OPEN) {
            intake.work(loop.now());
        }
    }

    Memberships groups() {
        return groups;
    }

    private String peerText() {
        return toldAddress == null ? "" + remoteAddress : toldAddress + " by " + remoteAddress;
    }
}
