package io.overlapped.sim;

import io.overlapped.DriverReport;
import io.overlapped.StreamOption;
import io.overlapped.sim.SingleFault.Kind;
import io.overlapped.sim.SingleFault.Opportunity;
import io.overlapped.spi.Driver;
import io.overlapped.spi.DriverOptions;
import io.overlapped.spi.Errno;
import io.overlapped.spi.IoVector;
import io.overlapped.spi.Probe;
import io.overlapped.spi.ProvidedBuffers;
import io.overlapped.spi.SocketTable;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A driver on a host's simulated kernel. It checks what the proactor promises every driver, as a
 * real kernel would not tell.
 */
final class SimDriver implements Driver {
    static final String NAME = "sim";
    static final long LATE_NANOS = 50_000_000;

    private static final int LATE_NANOS_RANGE = 2_000_000;
    private static final int STEP_NANOS_RANGE = 2_000;
    private static final int RUN_NANOS_RANGE = 10_000;
    private static final int STALE_KEPT = 16;

    private final Host host;
    private final World world;
    private final boolean disturbed;
    private final SocketTable<SimSocket> sockets = new SocketTable<>();
    private final int descriptorsMax;
    private final int buffersMax;
    private final Probe probe;
    private final ProvidedBuffers<SimStream> provided = new ProvidedBuffers<>();
    private Completions ready = new Completions();
    private Completions passing = new Completions();

    /** The index parts of the tokens in flight. */
    private final BitSet inFlight = new BitSet();

    private final long[] ended = new long[STALE_KEPT];
    private int endedCount;

    private long completedCount;
    private long cancelCount;
    private boolean woken;
    private boolean closed;

    SimDriver(Host host, DriverOptions options, boolean disturbed) {
        this.host = host;
        this.disturbed = disturbed;
        world = host.world();
        descriptorsMax = host.descriptorsMax();
        buffersMax = options.buffersProvided();
        probe = disturbed ? new SimProbe(host) : Probe.NONE;
    }

    Host host() {
        return host;
    }

    // ---- Driver

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int listen(InetSocketAddress address, int backlog, boolean shared) {
        InetSocketAddress bound = host.bindable(address, shared);
        if (bound == null) {
            return host.owns(address) ? -Errno.EADDRINUSE : -Errno.EADDRNOTAVAIL;
        }
        SimListener listener = new SimListener(this, bound, backlog, shared);
        int descriptor = tryAdd(listener);
        if (descriptor >= 0) {
            host.bind(listener);
        }
        return descriptor;
    }

    @Override
    public int open(InetSocketAddress peer) {
        if (strikes(Fault.DESCRIPTORS)) {
            return -Errno.EMFILE;
        }
        InetSocketAddress local = host.localFor(peer);
        return local == null
                ? -Errno.EADDRNOTAVAIL
                : tryAdd(new SimStream(host, this, local, peer));
    }

    @Override
    public int set(int socket, StreamOption option, int value) {
        return sockets.require(socket).set(option, value);
    }

    @Override
    public int get(int socket, StreamOption option) {
        return sockets.require(socket).get(option);
    }

    @Override
    public @Nullable InetSocketAddress localAddress(int socket) {
        return sockets.require(socket).localAddress();
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress(int socket) {
        return sockets.require(socket).remoteAddress();
    }

    @Override
    public void accept(long token, int listener) {
        ((SimListener) start(token, listener)).accept(token);
    }

    @Override
    public void connect(long token, int socket, InetSocketAddress peer) {
        ((SimStream) start(token, socket)).connect(token);
    }

    @Override
    public void receive(long token, int socket, IoVector pieces) {
        require(pieces.totalBytes() > 0, "a receive into nothing");
        ((SimStream) start(token, socket)).receive(token, pieces);
    }

    @Override
    public void receive(long token, int socket) {
        ((SimStream) start(token, socket)).receive(token, null);
    }

    @Override
    public void send(long token, int socket, IoVector pieces) {
        require(pieces.totalBytes() > 0, "a send of nothing");
        ((SimStream) start(token, socket)).send(token, pieces);
    }

    @Override
    public int shutdownOutput(int socket) {
        return ((SimStream) sockets.require(socket)).shutdownOutput();
    }

    @Override
    public void cancel(long token, int socket) {
        cancelCount++;
        SimSocket subject = sockets.get(socket);
        if (subject == null || !subject.has(token)) {
            return;
        }
        if (strikes(Fault.CANCEL_LOST)) {
            world.happened(Fault.CANCEL_LOST, host);
            world.later(
                    Event.Type.CANCEL, (int) token, lateNanos(), () -> cancelNow(token, subject));
        } else {
            cancelNow(token, subject);
        }
    }

    @Override
    public void close(long token, int socket) {
        SimSocket closing = start(token, socket);
        require(closing.isIdle(), "a close of a socket with an operation in flight");
        closing.close(false);
        boolean late = Chaos.is(opportunity(), Kind.LATE);
        long delay = late ? LATE_NANOS : delayNanos();
        world.later(Event.Type.CLOSE, closing.number(), delay, () -> closed(token, closing));
    }

    @Override
    public int detach(int socket) {
        SimStream stream = (SimStream) sockets.require(socket);
        if (!stream.isIdle()) {
            return -Errno.EBUSY;
        }
        sockets.remove(socket);
        return host.detached().add(stream);
    }

    @Override
    public int attach(int detached) {
        SimStream stream = host.detached().get(detached);
        if (stream == null) {
            return -Errno.EBADF;
        }
        int descriptor = tryAdd(stream);
        if (descriptor >= 0) {
            host.detached().remove(stream);
            stream.accepted(this);
        }
        return descriptor;
    }

    @Override
    public void discard(int detached) {
        host.detached().discard(detached);
    }

    @Override
    public void provide(int buffer, MemorySegment memory) {
        require(!provided.has(buffer), "a buffer provided twice");
        require(provided.count() < buffersMax, "more buffers provided than agreed");
        provided.add(buffer, memory);
        for (SimStream next = nextStarved(); next != null; next = nextStarved()) {
            next.fed();
        }
    }

    @Override
    public int drive(long timeoutNanos, Sink sink) {
        if (!world.isRunning(this)) {
            world.await(this, timeoutNanos);
        }
        woken = false;
        if (ready.isEmpty()) {
            return 0;
        }
        Completions now = ready;
        ready = passing;
        passing = now;
        keepLate(now);
        shuffle(now);
        int count = now.count();
        for (int i = 0; i < count; i++) {
            world.trace().fold(now.token(i) << 20 ^ now.result(i));
            ended[endedCount++ % STALE_KEPT] = now.token(i);
            now.report(i, sink);
        }
        now.clear();
        completedCount += count;
        reportStale();
        return count;
    }

    @Override
    public void wake() {
        woken = true;
        host.runSoon(this, 0);
    }

    @Override
    public long nanoTime() {
        return host.nanoTime();
    }

    @Override
    public Probe probe() {
        return probe;
    }

    @Override
    public DriverReport report() {
        Map<String, Long> counters = new LinkedHashMap<>();
        counters.put("completions", completedCount);
        counters.put("cancels", cancelCount);
        counters.put("starved", provided.waitCount());
        counters.put("descriptors", (long) sockets.count());
        return new DriverReport(
                NAME, true, "", "", Map.of("host", host.name()), features(), counters);
    }

    private List<DriverReport.Feature> features() {
        List<DriverReport.Feature> features = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            boolean used = disturbed && world.faults().rate(fault) > 0;
            features.add(new DriverReport.Feature(fault.name(), true, used, "a fault"));
        }
        return features;
    }

    @Override
    public boolean shutdown() {
        if (!closed) {
            closed = true;
            sockets.forEach(socket -> socket.close(false));
            host.forget(this);
        }
        return true;
    }

    // ---- for the sockets

    /** The least that an operation takes, or what a fault makes of it. */
    long delayNanos() {
        if (strikes(Fault.LATE)) {
            world.happened(Fault.LATE, host);
            return lateNanos();
        }
        return 1L + world.below(STEP_NANOS_RANGE);
    }

    boolean strikes(Fault fault) {
        boolean struck = disturbed && world.strikes(fault);
        if (struck && isCertain(fault)) {
            world.happened(fault, host);
        }
        return struck;
    }

    /** How many bytes of {@code most} a transfer moves. */
    int shortened(int most, Fault fault, boolean one) {
        if (one) {
            return 1;
        }
        if (most > 1 && strikes(fault)) {
            world.happened(fault, host);
            return 1 + world.below(most - 1);
        }
        return most;
    }

    /** An operation is about to end well; what is to happen instead. */
    @Nullable SingleFault opportunity() {
        return disturbed ? world.opportunity(Opportunity.COMPLETION) : null;
    }

    void complete(long token, int result, int flags) {
        inFlight.clear((int) token);
        ready.add(token, result, flags);
        host.runSoon(this, world.below(RUN_NANOS_RANGE));
    }

    /** A new socket's descriptor, or a negated errno. */
    int tryAdd(SimSocket socket) {
        if (sockets.count() == descriptorsMax) {
            return -Errno.EMFILE;
        }
        socket.descriptor = sockets.add(socket);
        return socket.descriptor;
    }

    ProvidedBuffers<SimStream> provided() {
        return provided;
    }

    void require(boolean condition, String what) {
        if (!condition) {
            throw world.failure(host.name() + ": " + what, null);
        }
    }

    // ---- for the host and the world

    boolean isClosed() {
        return closed;
    }

    boolean hasSomething() {
        return woken || !ready.isEmpty();
    }

    /** Its machine is no more. */
    void vanish() {
        closed = true;
        sockets.forEach(
                socket -> {
                    if (socket instanceof SimStream stream) {
                        stream.vanish();
                    } else {
                        socket.close(true);
                    }
                });
    }

    int openDescriptors() {
        return sockets.count();
    }

    // ---- of its own

    private SimSocket start(long token, int socket) {
        require(token >= 0, "a negative token");
        int index = (int) token;
        require(!inFlight.get(index), "a token in use twice");
        inFlight.set(index);
        return sockets.require(socket);
    }

    private static void cancelNow(long token, SimSocket socket) {
        if (socket.has(token)) {
            socket.cancel(token);
        }
    }

    private void keepLate(Completions now) {
        int kept = now.count();
        for (int i = kept - 1; i >= 0; i--) {
            if (strikes(Fault.LATE)) {
                world.happened(Fault.LATE, host);
                now.addTo(ready, i);
                now.remove(i);
            }
        }
        if (!ready.isEmpty()) {
            host.runSoon(this, lateNanos());
        }
    }

    private void shuffle(Completions now) {
        if (now.count() > 1 && strikes(Fault.SHUFFLE)) {
            world.happened(Fault.SHUFFLE, host);
            for (int i = now.count() - 1; i > 0; i--) {
                now.swap(i, world.below(i + 1));
            }
        }
    }

    /** The end of a close: only now its descriptor is free. */
    private void closed(long token, SimSocket socket) {
        if (!closed) {
            sockets.remove(socket.descriptor);
            socket.ended("close", 0);
            complete(token, 0, NO_FLAGS);
        }
    }

    /** Who waits longest for a buffer that is here, and wants it still. */
    private @Nullable SimStream nextStarved() {
        SimStream next = provided.isEmpty() ? null : provided.nextWaiting();
        while (next != null && !next.isStarved()) {
            next = provided.nextWaiting();
        }
        return next;
    }

    private void reportAgain(long token) {
        if (!closed) {
            ready.add(token, 0, NO_FLAGS);
            host.runSoon(this, 0);
        }
    }

    private void reportStale() {
        if (endedCount > 0 && strikes(Fault.STALE)) {
            world.happened(Fault.STALE, host);
            long token = ended[world.below(Math.min(endedCount, STALE_KEPT))];
            world.later(Event.Type.STALE, (int) token, lateNanos(), () -> reportAgain(token));
        }
    }

    private long lateNanos() {
        return 1L + world.below(LATE_NANOS_RANGE);
    }

    /** Faults that always make a difference where they are asked for. */
    private static boolean isCertain(Fault fault) {
        return fault == Fault.DESCRIPTORS || fault == Fault.MEMORY || fault == Fault.ABORTED;
    }
}
