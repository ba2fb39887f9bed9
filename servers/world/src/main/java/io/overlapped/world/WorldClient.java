package io.overlapped.world;

import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.session.CloseReason;
import io.overlapped.session.Limits;
import io.overlapped.session.Offer;
import io.overlapped.session.Session;
import io.overlapped.session.SessionClient;
import io.overlapped.session.SessionHandler;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A player's end of the course's wire.
 *
 * <p>Threads: connect, move and close from any; the listener is called on the proactor's.
 */
public final class WorldClient implements AutoCloseable {
    /** Hears what the server says. */
    public interface Listener {
        /** The server said something, which the view has taken already. */
        void changed(WorldView view, Event event);

        /**
         * It is over: the last call.
         *
         * @param why a sentence for the user
         */
        void ended(String why);
    }

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(15);

    private final Session session;
    private final SessionClient sessions;
    private final Listener listener;
    private final WorldView view;
    private final Packet packet = new Packet();
    private final Overlapped loginDeadline = new Overlapped(this::loginDue);
    private boolean answered;
    private boolean contradicted;

    private WorldClient(
            Proactor proactor, InetSocketAddress server, String name, Listener listener) {
        this.listener = listener;
        view = new WorldView(name);
        sessions = SessionClient.open(proactor, Limits.client(), new Handler());
        session = sessions.connect(server, CourseClientWire.FRAMING);
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        sessions.execute(
                () -> {
                    CourseClientWire.login(packet.clear(), bytes);
                    send();
                    proactor.timer(loginDeadline, LOGIN_TIMEOUT);
                });
    }

    /**
     * Begins to connect to a server of the course's wire and asks for a piece under this name; the
     * answer is {@link Event.Avatar}, or {@link Event.Refused} with the reason. If nobody is there,
     * {@link Listener#ended} says so.
     *
     * @throws IllegalArgumentException if the name has more than 19 bytes
     */
    public static WorldClient connect(
            Proactor proactor, InetSocketAddress server, String name, Listener listener) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes >= CourseWire.NAME_BYTES) {
            throw new IllegalArgumentException(
                    "the name has " + bytes + " bytes; the course's wire takes 19");
        }
        return new WorldClient(proactor, server, name, listener);
    }

    /** Asks for a move by one cell; {@link Event.Moved} with this client's id is the answer. */
    public void move(Direction direction) {
        int now = (int) (session.proactor().nanoTime() / NANOS_PER_MILLI);
        sessions.execute(
                () -> {
                    CourseClientWire.move(packet.clear(), direction, now);
                    send();
                });
    }

    /** A server that is gone, and whose last word was lost, would be waited for for ever. */
    private void loginDue(Overlapped timer) {
        if (timer.status() == Status.OK && !answered) {
            session.close(CloseReason.LOGIN_TIMEOUT, "no answer within " + LOGIN_TIMEOUT);
        }
    }

    /** Ends the session rather than lose a packet. */
    private void send() {
        if (session.sendFrames(packet.segment()) == Offer.FULL) {
            session.close(CloseReason.SLOW_CONSUMER, "no room for what was to be sent");
        }
    }

    /**
     * Milliseconds since a move, by the move time that came back with its answer.
     *
     * @param nowNanos by the proactor's clock, which is {@link System#nanoTime} on every driver
     *     that is not simulated
     */
    public static int delayMillis(Event.Moved answer, long nowNanos) {
        return (int) (nowNanos / NANOS_PER_MILLI) - answer.moveTime();
    }

    /** Leaves; {@link Listener#ended} is called if it was not before. */
    @Override
    public void close() {
        sessions.close();
    }

    /** What comes from the server. */
    private final class Handler implements SessionHandler {
        @Override
        public void received(Session from, MemorySegment frame) {
            Event event = CourseClientWire.event(frame);
            if (!answered) {
                answered = true;
                loginDeadline.cancel();
            }
            try {
                view.apply(event);
            } catch (IllegalStateException contradiction) {
                contradicted = true;
                from.close(CloseReason.PROTOCOL_ERROR, String.valueOf(contradiction.getMessage()));
                return;
            }
            listener.changed(view, event);
        }

        @Override
        public void closed(Session ended, CloseReason reason, String detail) {
            answered = true;
            loginDeadline.cancel();
            listener.ended(
                    switch (reason) {
                        case PEER_CLOSED -> "The server has closed the connection.";
                        case CLOSED_BY_US, SERVER_CLOSING -> "You have left.";
                        case CONNECT_FAILED ->
                                "Nobody answers at " + detail.replaceFirst("^/", "") + ".";
                        case LOGIN_TIMEOUT -> "The server does not answer.";
                        case PROTOCOL_ERROR, OVERSIZE ->
                                contradicted
                                        ? "The server contradicts itself: " + detail + "."
                                        : "What the server sends is not the course's wire.";
                        default -> "The connection is lost: " + detail + ".";
                    });
        }
    }
}
