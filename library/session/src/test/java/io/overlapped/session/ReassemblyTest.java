package io.overlapped.session;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReassemblyTest {
    /** A framing, and a stream in it with the frames it consists of. */
    private record Stream(Framing framing, MemorySegment memory, List<String> frames) {
        byte[] bytes() {
            return memory.toArray(JAVA_BYTE);
        }

        int length() {
            return (int) memory.byteSize();
        }
    }

    private static final List<Stream> STREAMS =
            List.of(
                    stream(Framing.lengthPrefixed(40), "a", "bcd", "e".repeat(40), "fg"),
                    stream(Framing.sizePrefixed(5, 25), "aaaa", "b".repeat(24), "cccccc"),
                    stream(Framing.nulTerminated(40), "", "abc", "", "d".repeat(39), "e"),
                    stream(Framing.records(10), "0123456789", "abcdefghij", "ABCDEFGHIJ"));

    @Test
    void everySplitInTwoGivesTheSameFrames() {
        for (Stream stream : STREAMS) {
            for (int cut = 0; cut <= stream.length(); cut++) {
                assertEquals(stream.frames, cut(stream, cut), "cut at " + cut);
            }
        }
    }

    @Test
    void everySplitInThreeGivesTheSameFrames() {
        for (Stream stream : STREAMS) {
            for (int first = 0; first <= stream.length(); first++) {
                for (int second = first; second <= stream.length(); second++) {
                    int[] at = {first, second};
                    assertEquals(stream.frames, cut(stream, at), Arrays.toString(at));
                }
            }
        }
    }

    @Test
    void singleBytesGiveTheSameFrames() {
        for (Stream stream : STREAMS) {
            int[] at = new int[stream.length()];
            Arrays.setAll(at, i -> i);
            assertEquals(stream.frames, cut(stream, at));
        }
    }

    @Test
    void randomStreamsInRandomPiecesGiveTheSameFrames() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Framing framing = Framing.nulTerminated(5_000);
        for (int round = 0; round < 300; round++) {
            String[] texts = new String[random.nextInt(1, 20)];
            Arrays.setAll(texts, _ -> "x".repeat(random.nextInt(random.nextBoolean() ? 8 : 5_000)));
            Stream stream = stream(framing, texts);
            int[] at = new int[random.nextInt(30)];
            Arrays.setAll(at, _ -> random.nextInt(stream.length() + 1));
            Arrays.sort(at);
            assertEquals(stream.frames, cut(stream, at), () -> "seed " + seed);
        }
    }

    @Test
    void tenThousandFramesInOneReadAreFoundInPlace() {
        Framing framing = Framing.lengthPrefixed(100);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 10_000; i++) {
            all.writeBytes(Frames.framed("frame " + i));
        }
        MemorySegment memory = MemorySegment.ofArray(all.toByteArray());
        Reassembly reassembly = new Reassembly(framing);
        reassembly.feed(memory);
        for (int i = 0; i < 10_000; i++) {
            assertTrue(reassembly.next() > 0);
            MemorySegment frame = reassembly.frame();
            assertEquals("frame " + i, Frames.text(framing.payload(frame)));
            assertEquals(memory.heapBase(), frame.heapBase());
        }
        assertEquals(Framing.INCOMPLETE, reassembly.next());
        assertEquals(0, reassembly.partialBytes());
    }

    @Test
    void detachedInputIsAsGoodAsTheOriginal() {
        Stream stream = STREAMS.get(0);
        byte[] bytes = stream.bytes();
        Reassembly reassembly = new Reassembly(stream.framing);
        reassembly.feed(MemorySegment.ofArray(bytes));
        List<String> found = new ArrayList<>();
        assertTrue(reassembly.next() > 0);
        found.add(Frames.text(reassembly.frame()));
        reassembly.detach();
        Arrays.fill(bytes, (byte) 0);
        drain(reassembly, found);
        assertEquals(stream.frames, found);
    }

    @Test
    void inputIsNotReplacedBeforeItIsUsedUp() {
        Reassembly reassembly = new Reassembly(Framing.raw(10));
        reassembly.feed(MemorySegment.ofArray(new byte[1]));
        assertThrows(
                IllegalStateException.class,
                () -> reassembly.feed(MemorySegment.ofArray(new byte[1])));
        reassembly.clear();
        assertFalse(reassembly.hasInput());
        assertThrows(IllegalStateException.class, reassembly::frame);
    }

    @Test
    void textWithoutAnEndIsTooLongOnTheByteThatMakesItSo() {
        Reassembly reassembly = new Reassembly(Framing.nulTerminated(2_000));
        for (int i = 1; i < 2_000; i++) {
            reassembly.feed(Frames.text("x"));
            assertEquals(Framing.INCOMPLETE, reassembly.next());
        }
        reassembly.feed(Frames.text("x"));
        assertEquals(Framing.TOO_LONG, reassembly.next());
    }

    @Test
    void aLengthThatIsRefusedAllocatesNothingForTheFrame() {
        Reassembly reassembly = new Reassembly(Framing.lengthPrefixed(100));
        reassembly.feed(MemorySegment.ofArray(new byte[] {-1, -1, 0, 0}));
        assertEquals(Framing.TOO_LONG, reassembly.next());
        assertEquals(0, reassembly.keptBytes());
    }

    @Test
    void aLongFrameThatHasOnlyBegunCostsWhatHasArrived() {
        Reassembly reassembly = new Reassembly(Framing.lengthPrefixed(65_535));
        reassembly.feed(MemorySegment.ofArray(new byte[] {-1, -1}));
        assertEquals(Framing.INCOMPLETE, reassembly.next());
        for (int arrived = 2; arrived < 65_537; arrived++) {
            int most = Math.max(64, 2 * arrived);
            assertTrue(reassembly.keptBytes() <= most, () -> reassembly.keptBytes() + " bytes");
            reassembly.feed(MemorySegment.ofArray(new byte[1]));
            assertEquals(arrived == 65_536 ? 65_537 : 0, reassembly.next());
        }
        assertEquals(0, reassembly.keptBytes());
    }

    @Test
    void garbageIsFramesOrAnErrorAndNeverMoreThanCame() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 100_000; round++) {
            Reassembly reassembly =
                    new Reassembly(STREAMS.get(random.nextInt(STREAMS.size())).framing);
            long fed = 0;
            long used = 0;
            int last = 0;
            for (int piece = 0; piece < 5 && last >= 0; piece++) {
                byte[] bytes = new byte[random.nextInt(1, 60)];
                random.nextBytes(bytes);
                reassembly.feed(MemorySegment.ofArray(bytes));
                fed += bytes.length;
                do {
                    last = reassembly.next();
                    used += Math.max(0, last);
                } while (last > 0);
            }
            if (last == Framing.INCOMPLETE) {
                long kept = reassembly.partialBytes();
                assertEquals(fed, used + kept, "seed " + seed);
            } else {
                assertTrue(used <= fed, "seed " + seed);
            }
        }
    }

    private static Stream stream(Framing framing, String... payloads) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<String> frames = new ArrayList<>();
        for (String payload : payloads) {
            MemorySegment frame = framing.encode(Frames.text(payload));
            all.writeBytes(frame.toArray(JAVA_BYTE));
            frames.add(Frames.text(frame));
        }
        return new Stream(framing, MemorySegment.ofArray(all.toByteArray()), frames);
    }

    private static List<String> cut(Stream stream, int... at) {
        Reassembly reassembly = new Reassembly(stream.framing);
        List<String> found = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= at.length; i++) {
            int end = i < at.length ? at[i] : stream.length();
            byte[] piece = Arrays.copyOfRange(stream.bytes(), start, end);
            reassembly.feed(MemorySegment.ofArray(piece));
            drain(reassembly, found);
            // What a receive brought is given back: nothing may look at it any more.
            Arrays.fill(piece, (byte) 0x55);
            start = end;
        }
        assertEquals(0, reassembly.partialBytes());
        return found;
    }

    private static void drain(Reassembly reassembly, List<String> found) {
        while (reassembly.next() > 0) {
            found.add(Frames.text(reassembly.frame()));
        }
        assertFalse(reassembly.hasInput());
    }
}
