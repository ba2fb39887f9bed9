package io.overlapped.world;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpStream;
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

    private static final int MAX_OUTPUT_BYTES = 16 * 1024;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final TcpStream stream;
    private final Listener listener;
    private final WorldView view;
    private final Inbound inbound = new Inbound(CourseClientWire::eventBytes);
    private final Outbox outbox;
    private final Packet packet = new Packet();
    private final Overlapped receive = new Overlapped(this::receiveDone);
    private boolean ended;

    private WorldClient(TcpStream stream, String name, Listener listener) {
        this.stream = stream;
        this.listener = listener;
        view = new WorldView(name);
        outbox = new Outbox(stream, MAX_OUTPUT_BYTES, new Sending());
    }

    /**
     * Connects to a server of the course's wire and asks for a piece under this name; the answer is
     * {@link Event.Avatar}, or {@link Event.Refused} with the reason.
     *
     * @throws OverlappedException if it cannot be connected
     * @throws IllegalArgumentException if the name has more than 19 bytes
     */
    public static WorldClient connect(
            Proactor proactor, InetSocketAddress server, String name, Listener listener) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= CourseWire.NAME_BYTES) {
            throw new IllegalArgumentException(
                    "the name has " + bytes.length + " bytes; the course's wire takes 19");
        }
        Overlapped connected = new Overlapped();
        proactor.connect(connected, server).await();
        WorldClient client = new WorldClient(connected.stream(), name, listener);
        client.stream.receive(client.receive);
        client.post(() -> client.login(bytes));
        return client;
    }

    /** Asks for a move by one cell; {@link Event.Moved} with this client's id is the answer. */
    public void move(Direction direction) {
        int now = (int) (System.nanoTime() / 1_000_000);
        post(
                () -> {
                    CourseClientWire.move(packet.clear(), direction, now);
                    sendPacket();
                });
    }

    /** Milliseconds since a move, by the move time that came back with its answer. */
    public static int delayMillis(Event.Moved answer) {
        return (int) (System.nanoTime() / 1_000_000) - answer.moveTime();
    }

    /** Leaves; {@link Listener#ended} is called if it was not before. */
    @Override
    public void close() {
        try {
            stream.close(new Overlapped()).await(CLOSE_TIMEOUT);
        } catch (IllegalStateException alreadyClosed) {
            stream.close();
        }
    }

    private void post(Runnable work) {
        stream.proactor().post(new Overlapped(_ -> work.run()));
    }

    private void login(byte[] name) {
        CourseClientWire.login(packet.clear(), name);
        sendPacket();
    }

    private void sendPacket() {
        if (!ended && !stream.isClosed() && outbox.offer(packet.segment())) {
            outbox.flush(System.nanoTime());
        }
    }

    private void receiveDone(Overlapped done) {
        if (done.bytes() > 0) {
            try (IoBuffer buffer = done.buffer()) {
                inbound.received(buffer.bytes(), new Receiving());
            }
            if (stream.isClosed()) {
                end("You have left.");
            } else {
                stream.receive(receive);
            }
        } else if (done.status() == Status.OK) {
            end("The server has closed the connection.");
        } else if (done.status() == Status.CANCELED || done.status() == Status.CLOSED) {
            end("You have left.");
        } else {
            end("The connection is lost: " + done.status() + ".");
        }
    }

    private void end(String why) {
        if (!ended) {
            ended = true;
            stream.close();
            listener.ended(why);
        }
    }

    /** Packets on their way in. */
    private final class Receiving implements Inbound.Sink {
        @Override
        public boolean packet(MemorySegment bytes) {
            Event event = CourseClientWire.event(bytes);
            try {
                view.apply(event);
            } catch (IllegalStateException contradiction) {
                end("The server contradicts itself: " + contradiction.getMessage() + ".");
                return false;
            }
            listener.changed(view, event);
            return !ended;
        }

        @Override
        public void broken(int how) {
            end("What the server sends is not the course's wire.");
        }
    }

    /** Packets on their way out. */
    private final class Sending implements Outbox.Owner {
        @Override
        public void drained() {}

        @Override
        public void failed(Status why) {
            end("The connection is lost: " + why + ".");
        }
    }
}
