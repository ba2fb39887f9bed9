package io.overlapped.session;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.Status;
import io.overlapped.TcpStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The incoming side of a session: one receive in flight, cut into frames, held to the limits. The
 * driver chooses the buffer when there is data, so that one that waits holds none.
 *
 * <p>Threads: the proactor's.
 */
final class Intake {
    private final Session session;
    private final SessionLoop loop;
    private final TcpStream stream;
    private final Overlapped receive = new Overlapped(this::received);
    private final Reassembly reassembly;
    private final RateGate gate;

    private @Nullable IoBuffer chunk;
    private boolean paused;
    private boolean throttled;
    private boolean queued;
    private boolean inputEnded;

    private boolean partial;
    private long partialNanos;
    private long heardNanos;
    private long quietNanos;
    private long loginBytes;
    private int loginFrames;

    Intake(Session session, SessionLoop loop, TcpStream stream) {
        this.session = session;
        this.loop = loop;
        this.stream = stream;
        reassembly = new Reassembly(session.framing());
        long now = loop.now();
        gate = new RateGate(loop.limits().input(), now);
        heardNanos = now;
        quietNanos = now;
    }

    /** Receives, if nothing is being received. */
    void start() {
        if (!receive.isPending() && !paused) {
            Overlapped _ = stream.receive(receive);
        }
    }

    /** Receives to throw away, whether it was paused or not. */
    void drainOn() {
        paused = false;
        start();
    }

    void pause() {
        paused = true;
        heardNanos = loop.now();
    }

    void resume() {
        if (paused) {
            paused = false;
            long now = loop.now();
            heardNanos = now;
            quietNanos = now;
            partialNanos = now;
            if (!queued && !throttled) {
                queued = true;
                loop.finishLater(session);
            }
        }
    }

    /** Gives back what it holds. */
    void release() {
        reassembly.clear();
        closeChunk();
    }

    private void received(Overlapped o) {
        loop.enter(session);
        try {
            if (o.bytes() == 0) {
                ended(o.status());
            } else {
                arrived(o.buffer(), o.bytes());
            }
        } finally {
            loop.leave();
        }
    }

    private void ended(Status status) {
        if (status == Status.OK) {
            session.end(CloseReason.PEER_CLOSED, partial ? "in the middle of a frame" : "");
        } else {
            session.end(CloseReason.of(status), "receive: " + status);
        }
        inputEnded = true;
        Ending ending = session.ending();
        if (ending != null) {
            ending.inputEnded(status == Status.OK);
        }
    }

    /** Whether nothing more will come. */
    boolean isEnded() {
        return inputEnded;
    }

    private void arrived(IoBuffer buffer, int bytes) {
        loop.counters().add(Counters.Count.BYTES_IN, bytes);
        if (session.isOpen()) {
            long now = loop.now();
            heardNanos = now;
            quietNanos = now;
            chunk = buffer;
            reassembly.feed(buffer.bytes());
            work(now);
        } else {
            buffer.close();
            Ending ending = session.ending();
            if (ending != null) {
                ending.drained(bytes);
            } else {
                start();
            }
        }
    }

    /** Delivers the frames that are there, as far as limits and fairness let it. */
    void work(long nowNanos) {
        queued = false;
        Limits.Turn turn = loop.limits().turn();
        int frames = 0;
        int bytes = 0;
        while (session.isOpen() && !paused && !throttled) {
            if (reassembly.hasInput()) {
                if (!gate.isOpen(nowNanos)) {
                    throttle(nowNanos);
                    return;
                }
                if (frames >= turn.framesMax() || bytes >= turn.bytesMax()) {
                    queued = true;
                    loop.finishLater(session);
                    return;
                }
            }
            int length = next();
            if (length <= 0) {
                noFrame(length, nowNanos);
                return;
            }
            frames++;
            bytes += length;
            deliver(length);
        }
        if (session.isOpen()) {
            detach();
        } else {
            release();
        }
    }

    private int next() {
        try {
            return reassembly.next();
        } catch (RuntimeException e) {
            // A framing of the program's; ours do not throw.
            loop.failed(session, e);
            return Framing.MALFORMED;
        }
    }

    private void deliver(int length) {
        partial = false;
        gate.charge(length);
        loop.counters().add(Counters.Count.FRAMES_IN, 1);
        if (!session.isAuthenticated()) {
            Limits.Login login = loop.limits().login();
            loginBytes += length;
            if (++loginFrames > login.framesMax() || loginBytes > login.bytesMax()) {
                session.end(
                        CloseReason.FLOOD,
                        loginFrames + " frames, " + loginBytes + " bytes without a login");
                return;
            }
        }
        loop.received(session, reassembly.frame());
    }

    private void noFrame(int length, long nowNanos) {
        closeChunk();
        if (length < 0) {
            reassembly.clear();
            session.end(
                    length == Framing.TOO_LONG ? CloseReason.OVERSIZE : CloseReason.PROTOCOL_ERROR,
                    Framing.errorName(length));
            return;
        }
        if (reassembly.partialBytes() > 0 && !partial) {
            partial = true;
            partialNanos = nowNanos;
            loop.schedule(session, nowNanos + frameDeadlineNanos());
        }
        start();
    }

    private void throttle(long nowNanos) {
        if (gate.strike(nowNanos)) {
            Limits.Input limits = loop.limits().input();
            release();
            session.end(
                    CloseReason.FLOOD,
                    "more than "
                            + limits.framesPerSecond()
                            + " frames or "
                            + limits.bytesPerSecond()
                            + " bytes a second");
            return;
        }
        loop.counters().add(Counters.Count.THROTTLED, 1);
        throttled = true;
        detach();
        loop.schedule(session, nowNanos);
    }

    private void detach() {
        reassembly.detach();
        closeChunk();
    }

    private void closeChunk() {
        if (chunk != null) {
            chunk.close();
            chunk = null;
        }
    }

    // ---- deadlines

    void due(long nowNanos) {
        if (!session.isAuthenticated() && nowNanos - session.loginNanos() >= 0) {
            session.end(
                    CloseReason.LOGIN_TIMEOUT,
                    "no login within " + loop.limits().login().deadline());
        } else if (throttled) {
            throttled = false;
            heardNanos = nowNanos;
            partialNanos = nowNanos;
            if (!queued) {
                work(nowNanos);
            }
        } else if (paused) {
            checkPause(nowNanos);
        } else if (!queued) {
            checkSilence(nowNanos);
        }
    }

    /** A pause that nobody ends would keep the session for ever: nothing is heard meanwhile. */
    private void checkPause(long nowNanos) {
        Duration idle = loop.limits().silence().idle();
        if (nowNanos - heardNanos >= idle.toNanos()) {
            session.end(CloseReason.IDLE, "receiving was paused for " + idle);
        }
    }

    private void checkSilence(long nowNanos) {
        Limits.Silence silence = loop.limits().silence();
        if (partial && nowNanos - partialNanos >= frameDeadlineNanos()) {
            session.end(
                    CloseReason.FRAME_TIMEOUT,
                    "a frame was not complete within " + loop.limits().input().frameDeadline());
        } else if (nowNanos - heardNanos >= silence.idle().toNanos()) {
            session.end(CloseReason.IDLE, "nothing came for " + silence.idle());
        } else if (nowNanos - quietNanos >= silence.ping().toNanos()) {
            quietNanos = nowNanos;
            loop.quiet(session);
        }
    }

    long nextDeadline(long nowNanos) {
        long next = nextCheck(nowNanos);
        return session.isAuthenticated() ? next : nearer(next, session.loginNanos());
    }

    private long nextCheck(long nowNanos) {
        if (throttled) {
            return nowNanos;
        }
        Limits.Silence silence = loop.limits().silence();
        long next = heardNanos + silence.idle().toNanos();
        if (paused) {
            return next;
        }
        next = nearer(next, quietNanos + silence.ping().toNanos());
        return partial ? nearer(next, partialNanos + frameDeadlineNanos()) : next;
    }

    private static long nearer(long nanos, long otherNanos) {
        return nanos - otherNanos < 0 ? nanos : otherNanos;
    }

    private long frameDeadlineNanos() {
        return loop.limits().input().frameDeadline().toNanos();
    }
}
