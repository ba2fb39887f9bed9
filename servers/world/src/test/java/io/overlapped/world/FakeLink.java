package io.overlapped.world;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A link that keeps what is sent, and reads it as a client when it is flushed. */
final class FakeLink implements Link {
    final WorldView view = new WorldView("me");
    final List<Event> events = new ArrayList<>();
    private final boolean course;
    private byte[] waiting = {};
    final List<String> countedAs = new ArrayList<>();
    int flushes;
    boolean loggedIn;
    @Nullable WireError ended;
    @Nullable Refusal endedBy;

    FakeLink(boolean course) {
        this.course = course;
    }

    @Override
    public void send(MemorySegment packets) {
        waiting = Streams.join(waiting, packets.toArray(ValueLayout.JAVA_BYTE));
    }

    @Override
    public void flush() {
        flushes++;
        MemorySegment bytes = MemorySegment.ofArray(waiting);
        waiting = new byte[0];
        while (bytes.byteSize() > 0) {
            int size =
                    course
                            ? Streams.frameBytes(CourseClientWire.FRAMING, bytes)
                            : Streams.frameBytes(NativeClientWire.FRAMING, bytes);
            if (size <= 0) {
                throw new AssertionError("not whole packets: " + size);
            }
            MemorySegment packet = bytes.asSlice(0, size);
            Event event = course ? CourseClientWire.event(packet) : NativeClientWire.event(packet);
            events.add(event);
            view.apply(event);
            bytes = bytes.asSlice(size);
        }
    }

    @Override
    public void loggedIn() {
        loggedIn = true;
    }

    @Override
    public void countAs(InetAddress address) {
        countedAs.add(address.getHostAddress());
    }

    @Override
    public void end(WireError why, String detail) {
        ended = why;
    }

    @Override
    public void endRefused(Refusal why) {
        endedBy = why;
    }
}
