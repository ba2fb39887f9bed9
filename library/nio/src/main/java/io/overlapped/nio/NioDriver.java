package io.overlapped.nio;

import io.overlapped.DriverReport;
import io.overlapped.OverlappedException;
import io.overlapped.StreamOption;
import io.overlapped.spi.Completions;
import io.overlapped.spi.Driver;
import io.overlapped.spi.DriverOptions;
import io.overlapped.spi.Errno;
import io.overlapped.spi.IoVector;
import io.overlapped.spi.Probe;
import io.overlapped.spi.ProvidedBuffers;
import io.overlapped.spi.SocketTable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Operations on asynchronous channels. What their handlers have to tell comes to the thread that
 * drives through a queue, see {@link ChannelOperation} and {@link Arrivals}.
 *
 * <p>A channel cannot take back an operation without closing, so the memory it works on is the
 * driver's, and what a cancelled operation leaves behind is kept for the next one: see {@link
 * Landing}, {@link Staging} and {@link NioListener}.
 *
 * <p>Threads: see {@link Driver}.
 */
final class NioDriver implements Driver {
    private static final long SHUTDOWN_NANOS = 1_000_000_000L;
    private static final int VECTORS_KEPT = 256;

    /** Streams on their way from one driver to another. */
    private static final SocketTable<NioStream> DETACHED = new SocketTable<>();

    private final Thread owner = Thread.currentThread();
    private final Arrivals arrivals = new Arrivals();
    private final ChannelGroup group;
    private final SocketTable<NioSocket> sockets = new SocketTable<>();
    private final Completions completions = new Completions();
    private final BlockMemory memory;
    private final MemoryBlocks landingMemory;
    private final MemoryBlocks stagingMemory;
    private final ProvidedBuffers<Landing> provided = new ProvidedBuffers<>();
    private final ArrayDeque<IoVector> vectors = new ArrayDeque<>();

    private int underWay;
    private long completedCount;
    private long cancelCount;
    private volatile boolean closed;

    NioDriver(DriverOptions options) {
        this(options, BlockMemory.best());
    }

    /**
     * @param memory makes what it reads into and writes from
     */
    NioDriver(DriverOptions options, BlockMemory memory) {
        refuseUnknown(options);
        this.memory = memory;
        landingMemory = new MemoryBlocks(memory);
        stagingMemory = new MemoryBlocks(memory);
        try {
            group = ChannelGroup.open();
        } catch (IOException e) {
            int errno = SocketErrors.errno(e, SocketErrors.Call.OPEN);
            throw new OverlappedException(
                    "the channel group cannot be made: " + e.getMessage(), errno);
        }
    }

    @Override
    public String name() {
        return NioDriverProvider.NAME;
    }

    @Override
    public int listen(InetSocketAddress address, int backlog, boolean shared) {
        if (closed) {
            // A channel that its group refuses would keep its descriptor.
            return -Errno.EBADF;
        }
        AsynchronousServerSocketChannel channel = null;
        try {
            channel = AsynchronousServerSocketChannel.open(group.channels);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (shared) {
                if (!channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                    NioSocket.closeQuietly(channel);
                    return -Errno.EOPNOTSUPP;
                }
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            bind(channel, address, backlog);
            return adopt(new NioListener(this, channel, address.getAddress()));
        } catch (IOException | RuntimeException e) {
            if (channel == null) {
                return -SocketErrors.errno(e, SocketErrors.Call.OPEN);
            }
            NioSocket.closeQuietly(channel);
            return -SocketErrors.ofListen(e, address);
        }
    }

    /**
     * Binds. Channels have sockets of IPv6, and take the wildcard of IPv4 for that of both
     * families; in its mapped form they take it for what it says.
     */
    private static void bind(
            AsynchronousServerSocketChannel channel, InetSocketAddress address, int backlog)
            throws IOException {
        InetAddress ip = address.getAddress();
        if (ip instanceof Inet4Address && ip.isAnyLocalAddress()) {
            byte[] mapped = new byte[16];
            mapped[10] = -1;
            mapped[11] = -1;
            try {
                InetAddress any = Inet6Address.getByAddress(null, mapped, -1);
                channel.bind(new InetSocketAddress(any, address.getPort()), backlog);
                return;
            } catch (UnsupportedAddressTypeException | SocketException e) {
                // This system has no IPv6, or no mapped addresses; or the port is taken.
            }
        }
        channel.bind(address, backlog);
    }

    /** What a socket says of its send buffer that was set to so much, or to nothing. */
    int sendBufferBytes(@Nullable Integer value) {
        try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open(group.channels)) {
            if (value != null) {
                var _ = StreamOptions.set(channel, StreamOption.SEND_BUFFER_BYTES, value);
            }
            return StreamOptions.get(channel, StreamOption.SEND_BUFFER_BYTES);
        } catch (IOException | RuntimeException e) {
            return -SocketErrors.errno(e, SocketErrors.Call.OPEN);
        }
    }

    @Override
    public int open(InetSocketAddress peer) {
        try {
            AsynchronousSocketChannel channel = AsynchronousSocketChannel.open(group.channels);
            var _ = StreamOptions.set(channel, StreamOption.NO_DELAY, 1);
            return adopt(channel);
        } catch (IOException | RuntimeException e) {
            return -SocketErrors.errno(e, SocketErrors.Call.OPEN);
        }
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
        ((NioListener) sockets.require(listener)).accept(token);
    }

    @Override
    public void connect(long token, int socket, InetSocketAddress peer) {
        stream(socket).connect(token, peer);
    }

    @Override
    public void receive(long token, int socket, IoVector pieces) {
        stream(socket).receive(token, pieces);
    }

    @Override
    public void receive(long token, int socket) {
        stream(socket).receive(token);
    }

    @Override
    public void send(long token, int socket, IoVector pieces) {
        stream(socket).send(token, pieces);
    }

    @Override
    public int shutdownOutput(int socket) {
        return stream(socket).shutdownOutput();
    }

    @Override
    public void cancel(long token, int socket) {
        cancelCount++;
        // What has ended already keeps its real result.
        arrivals.deliver();
        NioSocket subject = sockets.get(socket);
        if (subject != null) {
            // A socket that is not this token's own does nothing.
            var _ = subject.cancel(token);
        }
    }

    @Override
    public void close(long token, int socket) {
        sockets.require(socket).close(token);
    }

    @Override
    public int detach(int socket) {
        NioStream stream = stream(socket);
        if (!stream.isIdle()) {
            return -Errno.EBUSY;
        }
        sockets.remove(socket);
        stream.leavesDriver();
        return DETACHED.add(stream);
    }

    @Override
    public int attach(int detached) {
        NioStream stream = DETACHED.require(detached);
        DETACHED.remove(detached);
        stream.moveTo(this);
        return adopt(stream);
    }

    @Override
    public void discard(int detached) {
        NioStream stream = DETACHED.require(detached);
        DETACHED.remove(detached);
        stream.closeChannel();
        stream.release();
    }

    @Override
    public void provide(int buffer, MemorySegment memory) {
        provided.add(buffer, memory);
        Landing first = provided.nextWaiting();
        if (first != null) {
            first.bufferProvided();
        }
    }

    @Override
    public int drive(long timeoutNanos, Sink sink) {
        arrivals.await(completions.isEmpty() ? timeoutNanos : 0);
        arrivals.deliver();
        int count = completions.passOn(sink);
        completedCount += count;
        return count;
    }

    @Override
    public void wake() {
        if (!closed) {
            arrivals.wake();
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public DriverReport report() {
        return NioReports.of(group.channels, counts());
    }

    /** The proactor's buffers, too, cost only what was used of them. */
    @Override
    public Probe probe() {
        return memory.probe();
    }

    @Override
    public boolean shutdown() {
        if (!closed) {
            requireOwner();
            closed = true;
            sockets.forEach(
                    socket -> {
                        socket.closeChannel();
                        socket.closeWhenQuiet();
                    });
            long start = System.nanoTime();
            awaitQuiet(start);
            if (underWay == 0) {
                landingMemory.free();
                stagingMemory.free();
            }
            group.leave(SHUTDOWN_NANOS - (System.nanoTime() - start));
        }
        return underWay == 0;
    }

    @SuppressWarnings("ReferenceEquality") // a thread is itself alone
    private void requireOwner() {
        if (Thread.currentThread() != owner && owner.isAlive()) {
            throw new IllegalStateException("its own thread, " + owner + ", has not ended");
        }
    }

    private void awaitQuiet(long start) {
        arrivals.deliver();
        long left = SHUTDOWN_NANOS;
        while (underWay > 0 && left > 0) {
            arrivals.await(left);
            arrivals.deliver();
            left = SHUTDOWN_NANOS - (System.nanoTime() - start);
        }
    }

    // ---- for the sockets

    void complete(long token, int result, int flags) {
        completions.add(token, result, flags);
    }

    /** A new connection's channel becomes a socket. */
    int adopt(AsynchronousSocketChannel channel) {
        return adopt(new NioStream(this, group, channel));
    }

    private int adopt(NioSocket socket) {
        socket.index = sockets.add(socket);
        return socket.index;
    }

    void closed(NioSocket socket, long token) {
        sockets.remove(socket.index);
        complete(token, 0, NO_FLAGS);
    }

    /** A channel was given an operation. */
    void operationStarted() {
        underWay++;
    }

    /** That operation's outcome was delivered. */
    void operationEnded() {
        underWay--;
    }

    /** An operation's outcome has come; from any thread. */
    void arrived(Arrival outcome) {
        arrivals.add(outcome);
    }

    /** How long a group is waited for that ends with a stream of this driver. */
    long groupEndNanos() {
        return closed ? SHUTDOWN_NANOS : 0;
    }

    MemoryBlocks landingMemory() {
        return landingMemory;
    }

    MemoryBlocks stagingMemory() {
        return stagingMemory;
    }

    ProvidedBuffers<Landing> provided() {
        return provided;
    }

    IoVector copyOf(IoVector pieces) {
        IoVector copy = vectors.poll();
        if (copy == null) {
            copy = new IoVector();
        }
        for (int i = 0; i < pieces.count(); i++) {
            copy.add(pieces.memory(i), pieces.start(i), pieces.bytes(i));
        }
        return copy;
    }

    void recycle(IoVector copy) {
        if (vectors.size() < VECTORS_KEPT) {
            copy.clear();
            vectors.push(copy);
        }
    }

    private NioStream stream(int socket) {
        return (NioStream) sockets.require(socket);
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("completions", completedCount);
        counts.put("wakeups", arrivals.wakeups());
        counts.put("cancels", cancelCount);
        counts.put("starved", provided.waitCount());
        counts.put("landingBytes", landingMemory.bytesInUse());
        counts.put("stagedBytes", stagingMemory.bytesInUse());
        counts.put("handlersPending", (long) underWay);
        return counts;
    }

    private static void refuseUnknown(DriverOptions options) {
        for (String name : options.tuning().keySet()) {
            if (name.startsWith(NioDriverProvider.NAME + ".")) {
                throw new IllegalArgumentException(
                        "no setting is named '" + name + "'; the nio driver has none");
            }
        }
    }
}
