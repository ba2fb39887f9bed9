package io.overlapped.session;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FramingTest {
    private static final List<Framing> ALL =
            List.of(
                    Framing.lengthPrefixed(300),
                    Framing.sizePrefixed(5, 25),
                    Framing.nulTerminated(40),
                    Framing.raw(64),
                    Framing.records(100));

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
            java.util.Arrays.fill(payload, (byte) 'x');
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

    private static int judge(Framing framing, int... bytes) {
        // At an odd place, with other bytes before it.
        byte[] memory = new byte[bytes.length + 3];
        for (int i = 0; i < bytes.length; i++) {
            memory[i + 3] = (byte) bytes[i];
        }
        return framing.frameBytes(MemorySegment.ofArray(memory), 3, memory.length, 0);
    }
}
