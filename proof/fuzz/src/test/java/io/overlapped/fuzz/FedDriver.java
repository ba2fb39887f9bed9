package io.overlapped.fuzz;

import io.overlapped.DriverReport;
import io.overlapped.StreamOption;
import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import io.overlapped.spi.IoVector;
import io.overlapped.spi.Probe;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A driver whose peers are the test: what they send is fed to it piece by piece, what is sent to
 * them is kept. Its clock moves only when the test moves it.
 *
 * <p>Threads: one.
 */
final class FedDriver implements Driver {
    private static final long NONE = -1;
    private static final InetSocketAddress HERE =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 3501);

    private static final class Socket {
        final ArrayDeque<Long> accepts = new ArrayDeque<>();
        final ArrayDeque<byte[]> input = new ArrayDeque<>();
        final ByteArrayOutputStream output = new ByteArrayOutputStream();
        long receive = NONE;
        boolean inputEnded;
        boolean closed;
    }

    private record Completion(long token, int result, int flags) {}

    private record Lent(int number, MemorySegment memory) {}

    private final List<Socket> sockets = new ArrayList<>();
    private final ArrayDeque<Completion> completions = new ArrayDeque<>();
    private final ArrayDeque<Lent> lent = new ArrayDeque<>();
    private long nowNanos;

    /** Memory on the heap, so that nothing is left when a run is thrown away. */
    private static final class OnHeap implements Probe {
        @Override
        public MemorySegment allocate(Arena arena, long bytes, long alignmentBytes) {
            return MemorySegment.ofArray(new byte[(int) bytes]);
        }
    }

    // ---- the peers' side

    /** A peer connects to a listener; the number of its stream. */
    int arrive(int listener) {
        Socket stream = new Socket();
        sockets.add(stream);
        Long accept = socket(listener).accepts.poll();
        complete(Objects.requireNonNull(accept, "nobody accepts"), sockets.size() - 1, NO_FLAGS);
        return sockets.size() - 1;
    }

    /** The peer sends. */
    void feed(int stream, byte[] bytes) {
        if (bytes.length > 0) {
            socket(stream).input.add(bytes);
            deliver(socket(stream));
        }
    }

    /** The peer ends its side. */
    void end(int stream) {
        socket(stream).inputEnded = true;
        deliver(socket(stream));
    }

    /** What was sent to the peer. */
    byte[] output(int stream) {
        return socket(stream).output.toByteArray();
    }

    boolean isClosed(int stream) {
        return socket(stream).closed;
    }

    /** The stream that was connected last. */
    int newest() {
        return sockets.size() - 1;
    }

    void advance(long nanos) {
        nowNanos += nanos;
    }

    // ---- the driver

    @Override
    public String name() {
        return "fed";
    }

    @Override
    public int listen(InetSocketAddress address, int backlog, boolean shared) {
        sockets.add(new Socket());
        return sockets.size() - 1;
    }

    @Override
    public int open(InetSocketAddress peer) {
        sockets.add(new Socket());
        return sockets.size() - 1;
    }

    @Override
    public int set(int socket, StreamOption option, int value) {
        return 0;
    }

    @Override
    public int get(int socket, StreamOption option) {
        return 0;
    }

    @Override
    public InetSocketAddress localAddress(int socket) {
        return HERE;
    }

    @Override
    public InetSocketAddress remoteAddress(int socket) {
        return HERE;
    }

    @Override
    public void accept(long token, int listener) {
        socket(listener).accepts.add(token);
    }

    @Override
    public void connect(long token, int socket, InetSocketAddress peer) {
        complete(token, 0, NO_FLAGS);
    }

    @Override
    public void receive(long token, int socket, IoVector pieces) {
        throw new UnsupportedOperationException("a session lets the driver choose");
    }

    @Override
    public void receive(long token, int socket) {
        socket(socket).receive = token;
        deliver(socket(socket));
    }

    @Override
    public void send(long token, int socket, IoVector pieces) {
        int bytes = 0;
        for (int i = 0; i < pieces.count(); i++) {
            byte[] piece = new byte[pieces.bytes(i)];
            MemorySegment.copy(
                    pieces.memory(i),
                    pieces.start(i),
                    MemorySegment.ofArray(piece),
                    0,
                    piece.length);
            socket(socket).output.writeBytes(piece);
            bytes += piece.length;
        }
        complete(token, bytes, NO_FLAGS);
    }

    @Override
    public int shutdownOutput(int socket) {
        return 0;
    }

    @Override
    public void cancel(long token, int number) {
        Socket socket = socket(number);
        boolean receives = socket.receive == token;
        if (receives || socket.accepts.remove(token)) {
            socket.receive = receives ? NONE : socket.receive;
            complete(token, -Errno.ECANCELED, NO_FLAGS);
        }
    }

    @Override
    public void close(long token, int socket) {
        socket(socket).closed = true;
        complete(token, 0, NO_FLAGS);
    }

    @Override
    public void provide(int buffer, MemorySegment memory) {
        lent.add(new Lent(buffer, memory));
        sockets.forEach(this::deliver);
    }

    @Override
    public int drive(long timeoutNanos, Sink sink) {
        if (completions.isEmpty() && timeoutNanos > 0) {
            if (timeoutNanos == Long.MAX_VALUE) {
                throw new IllegalStateException("it would wait for ever");
            }
            nowNanos += timeoutNanos;
        }
        int count = completions.size();
        for (int i = 0; i < count; i++) {
            Completion next = completions.remove();
            sink.completed(next.token, next.result, next.flags);
        }
        return count;
    }

    @Override
    public void wake() {}

    @Override
    public long nanoTime() {
        return nowNanos;
    }

    @Override
    public DriverReport report() {
        return new DriverReport(name(), true, "a test", "", Map.of(), List.of(), Map.of());
    }

    @Override
    public Probe probe() {
        return new OnHeap();
    }

    @Override
    public boolean shutdown() {
        return true;
    }

    private void deliver(Socket socket) {
        if (socket.receive == NONE) {
            return;
        }
        byte @Nullable [] first = socket.input.peek();
        if (first == null) {
            if (socket.inputEnded) {
                complete(taken(socket), 0, NO_FLAGS);
            }
            return;
        }
        Lent into = lent.poll();
        if (into == null) {
            return;
        }
        socket.input.remove();
        int bytes = (int) Math.min(first.length, into.memory.byteSize());
        MemorySegment.copy(MemorySegment.ofArray(first), 0, into.memory, 0, bytes);
        if (bytes < first.length) {
            socket.input.addFirst(Arrays.copyOfRange(first, bytes, first.length));
        }
        complete(taken(socket), bytes, BUFFER | into.number << BUFFER_SHIFT);
    }

    private static long taken(Socket socket) {
        long token = socket.receive;
        socket.receive = NONE;
        return token;
    }

    private void complete(long token, int result, int flags) {
        completions.add(new Completion(token, result, flags));
    }

    private Socket socket(int number) {
        return sockets.get(number);
    }
}
