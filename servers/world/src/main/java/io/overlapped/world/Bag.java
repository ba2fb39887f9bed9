package io.overlapped.world;

import java.util.Arrays;

/** Pieces in no order, each of which knows its place, so that it can be taken out at once. */
final class Bag {
    private static final Piece[] NONE = {};

    private Piece[] pieces = NONE;
    private int count;

    int count() {
        return count;
    }

    Piece at(int place) {
        return pieces[place];
    }

    void add(Piece piece) {
        if (count == pieces.length) {
            pieces = Arrays.copyOf(pieces, Math.max(4, count * 2));
        }
        piece.place = count;
        pieces[count++] = piece;
    }

    @SuppressWarnings("NullAway") // the place behind the last one is free
    void remove(Piece piece) {
        Piece last = pieces[--count];
        pieces[piece.place] = last;
        last.place = piece.place;
        pieces[count] = null;
    }
}
