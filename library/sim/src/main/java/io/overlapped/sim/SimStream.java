package io.overlapped.sim;

import io.overlapped.StreamOption;
import io.overlapped.sim.SingleFault.Kind;
import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import io.overlapped.spi.IoVector;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One end of a connection, or of one that is to be. */
final class SimStream extends SimSocket {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private @Nullable SimDriver driver;
    private @Nullable Pipe in;
    private @Nullable Pipe out;
    private int failure;
    private boolean failureTold;
    private boolean gone;

    private long connectToken = NONE;
    private @Nullable Connect connect;

    private long receiveToken = NONE;
    private boolean choosing;
    private boolean starved;
    private final IoVector receivePieces = new IoVector();
    private final Step receiving = new Step(Event.Type.RECEIVE, this::receiveStep);

    private long sendToken = NONE;
    private boolean blocked;
    private int sent;
    private final IoVector sendPieces = new IoVector();
    private final Step sending = new Step(Event.Type.SEND, this::sendStep);

    /** An end that is to connect, or one that has arrived at a listener and has no driver yet. */
    SimStream(
            Host host,
            @Nullable SimDriver driver,
            InetSocketAddress local,
            InetSocketAddress remote) {
        super(host);
        this.driver = driver;
        this.local = local;
        this.remote = remote;
    }

    /** Makes one connection of two ends. */
    static void join(SimStream one, SimStream other) {
        Pipe there = new Pipe(one.world(), one, other);
        Pipe back = new Pipe(one.world(), other, one);
        one.out = there;
        one.in = back;
        other.out = back;
        other.in = there;
    }

    void accepted(SimDriver by) {
        driver = by;
    }

    @Override
    InetSocketAddress localAddress() {
        return local;
    }

    @Override
    @Nullable InetSocketAddress remoteAddress() {
        return in == null ? null : remote;
    }

    InetSocketAddress peerAddress() {
        return remote;
    }

    /** Whether its program has closed it. */
    boolean isGone() {
        return gone;
    }

    int windowBytes() {
        return get(StreamOption.SEND_BUFFER_BYTES);
    }

    long userTimeoutNanos() {
        return get(StreamOption.USER_TIMEOUT_MILLIS) * NANOS_PER_MILLI;
    }

    // ---- operations

    void connect(long token) {
        SimDriver by = driver();
        by.require(isIdle() && in == null, "a connect on a stream that is in use");
        connectToken = token;
        connect = new Connect(this);
        connect.begin();
    }

    void receive(long token, @Nullable IoVector pieces) {
        SimDriver by = driver();
        by.require(receiveToken == NONE, "a second receive on a stream");
        receiveToken = token;
        choosing = pieces == null;
        if (pieces != null) {
            copy(pieces, receivePieces);
        }
        if (hasNews()) {
            world().schedule(receiving, world().nanoTime() + by.delayNanos());
        }
    }

    void send(long token, IoVector pieces) {
        SimDriver by = driver();
        by.require(sendToken == NONE, "a second send on a stream");
        sendToken = token;
        sent = 0;
        blocked = false;
        copy(pieces, sendPieces);
        world().schedule(sending, world().nanoTime() + by.delayNanos());
    }

    int shutdownOutput() {
        if (failure != 0 || out == null) {
            return -Errno.ENOTCONN;
        }
        out.end();
        return 0;
    }

    @Override
    boolean has(long token) {
        return receiveToken == token || sendToken == token || connectToken == token;
    }

    @Override
    boolean isIdle() {
        return receiveToken == NONE && sendToken == NONE && connectToken == NONE;
    }

    @Override
    void cancel(long token) {
        if (token == receiveToken) {
            receiveEnds(-Errno.ECANCELED, Driver.NO_FLAGS);
        } else if (token == connectToken) {
            connectEnds(-Errno.ECANCELED);
        } else if (sent > 0 && world().below(2) == 0) {
            sendEnds(-Errno.ECANCELED, Driver.CUT);
        } else {
            sendEnds(sent > 0 ? sent : -Errno.ECANCELED, Driver.NO_FLAGS);
        }
    }

    @Override
    void close(boolean abortive) {
        gone = true;
        world().unschedule(receiving);
        world().unschedule(sending);
        if (connect != null) {
            world().unschedule(connect);
        }
        Pipe outgoing = out;
        if (outgoing == null || in == null || failure != 0) {
            return;
        }
        if (abortive || in.readable() > 0 || get(StreamOption.LINGER_SECONDS) == 0) {
            outgoing.drop();
            world().resetLater(peer(), this, Errno.ECONNRESET);
        } else {
            outgoing.end();
        }
    }

    /** Its machine is no more: nothing is said to anybody. */
    void vanish() {
        gone = true;
        world().unschedule(receiving);
        world().unschedule(sending);
        if (out != null) {
            out.drop();
        }
    }

    // ---- what happens to it

    void connected() {
        connectEnds(0);
    }

    void connectFailed(int errno) {
        connectEnds(-errno);
    }

    /** Bytes have arrived, or the end. */
    void arrived() {
        if (receiveToken != NONE && !receiving.isScheduled() && hasNews()) {
            receiveStep();
        }
    }

    /** The peer has read some. */
    void windowOpened() {
        if (blocked && !sending.isScheduled()) {
            long latency = world().network().latencyNanos(peer().host(), host());
            world().schedule(sending, world().nanoTime() + latency);
        }
    }

    /** A buffer was provided. */
    void fed() {
        starved = false;
        arrived();
    }

    boolean isStarved() {
        return starved && receiveToken != NONE;
    }

    /** The connection is broken. */
    void fail(int errno) {
        if (failure != 0 || gone) {
            return;
        }
        // As in Linux: to a stream whose input has ended a reset is no more than a broken pipe.
        boolean inputEnded = in != null && in.hasEndArrived();
        failure = errno == Errno.ECONNRESET && inputEnded ? Errno.EPIPE : errno;
        if (out != null) {
            out.drop();
        }
        if (in != null) {
            in.drop();
        }
        if (connectToken != NONE) {
            connectEnds(-errno);
        }
        if (receiveToken != NONE && !receiving.isScheduled()) {
            receiveStep();
        }
        if (sendToken != NONE && !sending.isScheduled()) {
            sendStep();
        }
    }

    // ---- steps

    private void receiveStep() {
        if (receiveToken == NONE || !hasNews()) {
            return;
        }
        SimDriver by = driver();
        if (choosing && incoming().readable() > 0 && by.provided().isEmpty()) {
            starved = true;
            by.provided().await(this);
            return;
        }
        SingleFault single = by.opportunity();
        if (Chaos.is(single, Kind.LATE)) {
            world().schedule(receiving, world().nanoTime() + SimDriver.LATE_NANOS);
        } else if (Chaos.is(single, Kind.CANCELED)) {
            receiveEnds(-Errno.ECANCELED, Driver.NO_FLAGS);
        } else if (single != null && single.kind() == Kind.ERROR) {
            breakBoth();
            failureTold = true;
            receiveEnds(-single.errno(), Driver.NO_FLAGS);
        } else if (incoming().readable() > 0) {
            take(by, Chaos.is(single, Kind.SHORT));
        } else if (incoming().isAtEnd() || failureTold) {
            receiveEnds(0, Driver.NO_FLAGS);
        } else {
            failureTold = true;
            receiveEnds(-failure, Driver.NO_FLAGS);
        }
    }

    private void take(SimDriver by, boolean one) {
        Pipe pipe = incoming();
        int number = 0;
        if (choosing) {
            number = by.provided().take();
            receivePieces.clear();
            MemorySegment memory = by.provided().taken(number);
            receivePieces.add(memory, 0, (int) memory.byteSize());
        }
        int most = (int) Math.min(pipe.readable(), receivePieces.totalBytes());
        int bytes = by.shortened(most, Fault.SHORT_RECEIVE, one);
        int left = bytes;
        for (int i = 0; i < receivePieces.count() && left > 0; i++) {
            int share = Math.min(left, receivePieces.bytes(i));
            pipe.read(receivePieces.memory(i), receivePieces.start(i), share);
            left -= share;
        }
        receiveEnds(
                bytes, choosing ? Driver.BUFFER | number << Driver.BUFFER_SHIFT : Driver.NO_FLAGS);
    }

    private void sendStep() {
        if (sendToken == NONE) {
            return;
        }
        SimDriver by = driver();
        blocked = false;
        if (failure != 0) {
            int errno = failureTold ? Errno.EPIPE : failure;
            failureTold = true;
            sendEnds(-errno, Driver.NO_FLAGS);
            return;
        }
        Pipe pipe = outgoing();
        if (pipe.isEnded()) {
            sendEnds(-Errno.EPIPE, Driver.NO_FLAGS);
            return;
        }
        int room = pipe.room();
        if (room == 0) {
            blocked = true;
            return;
        }
        SingleFault single = by.opportunity();
        if (Chaos.is(single, Kind.LATE)) {
            world().schedule(sending, world().nanoTime() + SimDriver.LATE_NANOS);
        } else if (Chaos.is(single, Kind.CANCELED)) {
            cancel(sendToken);
        } else if (single != null && single.kind() == Kind.ERROR) {
            breakBoth();
            failureTold = true;
            sendEnds(-single.errno(), Driver.NO_FLAGS);
        } else if (by.strikes(Fault.MEMORY)) {
            breakBoth();
            failureTold = true;
            sendEnds(-Errno.ENOBUFS, Driver.NO_FLAGS);
        } else {
            give(by, pipe, room, Chaos.is(single, Kind.SHORT));
        }
    }

    private void give(SimDriver by, Pipe pipe, int room, boolean one) {
        int total = (int) sendPieces.totalBytes();
        int most = Math.min(room, total - sent);
        int bytes = by.shortened(most, Fault.SHORT_SEND, one);
        int skip = sent;
        int left = bytes;
        for (int i = 0; i < sendPieces.count() && left > 0; i++) {
            int skipped = Math.min(skip, sendPieces.bytes(i));
            skip -= skipped;
            int share = Math.min(left, sendPieces.bytes(i) - skipped);
            pipe.take(sendPieces.memory(i), (long) sendPieces.start(i) + skipped, share);
            left -= share;
        }
        sent += bytes;
        pipe.push();
        if (sent == total || bytes < most) {
            sendEnds(sent, Driver.NO_FLAGS);
        } else {
            blocked = true;
        }
    }

    private void connectEnds(int result) {
        long token = connectToken;
        if (token != NONE) {
            connectToken = NONE;
            if (connect != null) {
                world().unschedule(connect);
            }
            ended("connect", result);
            driver().complete(token, result, Driver.NO_FLAGS);
        }
    }

    private void receiveEnds(int result, int flags) {
        long token = receiveToken;
        receiveToken = NONE;
        world().unschedule(receiving);
        ended("receive", result);
        driver().complete(token, result, flags);
    }

    private void sendEnds(int result, int flags) {
        long token = sendToken;
        sendToken = NONE;
        blocked = false;
        world().unschedule(sending);
        ended("send", result);
        driver().complete(token, result, flags);
    }

    /** An error of this end's kernel that ends the connection. */
    private void breakBoth() {
        if (failure == 0) {
            failure = Errno.ECONNRESET;
            outgoing().drop();
            incoming().drop();
            world().resetLater(peer(), this, Errno.ECONNRESET);
        }
    }

    private boolean hasNews() {
        return in != null && (in.readable() > 0 || in.isAtEnd() || failure != 0);
    }

    private SimStream peer() {
        return outgoing().receiver();
    }

    private Pipe incoming() {
        return Objects.requireNonNull(in);
    }

    private Pipe outgoing() {
        return Objects.requireNonNull(out);
    }

    private SimDriver driver() {
        return Objects.requireNonNull(driver);
    }

    private static void copy(IoVector pieces, IoVector target) {
        target.clear();
        for (int i = 0; i < pieces.count(); i++) {
            target.add(pieces.memory(i), pieces.start(i), pieces.bytes(i));
        }
    }

    /** One of its operations goes on. */
    private final class Step extends Event {
        private final Runnable step;

        Step(Type kind, Runnable step) {
            super(kind);
            this.step = step;
        }

        @Override
        int subject() {
            return number();
        }

        @Override
        void happen() {
            step.run();
        }
    }
}
