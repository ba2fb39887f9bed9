package io.overlapped.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Pieces by the tick they are due at, up to a fixed number of ticks ahead. */
final class Wheel {
    private final List<List<Piece>> slots;
    private int now;

    Wheel(int ticksMax) {
        slots = new ArrayList<>(ticksMax + 1);
        for (int i = 0; i <= ticksMax; i++) {
            slots.add(new ArrayList<>());
        }
    }

    /** Makes a piece due so many ticks from now: 1 to the maximum. */
    void add(Piece piece, int ticks) {
        slots.get((now + ticks) % slots.size()).add(piece);
    }

    /** Goes on by one tick and hands over what is due. */
    void turn(Consumer<Piece> due) {
        now = (now + 1) % slots.size();
        List<Piece> pieces = slots.get(now);
        for (Piece piece : pieces) {
            due.accept(piece);
        }
        pieces.clear();
    }
}
