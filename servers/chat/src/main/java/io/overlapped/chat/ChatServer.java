package io.overlapped.chat;

import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.StreamOption;
import io.overlapped.TcpListener;
import io.overlapped.session.Framing;
import io.overlapped.session.Limits;
import io.overlapped.session.Networks;
import io.overlapped.session.SessionHandler;
import io.overlapped.session.SessionServer;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One room that lecture clients and native members share, on a proactor that the caller opened and
 * closes.
 *
 * <p>An empty message, which lecture clients can send, is told to lecture clients only; what they
 * send that is not UTF-8, or has control characters, reaches native members with U+FFFD in its
 * place.
 *
 * <p>Threads: any; what happens in the room happens on the proactor's.
 */
public final class ChatServer implements AutoCloseable {
    private final Proactor proactor;
    private final ChatOptions options;
    private final Room room = new Room();
    private final Ends ends = new Ends();
    private final LectureWire lecture = new LectureWire(room, ends);
    private final NativeWire natives;
    private final List<SessionServer> servers = new CopyOnWriteArrayList<>();

    private ChatServer(Proactor proactor, ChatOptions options) {
        this.proactor = proactor;
        this.options = options;
        natives = new NativeWire(room, ends, options.membersMax());
    }

    /** An empty room that listens nowhere yet. */
    public static ChatServer open(Proactor proactor, ChatOptions options) {
        return new ChatServer(proactor, options);
    }

    /**
     * Listens for lecture clients. On an address that only this machine can reach, this machine is
     * a hop: its address has no limit.
     *
     * @return the address, with the port that was picked for port 0
     * @throws OverlappedException if the address cannot be had
     */
    public InetSocketAddress listenLecture(InetSocketAddress address) {
        return listen(address, LecturePackets.UP, options.lectureLimits(), lecture);
    }

    /**
     * Listens for native clients. On an address that only this machine can reach, this machine is a
     * hop: its address has no limit.
     *
     * @return the address, with the port that was picked for port 0
     * @throws OverlappedException if the address cannot be had
     */
    public InetSocketAddress listenNative(InetSocketAddress address) {
        return listen(address, NativeFrames.FRAMING, options.limits(), natives);
    }

    /**
     * Tells {@code listener}, in place of the one before, what happens in the room from now on, in
     * the order in which members are told: for a record of it, for instance. To be called before it
     * listens, or on the proactor's thread.
     */
    public void watch(ChatListener listener) {
        room.watch(listener);
    }

    /** How many are in the room. */
    public int members() {
        return room.size();
    }

    /** How many connections ended, by reason. */
    public Map<EndReason, Long> ends() {
        return ends.all();
    }

    /** What it has done so far, by name. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("members", (long) room.size());
        ends.all().forEach((reason, count) -> counts.put("ended." + reason.name(), count));
        return counts;
    }

    /** Stops listening, tells everybody that it stops, and waits until they are gone. */
    @Override
    public void close() {
        servers.forEach(SessionServer::startClose);
        servers.forEach(SessionServer::close);
    }

    private InetSocketAddress listen(
            InetSocketAddress address, Framing framing, Limits limits, SessionHandler handler) {
        TcpListener listener = proactor.listen(address);
        keepAlive(listener);
        try {
            servers.add(SessionServer.open(listener, framing, effective(address, limits), handler));
        } catch (IllegalArgumentException e) {
            listener.close();
            throw e;
        }
        return listener.address();
    }

    private static Limits effective(InetSocketAddress address, Limits limits) {
        return address.getAddress().isLoopbackAddress()
                ? limits.withHops(limits.admission().hops().and(Networks.LOOPBACK))
                : limits;
    }

    /** Lecture clients cannot be pinged: those whose machine has vanished are found by TCP. */
    private static void keepAlive(TcpListener listener) {
        try {
            listener.set(StreamOption.KEEP_ALIVE, 1);
        } catch (OverlappedException e) {
            // Where listeners do not hand it on, such a client is found by the first send.
        }
    }
}
