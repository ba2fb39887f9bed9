package io.overlapped.world;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The packets of one wire that many clients get, each written once: the rules tell all viewers of
 * one change one after the other.
 *
 * <p>Threads: the host's.
 */
final class Encoded {
    private final Wire wire;
    private final Packet enteredPacket = new Packet();
    private final Packet movedPacket = new Packet();
    private final Packet leftPacket = new Packet();
    private @Nullable Piece entered;
    private @Nullable Piece moved;
    private @Nullable Piece left;
    private int enteredX;
    private int enteredY;
    private int movedX;
    private int movedY;

    Encoded(Wire wire) {
        this.wire = wire;
    }

    Wire wire() {
        return wire;
    }

    MemorySegment entered(Piece piece) {
        if (entered != piece || enteredX != piece.x || enteredY != piece.y) {
            entered = piece;
            enteredX = piece.x;
            enteredY = piece.y;
            wire.entered(enteredPacket.clear(), piece);
        }
        return enteredPacket.segment();
    }

    /** A move as others see it: with move time 0. */
    MemorySegment moved(Piece piece) {
        if (moved != piece || movedX != piece.x || movedY != piece.y) {
            moved = piece;
            movedX = piece.x;
            movedY = piece.y;
            wire.moved(movedPacket.clear(), piece, 0);
        }
        return movedPacket.segment();
    }

    MemorySegment left(Piece piece) {
        if (left != piece) {
            left = piece;
            wire.left(leftPacket.clear(), piece);
        }
        return leftPacket.segment();
    }
}
