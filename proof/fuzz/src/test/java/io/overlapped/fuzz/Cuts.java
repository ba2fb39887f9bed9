package io.overlapped.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The same bytes, cut in different ways. */
public final class Cuts {
    private final byte[] bytes;
    private final List<byte[]> pieces = new ArrayList<>();
    private final String how;

    private Cuts(byte[] bytes, String how) {
        this.bytes = bytes;
        this.how = how;
    }

    /** Not cut. */
    public static Cuts whole(byte[] bytes) {
        return every(bytes, Math.max(1, bytes.length));
    }

    /** In pieces of so many bytes. */
    public static Cuts every(byte[] bytes, int pieceBytes) {
        Cuts cuts = new Cuts(bytes, "every " + pieceBytes);
        for (int at = 0; at < bytes.length; at += pieceBytes) {
            cuts.add(at, Math.min(bytes.length, at + pieceBytes));
        }
        return cuts;
    }

    /**
     * In pieces whose sizes depend on the bytes alone, so that an input is all there is to keep.
     */
    public static Cuts any(byte[] bytes) {
        Cuts cuts = new Cuts(bytes, "any");
        SplittableRandom random = new SplittableRandom(Arrays.hashCode(bytes));
        int most = random.nextInt(1, 40);
        int at = 0;
        while (at < bytes.length) {
            int end = Math.min(bytes.length, at + random.nextInt(1, most + 1));
            cuts.add(at, end);
            at = end;
        }
        return cuts;
    }

    /** Ways to cut that are worth comparing with the whole. */
    public static List<Cuts> ways(byte[] bytes) {
        return List.of(every(bytes, 1), every(bytes, 3), any(bytes));
    }

    public List<byte[]> pieces() {
        return pieces;
    }

    @Override
    public String toString() {
        return how + " of " + bytes.length;
    }

    private void add(int from, int to) {
        pieces.add(Arrays.copyOfRange(bytes, from, to));
    }
}
