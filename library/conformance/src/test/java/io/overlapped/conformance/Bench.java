package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.IoBuffer;
import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.StreamOption;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What a test of the contract works with: a proactor for servers and one for clients, the same one
 * unless the configuration is mixed, both driven by the test's own thread.
 *
 * <p>When the test is over it closes everything and checks that nothing is left: no operation in
 * flight, no buffer leased, no descriptor, and no line in the log that was not expected.
 */
final class Bench {
    static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);

    private static final long TIMEOUT_NANOS = 60_000_000_000L;
    private static final Duration STEP = Duration.ofMillis(1);
    private static final Logger LOG = Logger.getLogger("io.overlapped");

    private final Configuration configuration;
    private final Machine machine;
    private final int descriptorsBefore;
    private final List<Proactor> proactors = new ArrayList<>();
    private final List<Proactor> alone = new ArrayList<>();
    private final List<IoBuffer> taken = new ArrayList<>();
    private final List<Peer> peers = new ArrayList<>();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler recorder = new Recorder();
    private final Random random;
    private boolean logExpected;

    final Proactor server;
    final Proactor client;

    Bench(Configuration configuration) {
        this(configuration, configuration.machine());
    }

    Bench(Configuration configuration, Machine machine) {
        this.configuration = configuration;
        this.machine = machine;
        long seed = 42;
        random = new Random(seed);
        LOG.setUseParentHandlers(false);
        LOG.addHandler(recorder);
        descriptorsBefore = machine.descriptors();
        server = open(configuration.server());
        client = configuration.isMixed() ? open(configuration.client()) : server;
    }

    String name() {
        return configuration.name();
    }

    Options options() {
        return configuration.server();
    }

    boolean isNio() {
        return configuration.server().driver().startsWith("nio");
    }

    /** Simulated time passes only where a proactor waits. */
    boolean isSimulated() {
        return configuration.server().driver().equals("sim");
    }

    /** One more proactor of this thread, which the test closes. */
    Proactor openAlone() {
        return openAlone(options());
    }

    /** One more proactor of this thread, which the test closes. */
    Proactor openAlone(Options options) {
        Proactor proactor = machine.open(options);
        alone.add(proactor);
        return proactor;
    }

    /** One more proactor of this thread. */
    Proactor open(Options options) {
        Proactor proactor = machine.open(options);
        proactors.add(proactor);
        return proactor;
    }

    /** The clock of its timers. */
    long nanoTime() {
        return server.nanoTime();
    }

    /** What becomes of lines in the log is not asked. */
    void ignoreLog() {
        logExpected = true;
    }

    /** The test is about a line in the log. */
    List<String> expectLog() {
        logExpected = true;
        return logged;
    }

    /** Drives the proactors until {@code condition} holds. */
    void until(BooleanSupplier condition) {
        long start = nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(
                    nanoTime() - start < TIMEOUT_NANOS, () -> "it never happened; " + counters());
            for (Proactor proactor : proactors) {
                if (proactors.size() == 1 || isSimulated()) {
                    proactor.alertableWait(STEP);
                } else {
                    proactor.poll();
                }
            }
        }
    }

    private String counters() {
        return String.join(
                "; ", proactors.stream().map(p -> p.report().counters().toString()).toList());
    }

    /** Drives until {@code operation} has completed. */
    Overlapped done(Overlapped operation) {
        until(() -> !operation.isPending());
        return operation;
    }

    /** Drives until it has completed, and expects success. */
    Overlapped ok(Overlapped operation) {
        done(operation);
        assertEquals(Status.OK, operation.status(), operation::toString);
        return operation;
    }

    /** Drives until it has completed with {@code status}. */
    void ended(Overlapped operation, Status status) {
        done(operation);
        assertEquals(status, operation.status(), operation::toString);
        assertEquals(0, operation.bytes());
    }

    /** Drives for a while in which nothing should happen to {@code operation}. */
    void stillPending(Overlapped operation) {
        Overlapped timer = server.timer(new Overlapped(), Duration.ofMillis(30));
        done(timer);
        assertTrue(operation.isPending(), operation::toString);
    }

    TcpListener listener() {
        return server.listen(ANY_PORT);
    }

    /** The two ends of one connection. */
    record Pair(TcpStream near, TcpStream far) {}

    Pair pair() {
        TcpListener listener = listener();
        Pair pair = pair(listener);
        listener.close();
        return pair;
    }

    Pair pair(TcpListener listener) {
        Overlapped accept = listener.accept(new Overlapped());
        Overlapped connect = client.connect(new Overlapped(), listener.address());
        ok(connect);
        ok(accept);
        return new Pair(connect.stream(), accept.stream());
    }

    /** A stream of ours and the other end of it. */
    record Raw(Peer peer, TcpStream stream) {
        void write(byte... bytes) {
            peer.write(bytes);
        }

        byte[] read(int count) {
            return peer.read(count);
        }

        int readOne() {
            return peer.readOne();
        }

        void reset() {
            peer.reset();
        }
    }

    Raw raw() {
        TcpListener listener = listener();
        Overlapped accept = listener.accept(new Overlapped());
        Peer peer = connectPeer(listener.address());
        ok(accept);
        listener.close();
        return new Raw(peer, accept.stream());
    }

    /** One whose system takes little at a time, so that a few megabytes that nobody reads wait. */
    Raw narrow() {
        Raw raw = raw();
        raw.stream().set(StreamOption.SEND_BUFFER_BYTES, 64 * 1024);
        return raw;
    }

    Peer connectPeer(InetSocketAddress address) {
        Peer peer = machine.connect(address);
        peers.add(peer);
        return peer;
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** An empty buffer for operations of {@code stream}, given back when the test is over. */
    IoBuffer take(TcpStream stream) {
        IoBuffer buffer = stream.proactor().buffers().take();
        taken.add(buffer);
        return buffer;
    }

    IoBuffer filled(TcpStream stream, byte[] bytes) {
        return take(stream).append(bytes, 0, bytes.length);
    }

    IoBuffer filled(TcpStream stream, String text) {
        return take(stream).append(text);
    }

    /** Sends {@code bytes}, as many buffers as it takes, and waits for the last. */
    void write(TcpStream stream, byte[] bytes) {
        Proactor proactor = stream.proactor();
        for (int at = 0; at < bytes.length; ) {
            try (IoBuffer buffer = proactor.buffers().take()) {
                int count = Math.min(buffer.writable(), bytes.length - at);
                buffer.append(bytes, at, count);
                ok(stream.send(new Overlapped(), buffer));
                at += count;
            }
        }
    }

    void write(TcpStream stream, String text) {
        write(stream, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Receives {@code count} bytes by receives that choose their buffers. */
    byte[] read(TcpStream stream, int count) {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        while (got.size() < count) {
            Overlapped receive = ok(stream.receive(new Overlapped()));
            assertTrue(receive.bytes() > 0, "the stream ended after " + got.size() + " bytes");
            try (IoBuffer buffer = receive.buffer()) {
                assertEquals(receive.bytes(), buffer.readable());
                got.writeBytes(content(buffer));
            }
        }
        assertEquals(count, got.size(), "more bytes than were sent");
        return got.toByteArray();
    }

    String text(TcpStream stream, int count) {
        return new String(read(stream, count), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The next receive finds the end of the stream. */
    void readEnd(TcpStream stream) {
        Overlapped receive = ok(stream.receive(new Overlapped()));
        assertEquals(0, receive.bytes());
        assertTrue(!receive.hasBuffer(), "a buffer without bytes");
    }

    /** The peer has closed, having read all or not: the next receive finds the end or a reset. */
    void readEndOrReset(TcpStream stream) {
        Overlapped receive = done(stream.receive(new Overlapped()));
        assertEquals(0, receive.bytes());
        assertTrue(
                receive.status() == Status.OK || receive.status() == Status.RESET,
                receive::toString);
    }

    static byte[] content(IoBuffer buffer) {
        byte[] content = new byte[buffer.readable()];
        buffer.copyTo(0, content, 0, content.length);
        return content;
    }

    private static long staleCompletions(Proactor proactor) {
        return proactor.report().counters().get("staleCompletions");
    }

    long inFlight(Proactor proactor) {
        return proactor.report().counters().get("inFlight");
    }

    /** Closes everything and checks that nothing is left. */
    void close() {
        close(false);
    }

    /**
     * Closes everything and checks that nothing is left.
     *
     * @param broken whether the test ended early: it may then hold buffers and have proactors open
     *     that it would have closed
     */
    void close(boolean broken) {
        try {
            if (broken) {
                alone.forEach(Proactor::close);
            }
            closeBuffers();
            for (Proactor proactor : proactors) {
                proactor.close();
            }
            for (Peer peer : peers) {
                peer.close();
            }
            machine.close();
            closeBuffers();
            assertEquals(List.of(), taken, "buffers are still lent");
            for (Proactor proactor : proactors) {
                assertEquals(0, inFlight(proactor), "operations are in flight");
                assertEquals(0, staleCompletions(proactor), "completions for no operation");
                if (!broken) {
                    assertEquals(0, proactor.buffers().leased(), "buffers are leased");
                }
            }
            noDescriptorLeft();
            awaitLog();
            if (!logExpected) {
                assertEquals(List.of(), logged, "unexpected lines in the log");
            }
        } finally {
            awaitLog();
            LOG.removeHandler(recorder);
        }
    }

    /** Those that no operation has, which then comes to its end with the proactors. */
    private void closeBuffers() {
        taken.removeIf(
                buffer -> {
                    boolean free = !buffer.isLent();
                    if (free) {
                        buffer.close();
                    }
                    return free;
                });
    }

    /**
     * The library writes its lines soon, on the thread that a closed proactor's routines run on.
     */
    private void awaitLog() {
        if (!server.isClosed()) {
            return;
        }
        CountDownLatch written = new CountDownLatch(1);
        server.post(new Overlapped(_ -> written.countDown()));
        try {
            assertTrue(written.await(TIMEOUT_NANOS, TimeUnit.NANOSECONDS), "the log hangs");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Some are closed by threads of the JDK's, a moment later. */
    private void noDescriptorLeft() {
        long start = System.nanoTime();
        while (machine.descriptors() > descriptorsBefore
                && System.nanoTime() - start < TIMEOUT_NANOS / 4) {
            Thread.onSpinWait();
        }
        assertTrue(
                machine.descriptors() <= descriptorsBefore,
                () -> machine.descriptors() + " descriptors instead of " + descriptorsBefore);
    }

    private final class Recorder extends Handler {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
