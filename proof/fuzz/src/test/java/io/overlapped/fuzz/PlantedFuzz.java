package io.overlapped.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A decoder with a bug that is there on purpose, to see that the fuzzer would find one of ours. Its
 * name keeps it out of the normal tests; {@code proof/fuzz/run 60 Planted} has to find it.
 */
class PlantedFuzz {

    @FuzzTest
    void framesAreTheSameHoweverTheBytesAreSplit(byte[] data) {
        List<String> whole = split(Cuts.whole(data));
        for (Cuts cuts : Cuts.ways(data)) {
            assertEquals(whole, split(cuts), cuts::toString);
        }
    }

    /** A mark, a length of two bytes, a payload whose first byte is its type, and a check byte. */
    private static List<String> split(Cuts cuts) {
        List<String> frames = new ArrayList<>();
        byte[] rest = {};
        for (byte[] piece : cuts.pieces()) {
            byte[] bytes = Arrays.copyOf(rest, rest.length + piece.length);
            System.arraycopy(piece, 0, bytes, rest.length, piece.length);
            int at = 0;
            while (bytes.length - at >= 5 && bytes[at] == 'O') {
                int length = (bytes[at + 1] & 0xff) | (bytes[at + 2] & 0xff) << 8;
                if (bytes.length - at < 3 + length || length < 2) {
                    break;
                }
                int end = at + 3 + length;
                boolean isChecked = bytes[end - 1] == (byte) (bytes[at + 3] ^ length);
                frames.add(HexFormat.of().formatHex(bytes, at, end));
                at = end;
                if (isChecked && frames.size() == 2 && rest.length > 4) {
                    // The bug: what was kept is thrown away with the second checked frame.
                    at = bytes.length;
                }
            }
            rest = Arrays.copyOfRange(bytes, at, bytes.length);
        }
        return frames;
    }
}
