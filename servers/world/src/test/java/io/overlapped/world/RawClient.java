package io.overlapped.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.overlapped.session.Framing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A client on a plain socket of the JDK, which can send anything. */
final class RawClient implements AutoCloseable {
    private static final long DEADLINE_NANOS = 60_000_000_000L;

    final WorldView view = new WorldView("me");
    final List<Event> events = new ArrayList<>();
    final boolean course;
    private final Socket socket;
    private final Packet packet = new Packet();
    private byte[] held = {};
    boolean ended;

    RawClient(InetSocketAddress address, boolean course) throws IOException {
        this.course = course;
        socket = new Socket(address.getAddress(), address.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(50);
    }

    Socket socket() {
        return socket;
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** For a thread of the test that cannot throw. */
    void sendNow(byte[] bytes) {
        try {
            send(bytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    byte[] loginBytes(String name) {
        packet.clear();
        if (course) {
            CourseClientWire.login(packet, name.getBytes(UTF_8));
        } else {
            NativeClientWire.hello(packet, NativeWire.VERSION, name.getBytes(UTF_8));
        }
        return packet.copy();
    }

    byte[] moveBytes(Direction direction, int moveTime) {
        packet.clear();
        if (course) {
            CourseClientWire.move(packet, direction, moveTime);
        } else {
            NativeClientWire.move(packet, direction, moveTime);
        }
        return packet.copy();
    }

    /** Logs in and waits until it has its piece. */
    RawClient in(String name) throws IOException {
        send(loginBytes(name));
        until(() -> view.own() != null);
        return this;
    }

    int id() {
        return view.own().id();
    }

    boolean sees(int id) {
        return view.others().stream().anyMatch(piece -> piece.id() == id);
    }

    /** Reads until it is so. */
    void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > DEADLINE_NANOS) {
                throw new AssertionError("not in 60 s; so far: " + events);
            }
            if (ended) {
                throw new AssertionError("the server closed; so far: " + events);
            }
            readSome();
        }
    }

    /** Reads until the server closes; whether it did so by FIN or RST does not matter. */
    void untilEnd() {
        long start = System.nanoTime();
        while (!ended) {
            if (System.nanoTime() - start > DEADLINE_NANOS) {
                throw new AssertionError("not closed in 60 s; so far: " + events);
            }
            readSome();
        }
    }

    private void readSome() {
        byte[] some = new byte[4096];
        try {
            InputStream in = socket.getInputStream();
            int count = in.read(some);
            if (count < 0) {
                ended = true;
            } else {
                held = Streams.join(held, Arrays.copyOf(some, count));
                take();
            }
        } catch (SocketTimeoutException again) {
            // The caller looks at its condition and its deadline.
        } catch (SocketException reset) {
            ended = true;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void take() {
        MemorySegment bytes = MemorySegment.ofArray(held);
        int size = eventBytes(bytes);
        while (size > 0) {
            MemorySegment one = bytes.asSlice(0, size);
            Event event = course ? CourseClientWire.event(one) : NativeClientWire.event(one);
            events.add(event);
            view.apply(event);
            bytes = bytes.asSlice(size);
            size = eventBytes(bytes);
        }
        if (size != Framing.INCOMPLETE) {
            throw new AssertionError("not a packet: " + size);
        }
        held = bytes.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
    }

    private int eventBytes(MemorySegment bytes) {
        return course
                ? Streams.frameBytes(CourseClientWire.FRAMING, bytes)
                : Streams.frameBytes(NativeClientWire.FRAMING, bytes);
    }

    /** Ends with a reset instead of an orderly close. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
