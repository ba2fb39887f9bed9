package io.overlapped.session;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.overlapped.fuzz.Cuts;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Frames are found, or refused, by the bytes of a stream alone: not by how it was cut. */
class ReassemblyFuzzTest {
    private static final List<Framing> FRAMINGS =
            List.of(
                    Framing.lengthPrefixed(0xffff),
                    Framing.lengthPrefixed(40),
                    Framing.lengthPrefixed(1, BIG_ENDIAN, 0, 255),
                    Framing.lengthPrefixed(2, BIG_ENDIAN, 3, 300),
                    Framing.lengthPrefixed(3, LITTLE_ENDIAN, 0, 300),
                    Framing.lengthPrefixed(4, BIG_ENDIAN, 0, 1 << 20),
                    Framing.lengthPrefixed(4, LITTLE_ENDIAN, 0, 60),
                    Framing.sizePrefixed(5, 25),
                    Framing.sizePrefixed(2, 255),
                    Framing.sizePrefixed(2, BIG_ENDIAN, 2, 300),
                    Framing.sizePrefixed(4, LITTLE_ENDIAN, 4, 60),
                    Framing.varintPrefixed(0, 300),
                    Framing.varintPrefixed(2, 1 << 20),
                    Framing.nulTerminated(100),
                    Framing.nulTerminated(4001),
                    Framing.lines(100),
                    Framing.delimited(100, (byte) '\r', (byte) '\n', (byte) '\r', (byte) '\n'),
                    Framing.delimited(70, (byte) 'a', (byte) 'a', (byte) 'b'),
                    Framing.records(10),
                    new Typed(200));
    private static final ValueLayout.OfInt U32 = JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final int KEPT_BYTES_MIN = 64;

    /** What came out of a stream: its frames, and what was left in the end. */
    private record Outcome(List<String> frames, int last, int partialBytes) {}

    @FuzzTest
    void framesAreTheSameHoweverTheBytesAreSplit(byte[] data) {
        for (Framing framing : FRAMINGS) {
            Outcome whole = outcome(framing, Cuts.whole(data));
            for (Cuts cuts : Cuts.ways(data)) {
                assertEquals(whole, outcome(framing, cuts), () -> framing + ", cut " + cuts);
            }
        }
    }

    @FuzzTest
    void whatIsNotFramedComesOutAsItCame(byte[] data) {
        for (Cuts cuts : Cuts.ways(data)) {
            Outcome outcome = outcome(Framing.raw(7), cuts);
            assertEquals(HexFormat.of().formatHex(data), String.join("", outcome.frames));
            assertTrue(outcome.frames.stream().allMatch(frame -> frame.length() <= 14));
        }
    }

    @FuzzTest
    void aPayloadComesOutAsItWentIn(byte[] data) {
        MemorySegment payload = MemorySegment.ofArray(data);
        for (Framing framing : FRAMINGS) {
            if (framing instanceof Typed) {
                // Its frames are sent whole: it puts nothing around a payload.
                continue;
            }
            if (data.length > framing.payloadBytesMax()) {
                assertThrows(IllegalArgumentException.class, () -> framing.encode(payload));
                continue;
            }
            MemorySegment frame;
            try {
                frame = framing.encode(payload);
            } catch (IllegalArgumentException e) {
                assertTrue(data.length < 10 || hasEnd(framing, data), () -> framing + ": " + e);
                continue;
            }
            assertArrayEquals(data, framing.payload(frame).toArray(JAVA_BYTE));
            assertEquals(frame.byteSize(), framing.frameBytes(frame, 0, frame.byteSize(), 0));
        }
    }

    /** Whether a peer would find the end of a frame before the end of {@code data}. */
    private static boolean hasEnd(Framing framing, byte[] data) {
        if (framing.trailerBytes() == 0) {
            return false;
        }
        byte[] bytes = Arrays.copyOf(data, data.length + framing.trailerBytes());
        MemorySegment frame = MemorySegment.ofArray(bytes);
        framing.writeTrailer(frame, data.length);
        int length = framing.frameBytes(frame, 0, frame.byteSize(), 0);
        return length != bytes.length || framing.payload(frame).byteSize() != data.length;
    }

    /** A stranger's: a type, a length of three bytes, and a body. */
    private record Typed(int bodyMax) implements Framing {
        @Override
        public int frameBytes(MemorySegment bytes, long start, long end, int seen) {
            if (end - start < 4) {
                return INCOMPLETE;
            }
            int body = bytes.get(U32, start) >>> 8;
            return body > bodyMax ? TOO_LONG : 4 + body;
        }

        @Override
        public int frameBytesMax() {
            return 4 + bodyMax;
        }
    }

    private static Outcome outcome(Framing framing, Cuts cuts) {
        Reassembly reassembly = new Reassembly(framing);
        List<String> frames = new ArrayList<>();
        int last = Framing.INCOMPLETE;
        int fed = 0;
        int used = 0;
        for (byte[] piece : cuts.pieces()) {
            reassembly.feed(MemorySegment.ofArray(piece));
            fed += piece.length;
            for (last = reassembly.next(); last > 0; last = reassembly.next()) {
                byte[] frame = reassembly.frame().toArray(JAVA_BYTE);
                assertEquals(last, frame.length);
                assertTrue(last <= framing.frameBytesMax());
                frames.add(HexFormat.of().formatHex(frame));
                used += last;
            }
            // What a receive brought is given back: nothing may look at it any more.
            Arrays.fill(piece, (byte) 0x55);
            if (last < 0) {
                return new Outcome(frames, last, 0);
            }
            int partial = reassembly.partialBytes();
            assertEquals(fed, used + partial);
            assertTrue(reassembly.keptBytes() <= Math.max(KEPT_BYTES_MIN, 2 * partial));
        }
        return new Outcome(frames, last, reassembly.partialBytes());
    }
}
