package io.overlapped.session;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.overlapped.fuzz.Cuts;
import java.lang.foreign.MemorySegment;
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
                    Framing.sizePrefixed(5, 25),
                    Framing.sizePrefixed(2, 255),
                    Framing.nulTerminated(100),
                    Framing.nulTerminated(4001),
                    Framing.records(10));
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
            if (data.length > framing.payloadBytesMax()) {
                assertThrows(IllegalArgumentException.class, () -> framing.encode(payload));
                continue;
            }
            MemorySegment frame;
            try {
                frame = framing.encode(payload);
            } catch (IllegalArgumentException tooShort) {
                assertTrue(data.length < 10, () -> framing + ": " + data.length);
                continue;
            }
            assertArrayEquals(data, framing.payload(frame).toArray(JAVA_BYTE));
            int firstNul = framing instanceof Framings.NulTerminated ? indexOfNul(data) : -1;
            int length = firstNul >= 0 ? firstNul + 1 : (int) frame.byteSize();
            assertEquals(length, framing.frameBytes(frame, 0, frame.byteSize(), 0));
        }
    }

    private static int indexOfNul(byte[] data) {
        for (int i = 0; i < data.length; i++) {
            if (data[i] == 0) {
                return i;
            }
        }
        return -1;
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
