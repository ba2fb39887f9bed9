package io.overlapped;

import io.overlapped.Overlapped.Place;
import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import io.overlapped.spi.IoVector;
import io.overlapped.spi.Probe;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection. Any number of receives and sends may be pending; receives are filled in the order
 * in which they were started, and sends leave in theirs.
 *
 * <p>A receive completes with at least one byte, or with 0 at the end of the stream. A send
 * completes with all its bytes, or fails.
 *
 * <p>After the end of the stream every receive completes with 0. After the peer has reset the
 * connection every receive behind what had arrived before, and every send, completes with {@link
 * Status#RESET}. After the output was ended on this side sends complete with {@link
 * Status#BROKEN_PIPE}; ending it again changes nothing. After a cancel that cut a send short
 * nothing more can be sent, as the peer could not tell where the next message begins: later sends
 * complete with {@link Status#BROKEN_PIPE}. Receives are never harmed by a cancel.
 *
 * <p>Threads: any.
 */
public final class TcpStream extends Endpoint {
    private final Lane receives = new Lane();

    // A connect is the first of these. Those that share the driver's send share its token too.
    private final Lane sends = new Lane();
    private final Outgoing outgoing = new Outgoing();
    private boolean cut;
    private final StreamEnds ends = new StreamEnds();

    private @Nullable InetSocketAddress localAddress;
    private @Nullable InetSocketAddress remoteAddress;

    TcpStream(Proactor proactor, int socket) {
        super(proactor, socket);
    }

    /**
     * This side's address.
     *
     * @throws OverlappedException if the stream was closed before it was first asked for
     */
    public InetSocketAddress localAddress() {
        InetSocketAddress known = localAddress;
        if (known == null) {
            known = known(localAddressNow());
            localAddress = known;
        }
        return known;
    }

    /**
     * The peer's address.
     *
     * @throws OverlappedException if the stream was closed before it was first asked for
     */
    public InetSocketAddress remoteAddress() {
        InetSocketAddress known = remoteAddress;
        if (known == null) {
            known = known(remoteAddressNow());
            remoteAddress = known;
        }
        return known;
    }

    /**
     * Receives into a buffer that the driver takes from the pool when there is data: {@link
     * Overlapped#buffer} of the completion, the caller's to close. A stream that waits holds none.
     */
    public Overlapped receive(Overlapped overlapped) {
        overlapped.begin(Operation.RECEIVE, proactor, this);
        return proactor.start(overlapped);
    }

    /** As {@link #receive(Overlapped)}, for at most {@code timeout}: {@link Overlapped#within}. */
    public Overlapped receive(Overlapped overlapped, Duration timeout) {
        return receive(overlapped.within(timeout));
    }

    /** Receives into the room of {@code buffer}. */
    public Overlapped receive(Overlapped overlapped, IoBuffer buffer) {
        overlapped.begin(Operation.RECEIVE, proactor, this, buffer);
        return proactor.start(overlapped);
    }

    /** As {@link #receive(Overlapped, IoBuffer)}, for at most {@code timeout}. */
    public Overlapped receive(Overlapped overlapped, IoBuffer buffer, Duration timeout) {
        return receive(overlapped.within(timeout), buffer);
    }

    /** Receives into the room of several buffers, filled in order: a scatter; 1 to 16 of them. */
    public Overlapped receive(Overlapped overlapped, IoBuffer... buffers) {
        overlapped.begin(Operation.RECEIVE, proactor, this, several(buffers));
        return proactor.start(overlapped);
    }

    /** Sends every readable byte of {@code buffer}. */
    public Overlapped send(Overlapped overlapped, IoBuffer buffer) {
        overlapped.begin(Operation.SEND, proactor, this, buffer);
        return startSending(overlapped, buffer);
    }

    /** Sends every readable byte within {@code timeout}: {@link Overlapped#within}. */
    public Overlapped send(Overlapped overlapped, IoBuffer buffer, Duration timeout) {
        return send(overlapped.within(timeout), buffer);
    }

    /** Sends every readable byte of several buffers in order: a gather; 1 to 16 of them. */
    public Overlapped send(Overlapped overlapped, IoBuffer... buffers) {
        overlapped.begin(Operation.SEND, proactor, this, several(buffers));
        outgoing.add();
        return proactor.start(overlapped);
    }

    /**
     * Sends a copy of {@code bytes}, on the heap or not, which are the caller's again at once. The
     * copy is in buffers of the pool until the send ends; if there are not enough free, the send
     * ends with {@link Status#MEMORY_EXHAUSTED}, and nothing of it is sent.
     *
     * @throws IllegalArgumentException if there are none, or more than 16 buffers hold
     */
    public Overlapped send(Overlapped overlapped, MemorySegment bytes) {
        IoBuffer[] copies = proactor.buffers().copyOf(bytes, IoVector.PIECES_MAX);
        if (copies == null) {
            overlapped.begin(Operation.SEND, proactor, this);
            overlapped.obstacle = Errno.ENOMEM;
            outgoing.add();
            return proactor.start(overlapped);
        }
        try {
            overlapped.beginCopied(proactor, this, copies);
        } catch (RuntimeException e) {
            for (IoBuffer copy : copies) {
                copy.close();
            }
            throw e;
        }
        return startSending(overlapped, copies.length == 1 ? copies[0] : null);
    }

    /**
     * Resets the connection: what is pending completes as after a {@link #close}, what the system
     * has not sent yet is dropped, and the peer learns at once that nothing more will come, with
     * {@link Status#RESET}. Where the driver cannot do it (see {@link StreamOption#LINGER_SECONDS})
     * it is a plain close.
     */
    public void abort() {
        try {
            set(StreamOption.LINGER_SECONDS, 0);
        } catch (OverlappedException e) {
            // It was closed or reset before, or cannot be reset here.
        }
        close();
    }

    /** Ends the stream towards the peer behind all sends started before; receives go on. */
    public Overlapped shutdownOutput(Overlapped overlapped) {
        overlapped.begin(Operation.SHUTDOWN, proactor, this);
        outgoing.add();
        return proactor.start(overlapped);
    }

    @Override
    void start(Overlapped o) {
        switch (o.operation()) {
            case CONNECT -> startConnect(o);
            case RECEIVE -> {
                if (enter(receives, o)) {
                    receiveNext();
                    drainIfAsked();
                }
            }
            case SEND, SHUTDOWN -> startSend(o);
            default -> throw new AssertionError(o.operation());
        }
    }

    private void startConnect(Overlapped o) {
        outgoing.add();
        o.endpoint = this;
        o.stream = this;
        if (enter(sends, o)) {
            advance(sends);
        }
    }

    private void startSend(Overlapped o) {
        boolean first = sends.isEmpty();
        if (o.obstacle != 0) {
            proactor.ready(o, -(isClosing() ? Errno.EBADF : o.obstacle));
        } else if (!o.begunDirectly) {
            if (enter(sends, o) && first) {
                sendNext();
            }
        } else if (isClosing()) {
            proactor.ready(o, -Errno.EBADF);
        } else {
            o.place = Place.QUEUED;
            sends.addFirst(o);
            release(o);
            sendNext();
        }
    }

    @Override
    void ended(Overlapped o) {
        switch (o.operation()) {
            case SEND, SHUTDOWN -> {
                if (o.begunDirectly) {
                    cutIf(o.sent > 0);
                    release(o);
                    sendNext();
                }
                outgoing.remove();
            }
            case CONNECT -> {
                outgoing.remove();
                if (o.errno() != 0) {
                    o.stream = null;
                    close();
                }
            }
            default -> {}
        }
    }

    @Override
    void refused(Overlapped o) {
        if (o.operation() == Operation.SEND || o.operation() == Operation.SHUTDOWN) {
            if (o.begunDirectly) {
                release(o);
            }
            outgoing.remove();
        }
    }

    @Override
    void launched(Overlapped o) {
        Driver driver = proactor.driver();
        switch (o.operation()) {
            case CONNECT ->
                    driver.connect(
                            o.token,
                            socket,
                            (InetSocketAddress) Objects.requireNonNull(o.argument));
            case RECEIVE -> launchReceive(o, driver);
            case SEND -> launchSend(o, driver);
            default -> throw new AssertionError(o.operation());
        }
    }

    @Override
    void completed(Overlapped o, int result, int flags) {
        switch (o.operation()) {
            case CONNECT -> {
                endFirst(sends, o, Math.min(0, result));
                sendNext();
            }
            case RECEIVE -> received(o, result, flags);
            case SEND -> sent(result, flags);
            default -> throw new AssertionError(o.operation());
        }
        if (isClosing()) {
            closeWhenDrained();
        }
    }

    @Override
    void endQueued(Overlapped o, int result) {
        if (o.operation() == Operation.RECEIVE) {
            endQueued(receives, o, result);
        } else {
            if (sends.peek() == o && sends.isLaunched()) {
                endFirst(sends, o, result);
            } else {
                sends.remove(o);
                proactor.ready(o, result);
            }
            sendNext();
        }
    }

    /**
     * Ends the output if there is nothing to send and the program waits for what comes next. While
     * it waits for nothing it is about to send an answer.
     */
    @Override
    void drain() {
        boolean idle = sends.isEmpty() && !receives.isEmpty() && !outgoing.isClaimed();
        if (idle && !isClosing()) {
            // What it answers does not matter: one that is over already needs no end.
            var _ = ends.shutOutput(proactor.driver(), socket);
        }
    }

    private void drainIfAsked() {
        if (proactor.isDraining()) {
            drain();
        }
    }

    @Override
    void forEachLane(Consumer<Lane> action) {
        action.accept(receives);
        action.accept(sends);
    }

    @Override
    boolean hasOperationInDriver() {
        return receives.isLaunched() || sends.isLaunched();
    }

    private void launchReceive(Overlapped o, Driver driver) {
        if (o.isChoosing()) {
            driver.receive(o.token, socket);
            return;
        }
        IoVector pieces = proactor.pieces();
        pieces.clear();
        for (int i = 0; i < o.bufferCount(); i++) {
            IoBuffer buffer = o.bufferAt(i);
            pieces.add(buffer.memory(), buffer.end(), buffer.writable());
        }
        driver.receive(o.token, socket, pieces);
    }

    private void received(Overlapped o, int result, int flags) {
        if ((flags & Driver.BUFFER) != 0) {
            IoBuffer chosen = proactor.provision().returned(flags >>> Driver.BUFFER_SHIFT, result);
            if (chosen != null) {
                o.chose(chosen);
            }
        }
        endFirst(receives, o, ends.received(result));
        receiveNext();
    }

    private void receiveNext() {
        if (ends.isInputOver()) {
            endWaiting(receives, ends.input());
        } else {
            advance(receives);
        }
    }

    /**
     * @param only its buffer, if it has one alone
     */
    private Overlapped startSending(Overlapped o, @Nullable IoBuffer only) {
        if (only != null && o.isEvent() && proactor.sendsDirectly() && outgoing.claim()) {
            return sendDirectly(o, only);
        }
        outgoing.add();
        return proactor.start(o);
    }

    /** What its own thread began is the proactor's now, or nobody's. */
    private void release(Overlapped o) {
        o.begunDirectly = false;
        var _ = outgoing.release();
    }

    /**
     * On a thread of the program: sends without a visit to the proactor what fits into the socket
     * now, and leaves the rest to the proactor.
     */
    private Overlapped sendDirectly(Overlapped o, IoBuffer buffer) {
        int result = ends.sent(sendNow(buffer));
        if (result >= 0 && result < buffer.readable()) {
            o.sent = result;
            o.begunDirectly = true;
            return proactor.start(o);
        }
        boolean others = outgoing.release();
        o.finish(result);
        proactor.sentDirectly(o);
        o.deliver(Probe.NONE);
        if (others) {
            var _ = proactor.tell(_ -> sendNext());
        }
        return o;
    }

    private void cutIf(boolean isShort) {
        if (isShort && !cut) {
            cut = true;
            outgoing.add();
        }
    }

    /** Starts whatever is first in line to be sent, unless the driver has it already. */
    private void sendNext() {
        // Who has claimed the stream will say when it is done.
        while (sends.isWaiting() && !isClosing() && !outgoing.isClaimed()) {
            Overlapped o = Objects.requireNonNull(sends.peek());
            if (cut) {
                endWaiting(sends, -Errno.EPIPE);
            } else if (o.operation() == Operation.SHUTDOWN) {
                sends.remove(o);
                proactor.ready(o, ends.shutOutput(proactor.driver(), socket));
            } else {
                advance(sends);
            }
        }
        drainIfAsked();
    }

    /** Gathers the first send and those behind it, as far as they fit, into one of the driver's. */
    private void launchSend(Overlapped first, Driver driver) {
        IoVector pieces = proactor.pieces();
        pieces.clear();
        for (Overlapped o = first; o != null && !pieces.isFull(); o = o.next) {
            if (o.operation() != Operation.SEND || (o != first && !fits(o, pieces))) {
                break;
            }
            addUnsent(o, pieces);
            o.place = Place.DRIVER;
            o.token = first.token;
        }
        driver.send(first.token, socket, pieces);
    }

    private static boolean fits(Overlapped o, IoVector pieces) {
        return pieces.count() + o.bufferCount() <= IoVector.PIECES_MAX;
    }

    private static void addUnsent(Overlapped o, IoVector pieces) {
        int skip = o.sent;
        for (int i = 0; i < o.bufferCount(); i++) {
            IoBuffer buffer = o.bufferAt(i);
            int skipped = Math.min(skip, buffer.readable());
            skip -= skipped;
            if (skipped < buffer.readable()) {
                pieces.add(buffer.memory(), buffer.start() + skipped, buffer.readable() - skipped);
            }
        }
    }

    /** Shares the driver's result out among the sends that were in it. */
    private void sent(int result, int flags) {
        sends.returned();
        int left = Math.max(0, result);
        for (Overlapped o = sends.peek(); o != null && left > 0; o = sends.peek()) {
            long unsent = o.requestedBytes() - o.sent;
            int share = (int) Math.min(left, unsent);
            o.sent += share;
            left -= share;
            if (share < unsent) {
                break;
            }
            sends.poll();
            proactor.ready(o, o.sent);
        }
        boolean cancelled = takeOutOfDriver();
        if (result < 0 && result != -Errno.ECANCELED) {
            failFirst(ends.sent(result));
        } else if (cancelled) {
            cutIf((flags & Driver.CUT) != 0);
            endCancelled();
        }
        if (isClosing()) {
            endWaiting(sends, -Errno.ECANCELED);
        } else {
            sendNext();
        }
    }

    /** Marks what the driver gave back unsent; whether a cancel was asked for any of it. */
    private boolean takeOutOfDriver() {
        boolean cancelled = false;
        for (Overlapped o = sends.peek(); o != null; o = o.next) {
            if (o.place == Place.DRIVER) {
                o.place = Place.QUEUED;
                cancelled |= o.cancelRequested;
            }
        }
        return cancelled;
    }

    private void failFirst(int result) {
        Overlapped first = sends.poll();
        if (first != null) {
            cutIf(first.sent > 0 && !StreamEnds.breaks(result));
            proactor.ready(first, result);
        }
    }

    private void endCancelled() {
        Overlapped o = sends.peek();
        while (o != null) {
            Overlapped after = o.next;
            if (o.cancelRequested) {
                cutIf(o.sent > 0);
                sends.remove(o);
                proactor.ready(o, -Errno.ECANCELED);
            }
            o = after;
        }
    }

    private static IoBuffer[] several(IoBuffer[] buffers) {
        if (buffers.length == 0 || buffers.length > IoVector.PIECES_MAX) {
            throw new IllegalArgumentException(
                    buffers.length + " buffers; it must be 1 to " + IoVector.PIECES_MAX);
        }
        return buffers.clone();
    }
}
