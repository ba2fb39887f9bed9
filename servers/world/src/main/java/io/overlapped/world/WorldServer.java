package io.overlapped.world;

import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.StreamOption;
import io.overlapped.TcpListener;
import io.overlapped.session.Limits;
import io.overlapped.session.Networks;
import io.overlapped.session.SessionReport;
import io.overlapped.session.SessionServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * One world that clients of the course's wire and of the native wire share, on a proactor that the
 * caller opened and closes.
 *
 * <p>Threads: any but for {@link #forEachPiece}; what happens in the world happens on the
 * proactor's.
 */
public final class WorldServer implements AutoCloseable {
    /**
     * A course client cannot be asked for a sign of life, and may be silent as long as it likes.
     */
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private static final System.Logger LOG = System.getLogger("io.overlapped.world");

    /** Longer than a send may make no progress: a client that is there has that reason instead. */
    private static final int VANISHED_MILLIS = 20_000;

    private final Proactor proactor;
    private final WorldOptions options;
    private final WorldHost host;
    private final Tally tally = new Tally();
    private final Ticker ticker;
    private final Encoded courseWire = new Encoded(new CourseWire());
    private final Encoded nativeWire;
    private final List<SessionServer> servers = new CopyOnWriteArrayList<>();
    private volatile int players;

    private WorldServer(Proactor proactor, WorldOptions options) {
        this.proactor = proactor;
        this.options = options;
        host = new WorldHost(options.rules(), options.tickMillis());
        nativeWire = new Encoded(new NativeWire(options.maxFrameBytes()));
        ticker = new Ticker(proactor, Duration.ofMillis(options.tickMillis()), this::tick);
    }

    /** A world that lives from now on and listens nowhere yet. */
    public static WorldServer open(Proactor proactor, WorldOptions options) {
        WorldServer server = new WorldServer(proactor, options);
        server.ticker.start();
        return server;
    }

    /**
     * Listens for clients of the course's wire, whose silence has no limit. On an address that only
     * this machine can reach, this machine is a hop: its address has no limit either.
     *
     * @return the address, with the port that was picked for port 0
     * @throws OverlappedException if the address cannot be had
     */
    public InetSocketAddress listenCourse(InetSocketAddress address) {
        Duration ping = options.limits().silence().ping();
        return listen(
                address,
                courseWire,
                options.limits().withSilence(new Limits.Silence(ping, FOR_EVER)));
    }

    /**
     * Listens for clients of the native wire. On an address that only this machine can reach, this
     * machine is a hop: its address has no limit.
     *
     * @return the address, with the port that was picked for port 0
     * @throws OverlappedException if the address cannot be had
     */
    public InetSocketAddress listenNative(InetSocketAddress address) {
        return listen(address, nativeWire, options.limits());
    }

    /** What it was opened with. */
    public WorldOptions options() {
        return options;
    }

    /** Clients that are connected, with or without a piece. */
    public int connected() {
        return servers.stream().map(SessionServer::report).mapToInt(r -> (int) r.open()).sum();
    }

    /** Players on the board, as of the last tick. */
    public int players() {
        return players;
    }

    /** Visits every piece, NPCs first; on the proactor's thread. */
    public void forEachPiece(Consumer<Piece> visitor) {
        host.world().forEachPiece(visitor);
    }

    /** What has been counted so far, by name: closes by reason, and ticks that were left out. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>(tally.counts());
        counts.put("MISSED_TICKS", ticker.missed());
        return counts;
    }

    /** What has happened in the sessions of each listener, in the order of listening. */
    public List<SessionReport> reports() {
        return servers.stream().map(SessionServer::report).toList();
    }

    /** Tells every client that it stops, ends them, and gives the ports back. */
    @Override
    public void close() {
        ticker.stop();
        servers.forEach(SessionServer::startClose);
        servers.forEach(SessionServer::close);
    }

    private InetSocketAddress listen(InetSocketAddress address, Encoded encoded, Limits limits) {
        Limits effective =
                address.getAddress().isLoopbackAddress()
                        ? limits.withHops(limits.admission().hops().and(Networks.LOOPBACK))
                        : limits;
        TcpListener listener = listener(address);
        try {
            WireHandler handler = new WireHandler(host, encoded, tally, limits.output().bytesMax());
            servers.add(SessionServer.open(listener, encoded.wire().framing(), effective, handler));
        } catch (IllegalArgumentException e) {
            listener.close();
            throw e;
        }
        return listener.address();
    }

    /**
     * Its streams inherit what is set here, so that a course client whose machine vanished is found
     * out when it does not acknowledge what it is sent.
     */
    private TcpListener listener(InetSocketAddress address) {
        TcpListener listener = proactor.listen(address);
        set(listener, StreamOption.KEEP_ALIVE, 1);
        set(listener, StreamOption.USER_TIMEOUT_MILLIS, VANISHED_MILLIS);
        return listener;
    }

    private static void set(TcpListener listener, StreamOption option, int value) {
        try {
            listener.set(option, value);
        } catch (OverlappedException e) {
            // A driver without it finds out later, by the kernel's own patience.
            LOG.log(System.Logger.Level.DEBUG, "no {0} here: {1}", option, e.status());
        }
    }

    private void tick() {
        host.tick();
        players = host.world().playerCount();
    }
}
