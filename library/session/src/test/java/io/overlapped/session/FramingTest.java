package io.overlapped.session;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FramingTest {
    private static final List<Framing> ALL = all();

    private static List<Framing> all() {
        List<Framing> all = NamedFramings.all();
        all.add(Framing.raw(64));
        return all;
    }

    @Test
    void everyNativeLengthIsJudgedOnItsTwoBytes() {
        Framing framing = Framing.lengthPrefixed(1024);
        for (int length = 0; length <= 0xffff; length++) {
            int expected =
                    length == 0 ? Framing.TOO_SHORT : length > 1024 ? Framing.TOO_LONG : 2 + length;
            assertEquals(expected, judge(framing, length, length >>> 8));
        }
        assertEquals(Framing.INCOMPLETE, judge(framing, 7));
    }

    @Test
    void everyCourseSizeIsJudgedOnItsFirstByte() {
        Framing framing = Framing.sizePrefixed(5, 25);
        for (int size = 0; size <= 0xff; size++) {
            int expected = size < 5 ? Framing.TOO_SHORT : size > 25 ? Framing.TOO_LONG : size;
            assertEquals(expected, judge(framing, size));
        }
    }

    @Test
    void everyLengthOfOneTwoOrFourBytesIsJudgedInEitherOrder() {
        for (int bytes : new int[] {1, 2, 3, 4}) {
            for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
                Framing length = Framing.lengthPrefixed(bytes, order, 2, 200);
                Framing size = Framing.sizePrefixed(bytes, order, bytes + 1, 200);
                long end = Math.min(1L << (8 * bytes), 70_000);
                for (long value = 0; value < end; value++) {
                    int[] prefix = prefix(value, bytes, order);
                    assertEquals(
                            value < 2
                                    ? Framing.TOO_SHORT
                                    : value > 200 ? Framing.TOO_LONG : bytes + value,
                            judge(length, prefix));
                    assertEquals(
                            value <= bytes
                                    ? Framing.TOO_SHORT
                                    : value > 200 ? Framing.TOO_LONG : value,
                            judge(size, prefix));
                    assertEquals(
                            Framing.INCOMPLETE, judge(length, Arrays.copyOf(prefix, bytes - 1)));
                }
            }
        }
    }

    @Test
    void aNegativeLengthIsFarTooLong() {
        for (int value : new int[] {-1, -2, Integer.MIN_VALUE, Integer.MIN_VALUE + 5, -70_000}) {
            for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
                int[] prefix = prefix(value, 4, order);
                assertEquals(
                        Framing.TOO_LONG,
                        judge(Framing.lengthPrefixed(4, order, 0, 1 << 20), prefix));
                assertEquals(
                        Framing.TOO_LONG,
                        judge(Framing.sizePrefixed(4, order, 4, 1 << 20), prefix));
            }
        }
    }

    @Test
    void everyVarintOfThreeBytesIsJudgedAndThereIsOneWayToWriteIt() {
        Framing framing = Framing.varintPrefixed(2, 20_000);
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second += first < 128 ? 256 : 1) {
                for (int third = 0; third < 256; third += second < 128 ? 256 : 1) {
                    assertEquals(
                            varint(2, 20_000, first, second, third),
                            judge(framing, first, second, third));
                }
            }
        }
        assertEquals(Framing.INCOMPLETE, judge(framing, 0x80));
        assertEquals(Framing.INCOMPLETE, judge(framing, 0x80, 0x80));
        assertEquals(Framing.MALFORMED, judge(framing, 0x85, 0x00));
        assertEquals(Framing.TOO_LONG, judge(framing, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff));
        // Its end would be the fourth byte or a later one: nobody waits for it.
        assertEquals(Framing.TOO_LONG, judge(framing, 0xff, 0xff, 0x80));
        assertEquals(Framing.TOO_LONG, judge(Framing.varintPrefixed(0, 127), 0x80));
    }

    /** The answer by another way: all of the number first. */
    private static int varint(int min, int max, int... bytes) {
        int length = 0;
        int count = 0;
        boolean more = true;
        while (more && count < bytes.length) {
            length += (bytes[count] & 0x7f) << (7 * count);
            more = bytes[count++] > 127;
        }
        if (more) {
            return Framing.TOO_LONG;
        } else if (count > 1 && length < 1 << (7 * (count - 1))) {
            return Framing.MALFORMED;
        } else if (length < min) {
            return Framing.TOO_SHORT;
        }
        return length > max ? Framing.TOO_LONG : count + length;
    }

    @Test
    void aLineEndsWithLfOrWithCrAndLf() {
        Framing framing = Framing.lines(6);
        assertEquals(1, judge(framing, '\n'));
        assertEquals(2, judge(framing, '\r', '\n'));
        assertEquals(3, judge(framing, 'a', '\r', '\n', 'b'));
        assertEquals(Framing.INCOMPLETE, judge(framing, 'a', '\r'));
        assertEquals(Framing.INCOMPLETE, judge(framing, 'a', '\r', 'b', 'c', 'd'));
        assertEquals(6, judge(framing, 'a', 'b', 'c', 'd', 'e', '\n'));
        assertEquals(Framing.TOO_LONG, judge(framing, 'a', 'b', 'c', 'd', 'e', 'f'));
        for (String line : List.of("", "a", "ab", "\r", "a\rb")) {
            for (String end : line.endsWith("\r") ? List.of("\r\n") : List.of("\n", "\r\n")) {
                MemorySegment frame = Frames.text(line + end);
                assertEquals(line, Frames.text(framing.payload(frame)));
            }
        }
    }

    @Test
    void whatEndsAFrameEndsItWhereItFirstStandsWhole() {
        Framing framing = Framing.delimited(20, NamedFramings.bytes("aab"));
        assertEquals(3, judge(framing, 'a', 'a', 'b'));
        assertEquals(4, judge(framing, 'a', 'a', 'a', 'b'));
        assertEquals(6, judge(framing, 'a', 'b', 'a', 'a', 'a', 'b', 'a', 'a', 'b'));
        assertEquals(Framing.INCOMPLETE, judge(framing, 'a', 'a', 'c', 'a', 'a'));
    }

    @Test
    void aPayloadThatContainsWhatEndsAFrameIsRefused() {
        Framing rnrn = Framing.delimited(40, NamedFramings.bytes("\r\n\r\n"));
        for (String payload : List.of("\r\n\r\n", "a\r\n\r\nb", "a\r\n", "\r\n")) {
            assertThrows(IllegalArgumentException.class, () -> rnrn.encode(Frames.text(payload)));
        }
        for (String payload : List.of("a\r", "a\n", "\n\r", "a\r\nb", "\r\n\r")) {
            MemorySegment frame = rnrn.encode(Frames.text(payload));
            assertEquals(frame.byteSize(), rnrn.frameBytes(frame, 0, frame.byteSize(), 0));
            assertEquals(payload, Frames.text(rnrn.payload(frame)));
        }
        Framing lines = Framing.lines(40);
        for (String payload : List.of("\n", "a\nb", "a\r", "\r")) {
            assertThrows(IllegalArgumentException.class, () -> lines.encode(Frames.text(payload)));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> Framing.nulTerminated(9).encode(Frames.text("a\0b")));
    }

    @Test
    void framingsOfTheSameShapeAreEqual() {
        assertEquals(NamedFramings.all(), NamedFramings.all());
        assertNotEquals(
                Framing.delimited(9, (byte) 1, (byte) 2), Framing.delimited(9, (byte) 1, (byte) 3));
    }

    @Test
    void aLimitThatItsBytesCannotSayIsRefused() {
        ByteOrder order = ByteOrder.BIG_ENDIAN;
        for (Runnable framing :
                List.<Runnable>of(
                        () -> Framing.lengthPrefixed(1, order, 0, 256),
                        () -> Framing.lengthPrefixed(2, order, 0, 65_536),
                        () -> Framing.lengthPrefixed(4, order, 0, Integer.MAX_VALUE),
                        () -> Framing.lengthPrefixed(5, order, 0, 10),
                        () -> Framing.lengthPrefixed(0, order, 0, 10),
                        () -> Framing.lengthPrefixed(2, order, -1, 10),
                        () -> Framing.lengthPrefixed(2, order, 11, 10),
                        () -> Framing.sizePrefixed(4, order, 3, 10),
                        () -> Framing.varintPrefixed(0, Integer.MAX_VALUE),
                        () -> Framing.varintPrefixed(-1, 10),
                        () -> Framing.lines(0),
                        () -> Framing.delimited(10),
                        () -> Framing.delimited(1, (byte) 1, (byte) 2),
                        () -> Framing.delimited(100, new byte[65]))) {
            assertThrows(IllegalArgumentException.class, framing::run);
        }
    }

    private static int[] prefix(long value, int bytes, ByteOrder order) {
        int[] prefix = new int[bytes];
        for (int i = 0; i < bytes; i++) {
            prefix[order == ByteOrder.LITTLE_ENDIAN ? i : bytes - 1 - i] =
                    (int) (value >>> (8 * i)) & 0xff;
        }
        return prefix;
    }

    @Test
    void textEndsWithItsNul() {
        Framing framing = Framing.nulTerminated(4);
        assertEquals(1, judge(framing, 0));
        assertEquals(3, judge(framing, 'a', 'b', 0, 'c', 0));
        assertEquals(4, judge(framing, 'a', 'b', 'c', 0));
        assertEquals(Framing.INCOMPLETE, judge(framing, 'a', 'b', 'c'));
        assertEquals(Framing.TOO_LONG, judge(framing, 'a', 'b', 'c', 'd'));
        assertEquals(Framing.TOO_LONG, judge(framing, 'a', 'b', 'c', 'd', 0));
    }

    @Test
    void whatWasSearchedIsNotSearchedAgain() {
        Framing framing = Framing.nulTerminated(10);
        MemorySegment bytes = MemorySegment.ofArray(new byte[] {'a', 0, 'b', 0});
        assertEquals(4, framing.frameBytes(bytes, 0, 4, 2));
    }

    @Test
    void aPayloadComesOutAsItWentIn() {
        for (Framing framing : ALL) {
            int most = framing.payloadBytesMax();
            byte[] payload = new byte[most];
            Arrays.fill(payload, (byte) 'x');
            MemorySegment frame = framing.encode(MemorySegment.ofArray(payload));
            assertEquals(framing.frameBytesMax(), frame.byteSize(), framing::toString);
            assertEquals(
                    frame.byteSize(),
                    framing.frameBytes(frame, 0, frame.byteSize(), 0),
                    framing::toString);
            assertArrayEquals(payload, framing.payload(frame).toArray(JAVA_BYTE));
        }
    }

    @Test
    void aPayloadThatDoesNotFitIsRefused() {
        for (Framing framing : ALL) {
            MemorySegment tooLong = MemorySegment.ofArray(new byte[framing.payloadBytesMax() + 1]);
            assertThrows(IllegalArgumentException.class, () -> framing.encode(tooLong));
        }
        MemorySegment tooShort = MemorySegment.ofArray(new byte[99]);
        assertThrows(IllegalArgumentException.class, () -> Framing.records(100).encode(tooShort));
    }

    @Test
    void errorsHaveNames() {
        assertEquals("TOO_LONG", Framing.errorName(Framing.TOO_LONG));
        assertEquals("TOO_SHORT", Framing.errorName(Framing.TOO_SHORT));
        assertEquals("MALFORMED", Framing.errorName(Framing.MALFORMED));
    }

    @Test
    void noBytesAreAnExceptionToAnyFraming() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[random.nextInt(1, 80)];
            random.nextBytes(bytes);
            MemorySegment memory = MemorySegment.ofArray(bytes);
            int start = random.nextInt(bytes.length);
            for (Framing framing : ALL) {
                int length = framing.frameBytes(memory, start, bytes.length, 0);
                assertTrue(
                        length >= Framing.MALFORMED && length <= framing.frameBytesMax(),
                        () -> framing + " says " + length + ", seed " + seed);
            }
        }
    }

    @Test
    void theAnswerIsTheSameOneByteAtATime() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(1, 80)];
            for (int i = 0; i < bytes.length; i++) {
                // Bytes that mean something to one framing or another, and others.
                int any = random.nextInt(256);
                bytes[i] = (byte) (random.nextBoolean() ? any : "\r\n\0\u00ff9:".charAt(any % 6));
            }
            MemorySegment memory = MemorySegment.ofArray(bytes);
            for (Framing framing : NamedFramings.all()) {
                int answer = Framing.INCOMPLETE;
                for (int end = 1; end <= bytes.length && answer == Framing.INCOMPLETE; end++) {
                    answer = framing.frameBytes(memory, 0, end, end - 1);
                }
                int whole = framing.frameBytes(memory, 0, bytes.length, 0);
                assertEquals(whole, answer, () -> framing + ", seed " + seed);
            }
        }
    }

    private static int judge(Framing framing, int... bytes) {
        // At an odd place, with other bytes before it.
        byte[] memory = new byte[bytes.length + 3];
        for (int i = 0; i < bytes.length; i++) {
            memory[i + 3] = (byte) bytes[i];
        }
        return framing.frameBytes(MemorySegment.ofArray(memory), 3, memory.length, 0);
    }
}
