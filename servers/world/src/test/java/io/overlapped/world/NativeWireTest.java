package io.overlapped.world;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.overlapped.session.Framing;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NativeWireTest {
    private static final int LIMIT = 1024;

    private final NativeWire wire = new NativeWire(LIMIT);
    private final Packet packet = new Packet();

    @Test
    void aHelloHasItsBytes() {
        NativeClientWire.hello(packet, 1, "Ada".getBytes(UTF_8));
        assertHex("0700 01 0100 03 416461");
        assertEquals(List.of("hello 1 [65, 100, 97]"), Streams.requests(wire, packet.copy()));
    }

    @Test
    void theServersFramesHaveTheirBytes() {
        Piece piece = new Piece(258, Kind.NPC, "Ada", -1, 3, 1999);
        wire.joined(packet, piece, WorldRules.board(), 50);
        assertHex("1100 41 02010000 0800 0800 0300 cf07 ffff 3200");
        wire.entered(packet.clear(), piece);
        assertHex("0e00 43 02010000 01 0300 cf07 03 416461");
        wire.moved(packet.clear(), piece, -2);
        assertHex("0d00 44 02010000 0300 cf07 feffffff");
        wire.left(packet.clear(), piece);
        assertHex("0500 45 02010000");
        wire.closing(packet.clear(), 8, "no");
        assertHex("0500 47 08 02 6e6f");
    }

    @Test
    void whatTheServerWritesTheClientReads() {
        Piece piece = new Piece(7, Kind.PLAYER, "세종 😀", 0, 3, 4);
        wire.joined(packet, piece, WorldRules.board(), 50);
        assertEvent(new Event.Welcome(7, 8, 8, 3, 4, 65_535, 50));
        wire.entered(packet.clear(), piece);
        assertEvent(new Event.Entered(7, Kind.PLAYER, 3, 4, "세종 😀"));
        wire.moved(packet.clear(), piece, -5);
        assertEvent(new Event.Moved(7, 3, 4, -5));
        wire.left(packet.clear(), piece);
        assertEvent(new Event.Left(7));
        wire.ping(packet.clear(), Long.MIN_VALUE);
        assertEvent(new Event.Ping(Long.MIN_VALUE));
        wire.pong(packet.clear(), -1);
        assertEvent(new Event.Pong(-1));
        wire.closing(packet.clear(), 11, "가".repeat(100));
        assertEvent(new Event.Closing(11, "가".repeat(85)));
        for (Refusal why : Refusal.values()) {
            wire.refused(packet.clear(), why);
            assertEvent(new Event.Refused(why.code(), why.reason()));
        }
    }

    @Test
    void whatTheClientWritesTheServerReads() {
        NativeClientWire.move(packet, Direction.DOWN, -7);
        NativeClientWire.ping(packet, 5);
        NativeClientWire.pong(packet, -6);
        assertEquals(
                List.of(
                        new Request.Move(Direction.DOWN, -7).toString(),
                        new Request.Ping(5).toString(),
                        new Request.Pong(-6).toString()),
                Streams.requests(wire, packet.copy()));
    }

    @Test
    void framesAreTheSameWhereverTheyAreSplit() {
        NativeClientWire.hello(packet, 1, "세종".getBytes(UTF_8));
        NativeClientWire.move(packet, Direction.DOWN, -7);
        NativeClientWire.ping(packet, 5);
        NativeClientWire.hello(packet, 2, new byte[0]);
        byte[] bytes = packet.copy();
        assertEquals(4, Streams.requests(wire, bytes).size());
        Streams.assertSameWhereverSplit(wire, bytes);
    }

    @Test
    void everyLengthIsFrameOrErrorAsSoonAsItIsThere() {
        for (int length = 0; length <= 0xFFFF; length++) {
            byte[] bytes = {(byte) length, (byte) (length >> 8)};
            int expected =
                    length == 0
                            ? Framing.TOO_SHORT
                            : length > LIMIT ? Framing.TOO_LONG : Framing.INCOMPLETE;
            assertEquals(
                    expected, Streams.frameBytes(wire.framing(), MemorySegment.ofArray(bytes)));
        }
        assertEquals(
                Framing.INCOMPLETE,
                Streams.frameBytes(wire.framing(), MemorySegment.ofArray(new byte[] {0})));
        assertEquals(
                Framing.INCOMPLETE,
                Streams.frameBytes(wire.framing(), MemorySegment.ofArray(new byte[0])));
    }

    @Test
    void everyTypeWithEveryShortBodyIsRightOrNamed() {
        for (int type = 0; type <= 255; type++) {
            for (int body = 0; body <= 32; body++) {
                byte[] bytes = new byte[3 + body];
                bytes[0] = (byte) (1 + body);
                bytes[2] = (byte) type;
                Request request = wire.request(MemorySegment.ofArray(bytes));
                int right =
                        switch (type) {
                            case NativeWire.HELLO -> 3;
                            case NativeWire.MOVE -> 5;
                            case NativeWire.CLIENT_PING, NativeWire.CLIENT_PONG -> 8;
                            default -> -1;
                        };
                String seen = Streams.describe(request);
                if (type == NativeWire.ON_BEHALF) {
                    boolean isAddress = body == 4 || body == 16;
                    assertEquals(!isAddress, seen.equals("BAD_FIELD"), seen);
                } else if (right < 0) {
                    assertEquals("UNKNOWN_TYPE", seen);
                } else if (body != right) {
                    assertEquals(body < right ? "TOO_SHORT" : "TOO_LONG", seen);
                } else {
                    assertEquals(false, request instanceof Request.Malformed);
                }
            }
        }
    }

    @Test
    void aDirectionOutsideTheFourIsABadField() {
        for (int code = 4; code <= 255; code++) {
            packet.clear();
            int start = NativeWire.begin(packet, NativeWire.MOVE);
            packet.u8(code).u32(0);
            NativeWire.end(packet, start);
            assertEquals(List.of("BAD_FIELD"), Streams.requests(wire, packet.copy()));
        }
    }

    @Test
    void randomBytesNeverBreakTheDecoders() {
        long seed = 77;
        SplittableRandom random = new SplittableRandom(seed);
        CourseWire course = new CourseWire();
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(1, 60)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                bytes[1 % bytes.length] = 0;
                bytes[0] = (byte) random.nextInt(bytes.length + 2);
            }
            try {
                Streams.requests(wire, bytes);
                Streams.requests(course, bytes);
                readEvents(bytes);
            } catch (RuntimeException broken) {
                throw new AssertionError(
                        "seed " + seed + ": " + HexFormat.of().formatHex(bytes), broken);
            }
        }
    }

    private static void readEvents(byte[] bytes) {
        MemorySegment memory = MemorySegment.ofArray(bytes);
        int size = Streams.frameBytes(NativeClientWire.FRAMING, memory);
        if (size > 0) {
            NativeClientWire.event(memory.asSlice(0, size));
        }
        size = Streams.frameBytes(CourseClientWire.FRAMING, memory);
        if (size > 0) {
            CourseClientWire.event(memory.asSlice(0, size));
        }
    }

    @Test
    void anUnknownServerTypeIsSkippedByTheClient() {
        assertEquals(
                new Event.Unknown(127),
                NativeClientWire.event(MemorySegment.ofArray(new byte[] {1, 0, 127})));
        assertInstanceOf(
                Event.Malformed.class,
                NativeClientWire.event(MemorySegment.ofArray(new byte[] {1, 0, NativeWire.ENTER})));
    }

    private void assertEvent(Event expected) {
        assertEquals(
                packet.length(), Streams.frameBytes(NativeClientWire.FRAMING, packet.segment()));
        assertEquals(expected, NativeClientWire.event(packet.segment()));
    }

    private void assertHex(String expected) {
        assertEquals(expected.replace(" ", ""), HexFormat.of().formatHex(packet.copy()));
    }
}
