package io.overlapped.world;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.overlapped.session.Framing;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class CourseWireTest {
    private final CourseWire wire = new CourseWire();
    private final Packet packet = new Packet();

    @Test
    void aLoginHasTheBytesOfTheCourse() {
        CourseClientWire.login(packet, "Ada".getBytes(UTF_8));
        assertHex("19 00000000 416461" + "00".repeat(17));
        assertEquals(List.of("hello 0 [65, 100, 97]"), Streams.requests(wire, packet.copy()));
    }

    @Test
    void aMoveHasTheBytesOfTheCourse() {
        CourseClientWire.move(packet, Direction.RIGHT, 0x01020304);
        assertHex("0d 01000000 03000000 04030201");
        assertEquals(
                List.of(new Request.Move(Direction.RIGHT, 0x01020304).toString()),
                Streams.requests(wire, packet.copy()));
    }

    @Test
    void theServersPacketsHaveTheBytesOfTheCourse() {
        Piece piece = new Piece(258, Kind.PLAYER, "Ada", 0, 3, 1999);
        wire.joined(packet, piece, WorldRules.board(), 50);
        assertHex(
                "38 02000000 01 "
                        + HexFormat.of().formatHex("Welcome.".getBytes(UTF_8))
                        + "00".repeat(42)
                        + "0d 03000000 02010000 0300 cf07");
        wire.entered(packet.clear(), piece);
        assertHex("21 04000000 02010000 416461" + "00".repeat(17) + "0300 cf07");
        wire.moved(packet.clear(), piece, -2);
        assertHex("11 06000000 02010000 0300 cf07 feffffff");
        wire.left(packet.clear(), piece);
        assertHex("09 05000000 02010000");
    }

    @Test
    void everyRefusalFitsWithItsNul() {
        for (Refusal why : Refusal.values()) {
            wire.refused(packet.clear(), why);
            assertEquals(56, packet.length());
            assertEquals(0, packet.copy()[55]);
            Event event = CourseClientWire.event(packet.segment());
            String reason = assertInstanceOf(Event.Refused.class, event).reason();
            if (why != Refusal.VERSION) {
                assertEquals(why.reason(), reason);
            }
        }
    }

    @Test
    void whatTheServerWritesTheClientReads() {
        Piece npc = new Piece(10_000, Kind.NPC, "npc-10000", -1, 7, 0);
        wire.entered(packet, npc);
        assertEquals(
                new Event.Entered(10_000, Kind.NPC, 7, 0, "npc-10000"),
                CourseClientWire.event(packet.segment()));
        wire.moved(packet.clear(), npc, 99);
        assertEquals(new Event.Moved(10_000, 7, 0, 99), CourseClientWire.event(packet.segment()));
        wire.left(packet.clear(), npc);
        assertEquals(new Event.Left(10_000), CourseClientWire.event(packet.segment()));
        assertEquals(new Event.Unknown(77), CourseClientWire.event(raw(5, 77, new byte[0])));
        assertInstanceOf(Event.Malformed.class, CourseClientWire.event(raw(6, 5, new byte[1])));
    }

    @Test
    void aLongNameIsCutBetweenCodePoints() {
        Piece piece = new Piece(1, Kind.PLAYER, "가나다라마바사", 0, 0, 0);
        wire.entered(packet, piece);
        assertEquals(
                new Event.Entered(1, Kind.PLAYER, 0, 0, "가나다라마바"),
                CourseClientWire.event(packet.segment()));
    }

    @Test
    void packetsAreTheSameWhereverTheyAreSplit() {
        CourseClientWire.login(packet, "Ada".getBytes(UTF_8));
        CourseClientWire.move(packet, Direction.UP, 1);
        CourseClientWire.move(packet, Direction.LEFT, Integer.MIN_VALUE);
        CourseClientWire.login(packet, "세종".getBytes(UTF_8));
        byte[] bytes = packet.copy();
        assertEquals(4, Streams.requests(wire, bytes).size());
        Streams.assertSameWhereverSplit(wire, bytes);
    }

    @Test
    void everySizeByteIsPacketOrError() {
        for (int size = 0; size <= 255; size++) {
            byte[] bytes = new byte[256];
            bytes[0] = (byte) size;
            int expected = size < 5 ? Framing.TOO_SHORT : size > 25 ? Framing.TOO_LONG : size;
            assertEquals(
                    expected, Streams.frameBytes(wire.framing(), MemorySegment.ofArray(bytes)));
            // The first byte is enough to refuse.
            int first =
                    Streams.frameBytes(
                            wire.framing(), MemorySegment.ofArray(Arrays.copyOf(bytes, 1)));
            assertEquals(expected > 0 ? Framing.INCOMPLETE : expected, first);
        }
    }

    @Test
    void everyTypeInEverySizeIsRightOrNamed() {
        for (int type : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 255, 256, -1, Integer.MIN_VALUE}) {
            for (int size = 5; size <= 25; size++) {
                String seen = Streams.describe(wire.request(raw(size, type, new byte[size - 5])));
                String expected =
                        switch (type) {
                            case 0 -> size < 25 ? "TOO_SHORT" : "hello 0 []";
                            case 1 ->
                                    size < 13
                                            ? "TOO_SHORT"
                                            : size > 13
                                                    ? "TOO_LONG"
                                                    : new Request.Move(Direction.UP, 0).toString();
                            default -> "UNKNOWN_TYPE";
                        };
                assertEquals(expected, seen, "type " + type + " size " + size);
            }
        }
    }

    @Test
    void aDirectionOutsideTheFourIsABadField() {
        for (int code : new int[] {4, -1, 255, 256, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            packet.clear();
            CourseWire.header(packet, 13, 1).u32(code).u32(0);
            assertEquals(List.of("BAD_FIELD"), Streams.requests(wire, packet.copy()));
        }
    }

    @Test
    void aNameOfTwentyBytesWithoutNulIsTooLong() {
        byte[] name = "a".repeat(20).getBytes(UTF_8);
        Request request = wire.request(raw(25, 0, name));
        byte[] given = assertInstanceOf(Request.Hello.class, request).name();
        assertArrayEquals(name, given);
        assertEquals(
                new Names.Checked.Refused(Refusal.NAME_TOO_LONG),
                Names.check(given, wire.maxNameBytes()));
        assertEquals(
                new Names.Checked.Accepted("a".repeat(19)),
                Names.check(Arrays.copyOf(given, 19), wire.maxNameBytes()));
    }

    @Test
    void bytesAfterTheFirstNulAreNotPartOfTheName() {
        byte[] name = new byte[20];
        Arrays.fill(name, (byte) 'x');
        name[2] = 0;
        Request request = wire.request(raw(25, 0, name));
        assertArrayEquals(
                new byte[] {'x', 'x'}, assertInstanceOf(Request.Hello.class, request).name());
    }

    private static MemorySegment raw(int size, int type, byte[] body) {
        Packet raw = new Packet();
        CourseWire.header(raw, size, type);
        return MemorySegment.ofArray(Streams.join(raw.copy(), body));
    }

    private void assertHex(String expected) {
        assertEquals(expected.replace(" ", ""), HexFormat.of().formatHex(packet.copy()));
    }
}
