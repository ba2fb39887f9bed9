package io.overlapped.world;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.overlapped.fuzz.Cuts;
import io.overlapped.fuzz.Fed;
import io.overlapped.session.CloseReason;
import io.overlapped.session.Framing;
import io.overlapped.session.SessionReport;
import io.overlapped.session.SessionServer;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Both wires of the world, both sides, and the server behind them. */
class WorldWireFuzzTest {
    private static final int OUTPUT_BYTES_MAX = 64 * 1024;

    private record Outcome(String answer, Map<CloseReason, Long> closed) {}

    @FuzzTest
    void aCourseRequestIsTheOneThatWasEncoded(byte[] data) {
        each(new CourseWire().framing(), data, WorldWireFuzzTest::requireCourseRequest);
    }

    @FuzzTest
    void aNativeRequestIsTheOneThatWasEncoded(byte[] data) {
        each(new NativeWire(1024).framing(), data, WorldWireFuzzTest::requireNativeRequest);
    }

    @FuzzTest
    void aCourseEventIsNeverAnException(byte[] data) {
        each(CourseClientWire.FRAMING, data, packet -> require(packet, CourseClientWire::event));
    }

    @FuzzTest
    void aNativeEventIsNeverAnException(byte[] data) {
        each(NativeClientWire.FRAMING, data, packet -> require(packet, NativeClientWire::event));
    }

    @FuzzTest
    void whatTheServerWritesIsWhatAClientReads(byte[] data) {
        if (data.length < 9) {
            return;
        }
        MemorySegment bytes = MemorySegment.ofArray(data);
        String text = Fields.text(Arrays.copyOfRange(data, 9, data.length));
        Packet closing = new Packet();
        new NativeWire(1024).closing(closing, data[0] & 0xff, text);
        Event.Closing closed =
                assertInstanceOf(Event.Closing.class, NativeClientWire.event(closing.segment()));
        assertEquals(data[0] & 0xff, closed.reason());
        assertTrue(text.startsWith(closed.text()));

        Packet ping = new Packet();
        new NativeWire(1024).ping(ping, Fields.i64(bytes, 1));
        assertEquals(new Event.Ping(Fields.i64(bytes, 1)), NativeClientWire.event(ping.segment()));

        Packet hello = new Packet();
        CourseClientWire.login(hello, Arrays.copyOfRange(data, 9, data.length));
        assertEquals(CourseWire.LOGIN_BYTES, hello.length());
    }

    @FuzzTest
    void aNameHasOneForm(byte[] data) {
        if (Names.check(data) instanceof Names.Checked.Accepted accepted) {
            byte[] utf8 = accepted.name().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            assertTrue(utf8.length <= Names.MAX_BYTES);
            assertEquals(accepted, Names.check(utf8));
            assertEquals(Names.key(accepted.name()), Names.key(Names.key(accepted.name())));
        }
    }

    @FuzzTest
    void aCourseServerAnswersTheSameHoweverTheBytesAreSplit(byte[] data) {
        sameHoweverSplit(data, CourseWire::new, CourseClientWire.FRAMING, CourseClientWire::event);
    }

    @FuzzTest
    void aNativeServerAnswersTheSameHoweverTheBytesAreSplit(byte[] data) {
        sameHoweverSplit(
                data,
                () -> new NativeWire(1024),
                NativeClientWire.FRAMING,
                NativeClientWire::event);
    }

    private static void sameHoweverSplit(
            byte[] data,
            java.util.function.Supplier<Wire> wire,
            Framing down,
            Function<MemorySegment, Event> event) {
        Outcome whole = serve(Cuts.whole(data), wire.get(), down, event);
        for (Cuts cuts : Cuts.ways(data)) {
            assertEquals(whole, serve(cuts, wire.get(), down, event), cuts::toString);
        }
    }

    private static Outcome serve(
            Cuts cuts, Wire wire, Framing down, Function<MemorySegment, Event> event) {
        try (Fed fed = new Fed()) {
            WorldHost host = new WorldHost(WorldRules.board(), 50);
            Encoded encoded = new Encoded(wire);
            SessionServer server =
                    fed.serve(
                            wire.framing(),
                            Fed.unhurried(),
                            new WireHandler(host, encoded, new Tally(), OUTPUT_BYTES_MAX));
            int peer = fed.arrive();
            fed.feed(peer, cuts);
            for (int ticks = 0; ticks < 3; ticks++) {
                host.tick();
                fed.settle();
            }
            fed.end(peer);
            for (int seconds = 0; seconds < 5 && !fed.isClosed(peer); seconds++) {
                fed.second();
            }
            host.tick();
            fed.settle();
            assertTrue(fed.isClosed(peer));
            assertEquals(0, host.world().playerCount());
            SessionReport report = server.report();
            assertEquals(0, report.handlerFailures());
            assertEquals(0, fed.proactor().buffers().leased());
            requireUnderstood(fed.output(peer), down, event);
            return new Outcome(HexFormat.of().formatHex(fed.output(peer)), report.closed());
        }
    }

    /** Our own client understands all that our server says. */
    private static void requireUnderstood(
            byte[] output, Framing down, Function<MemorySegment, Event> event) {
        int used =
                each(
                        down,
                        output,
                        packet -> {
                            Event read = event.apply(packet);
                            boolean isOdd =
                                    read instanceof Event.Malformed
                                            || read instanceof Event.Unknown;
                            assertTrue(!isOdd, read::toString);
                        });
        assertEquals(output.length, used);
    }

    /** Hands on each packet of a stream as a session would; how many bytes they have. */
    private static int each(Framing framing, byte[] data, Consumer<MemorySegment> packets) {
        MemorySegment bytes = MemorySegment.ofArray(data);
        int at = 0;
        while (at < data.length) {
            int length = framing.frameBytes(bytes, at, data.length, 0);
            if (length <= 0 || length > data.length - at) {
                break;
            }
            packets.accept(bytes.asSlice(at, length));
            at += length;
        }
        return at;
    }

    private static void require(MemorySegment packet, Function<MemorySegment, Event> read) {
        Event event = read.apply(packet);
        assertNotNull(event);
        String text =
                switch (event) {
                    case Event.Entered entered -> entered.name();
                    case Event.Refused refused -> refused.reason();
                    case Event.Closing closing -> closing.text();
                    case Event.LoggedIn loggedIn -> loggedIn.message();
                    default -> "";
                };
        assertTrue(text.length() <= packet.byteSize());
    }

    private static void requireCourseRequest(MemorySegment packet) {
        Packet again = new Packet();
        switch (new CourseWire().request(packet)) {
            case Request.Hello hello -> {
                CourseClientWire.login(again, hello.name());
                if (hello.name().length < CourseWire.NAME_BYTES) {
                    assertArrayEquals(
                            hello.name(),
                            ((Request.Hello) new CourseWire().request(again.segment())).name());
                }
            }
            case Request.Move move -> {
                CourseClientWire.move(again, move.direction(), move.moveTime());
                requireSame(packet, again);
            }
            case Request.Malformed malformed -> assertTrue(!malformed.detail().isEmpty());
            case Request.Ping ping -> throw new AssertionError(ping);
            case Request.Pong pong -> throw new AssertionError(pong);
            case Request.OnBehalf told -> throw new AssertionError(told);
        }
    }

    private static void requireNativeRequest(MemorySegment packet) {
        Packet again = new Packet();
        switch (new NativeWire(1024).request(packet)) {
            case Request.Hello hello -> {
                NativeClientWire.hello(again, hello.version(), hello.name());
                requireSame(packet, again);
            }
            case Request.Move move -> {
                NativeClientWire.move(again, move.direction(), move.moveTime());
                requireSame(packet, again);
            }
            case Request.Ping ping -> {
                NativeClientWire.ping(again, ping.value());
                requireSame(packet, again);
            }
            case Request.Pong pong -> {
                NativeClientWire.pong(again, pong.value());
                requireSame(packet, again);
            }
            case Request.OnBehalf told ->
                    assertEquals(told, new NativeWire(1024).request(onBehalf(told.address())));
            case Request.Malformed malformed -> assertTrue(!malformed.detail().isEmpty());
        }
    }

    private static MemorySegment onBehalf(InetAddress address) {
        byte[] bytes = address.getAddress();
        byte[] packet = new byte[3 + bytes.length];
        packet[0] = (byte) (1 + bytes.length);
        packet[2] = NativeWire.ON_BEHALF;
        System.arraycopy(bytes, 0, packet, 3, bytes.length);
        return MemorySegment.ofArray(packet);
    }

    private static void requireSame(MemorySegment packet, Packet again) {
        assertArrayEquals(packet.toArray(JAVA_BYTE), again.copy());
    }
}
