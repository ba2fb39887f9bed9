package io.overlapped.world;

import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One world that clients of the course's wire and of the native wire share, on a proactor that the
 * caller opened and closes.
 *
 * <p>Threads: open, listen and close from any; everything else happens on the proactor's.
 */
public final class WorldServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("io.overlapped.world");
    private static final Duration SWEEP_PACE = Duration.ofMillis(250);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration CLOSE_PACE = Duration.ofMillis(5);

    private final Proactor proactor;
    private final WorldOptions options;
    private final WorldHost host;
    private final Tally tally = new Tally();
    private final Ticker ticker;
    private final Ticker sweeper;
    private final Encoded courseWire = new Encoded(new CourseWire());
    private final Encoded nativeWire;
    private final List<TcpListener> listeners = new CopyOnWriteArrayList<>();
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final Map<String, Integer> perAddress = new HashMap<>();
    private volatile int connected;
    private volatile int players;
    private volatile boolean closing;
    private volatile boolean closed;

    private WorldServer(Proactor proactor, WorldOptions options) {
        this.proactor = proactor;
        this.options = options;
        host = new WorldHost(options.rules(), options.tickMillis());
        nativeWire = new Encoded(new NativeWire(options.limits().maxFrameBytes()));
        ticker = new Ticker(proactor, Duration.ofMillis(options.tickMillis()), this::tick);
        sweeper = new Ticker(proactor, SWEEP_PACE, this::sweep);
    }

    /** A world that lives from now on and listens nowhere yet. */
    public static WorldServer open(Proactor proactor, WorldOptions options) {
        WorldServer server = new WorldServer(proactor, options);
        server.ticker.start();
        server.sweeper.start();
        return server;
    }

    /**
     * Listens for clients of the course's wire.
     *
     * @return the address, with the port that was picked for port 0
     * @throws OverlappedException if the address cannot be had
     */
    public InetSocketAddress listenCourse(InetSocketAddress address) {
        return listen(address, courseWire);
    }

    /**
     * Listens for clients of the native wire.
     *
     * @return the address, with the port that was picked for port 0
     * @throws OverlappedException if the address cannot be had
     */
    public InetSocketAddress listenNative(InetSocketAddress address) {
        return listen(address, nativeWire);
    }

    /** What it was opened with. */
    public WorldOptions options() {
        return options;
    }

    /** Clients that are connected, with or without a piece. */
    public int connected() {
        return connected;
    }

    /** Players on the board, as of the last tick. */
    public int players() {
        return players;
    }

    /** What has been counted so far, by name: closes by reason, and ticks that were left out. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>(tally.counts());
        counts.put("MISSED_TICKS", ticker.missed());
        return counts;
    }

    /** Tells every client that it stops, ends them, and gives the ports back; at most 3 s. */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        ticker.stop();
        listeners.forEach(TcpListener::close);
        try {
            proactor.post(new Overlapped(_ -> endAll()));
            long start = System.nanoTime();
            while (!closed && System.nanoTime() - start < CLOSE_TIMEOUT.toNanos()) {
                Overlapped pause = new Overlapped();
                proactor.timer(pause, CLOSE_PACE);
                pause.await();
            }
        } catch (IllegalStateException | OverlappedException proactorClosed) {
            // It has ended everything already.
            LOG.log(System.Logger.Level.DEBUG, "closed after its proactor", proactorClosed);
        }
        sweeper.stop();
    }

    private InetSocketAddress listen(InetSocketAddress address, Encoded wire) {
        TcpListener listener = proactor.listen(address);
        listeners.add(listener);
        listener.accept(new Overlapped(done -> accepted(done, listener, wire)));
        return listener.address();
    }

    private void accepted(Overlapped done, TcpListener listener, Encoded wire) {
        if (done.status() == Status.OK) {
            admit(done.stream(), wire);
        }
        if (!listener.isClosed() && !closing) {
            listener.accept(done);
        }
    }

    private void admit(TcpStream stream, Encoded wire) {
        InetAddress address;
        try {
            address = stream.remoteAddress().getAddress();
        } catch (OverlappedException reset) {
            stream.close();
            return;
        }
        WorldLimits limits = options.limits();
        String key = address.getHostAddress();
        boolean own = address.isLoopbackAddress();
        Connection connection = new Connection(this, stream, wire, key);
        connections.add(connection);
        connected = connections.size();
        int ofAddress = perAddress.merge(key, 1, Integer::sum);
        connection.start();
        if (closing) {
            connection.end(CloseReason.STOPPING, "");
        } else if (connections.size() > limits.maxConnections()) {
            connection.end(CloseReason.TOO_MANY, limits.maxConnections() + " in all");
        } else if (!own && ofAddress > limits.maxPerAddress()) {
            connection.end(CloseReason.TOO_MANY, limits.maxPerAddress() + " of one address");
        }
    }

    private void tick() {
        host.tick();
        players = host.world().playerCount();
    }

    private void sweep() {
        long now = System.nanoTime();
        for (Connection connection : List.copyOf(connections)) {
            connection.sweep(now);
        }
    }

    private void endAll() {
        for (Connection connection : List.copyOf(connections)) {
            connection.end(CloseReason.STOPPING, "");
        }
        closed = connections.isEmpty();
    }

    // ---- for the connections

    WorldHost host() {
        return host;
    }

    WorldLimits limits() {
        return options.limits();
    }

    Tally tally() {
        return tally;
    }

    void gone(Connection connection) {
        if (connections.remove(connection)) {
            perAddress.computeIfPresent(
                    connection.peer(), (_, count) -> count == 1 ? null : count - 1);
            connected = connections.size();
            closed = closing && connections.isEmpty();
        }
    }
}
