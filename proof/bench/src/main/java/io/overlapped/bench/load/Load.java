package io.overlapped.bench.load;

import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.StreamOption;
import io.overlapped.TcpStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Opens connections to a server, works on them until the window is over, and replies. */
abstract class Load implements AutoCloseable {
    private static final int CONNECTING_MAX = 128;
    private static final int SPARE_BUFFERS = 1024;
    private static final int BUFFER_BYTES_MIN = 4096;
    private static final int BUFFER_BYTES_LARGE = 128 * 1024;
    private static final Duration SHUTDOWN = Duration.ofSeconds(20);
    private static final Duration TURN = Duration.ofMillis(20);
    private static final long CONNECT_NANOS = 30_000_000_000L;

    final Request request;
    final Window window;
    final Proactor proactor;
    private final int connections;
    private final InetSocketAddress address;
    private int started;
    private int opened;

    /**
     * @param connections how many to open before {@link #begin}
     */
    Load(Request request, int connections) {
        this.request = request;
        this.connections = connections;
        window = new Window(request);
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), request.port());
        int chunk = Math.max(request.chunkBytes(), BUFFER_BYTES_MIN);
        int spare = chunk > BUFFER_BYTES_MIN ? SPARE_BUFFERS / 8 : SPARE_BUFFERS;
        proactor =
                Proactor.open(
                        Options.defaults()
                                .withRoutineFailure(Options.RoutineFailure.RETHROW)
                                .withShutdownTimeout(SHUTDOWN)
                                .withBuffers(
                                        connections + 2 * spare + 64,
                                        Math.min(chunk, BUFFER_BYTES_LARGE),
                                        spare));
    }

    static Load of(Request request) {
        return switch (request.kind()) {
            case ECHO -> new EchoLoad(request);
            case OPEN -> new OpenLoad(request);
            case STREAM_IN -> new StreamInLoad(request);
            case STREAM_OUT -> new StreamOutLoad(request);
            case FAN -> new FanLoad(request);
            case CONNECT -> new ConnectLoad(request);
            case HOLD -> new HoldLoad(request);
        };
    }

    /** A connection is open. */
    abstract void opened(int number, TcpStream stream);

    /** All connections are open. */
    abstract void begin();

    /** Called after each wait, with the time. */
    void turn(long now) {}

    /** The measuring has begun. */
    void measuring() {}

    /** Whether there is no more to do. */
    boolean isOver() {
        return window.isDone();
    }

    /** How long it may wait for completions. */
    Duration patience() {
        return TURN;
    }

    final Reply run() {
        connectAll();
        begin();
        while (!isOver()) {
            proactor.alertableWait(patience());
            long now = System.nanoTime();
            turn(now);
            if (window.turn(now)) {
                measuring();
            }
        }
        return window.reply();
    }

    final void connectAll() {
        for (int i = 0; i < Math.min(CONNECTING_MAX, connections); i++) {
            connectNext();
        }
        long start = System.nanoTime();
        while (opened < connections) {
            proactor.alertableWait(TURN);
            if (System.nanoTime() - start > CONNECT_NANOS) {
                throw new IllegalStateException(
                        "only " + opened + " of " + connections + " connections in 30 s");
            }
        }
    }

    private void connectNext() {
        int number = started++;
        connect(number);
    }

    /** Opens one more connection. */
    final void connect(int number) {
        proactor.connect(new Overlapped(done -> connected(done, number)), address);
    }

    private void connected(Overlapped done, int number) {
        if (isOver()) {
            return;
        }
        if (done.status() != Status.OK) {
            throw new IllegalStateException(
                    "connection " + number + " cannot be opened: " + done.status());
        }
        // A reset at the end, so that no port is held by a connection that is timing out.
        done.stream().set(StreamOption.LINGER_SECONDS, 0);
        opened++;
        opened(number, done.stream());
        if (started < connections) {
            connectNext();
        }
    }

    /** At once: the servers are to be measured, not how a load tidies up its buffers. */
    @Override
    public void close() {
        proactor.abandon();
    }
}
