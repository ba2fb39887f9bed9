package io.overlapped.world;

/**
 * The pieces by where they are: squares of cells, each with its players and its NPCs, so that
 * looking around one piece touches only the squares that its view reaches.
 */
final class Sectors {
    private static final int SIDE_MIN = 8;

    private final int side;
    private final int columns;
    private final int rows;
    private final Bag[] players;
    private final Bag[] npcs;

    Sectors(WorldRules rules) {
        int longest = Math.max(rules.width(), rules.height());
        side = Math.min(Math.max(rules.viewRadius(), SIDE_MIN), longest);
        columns = (rules.width() + side - 1) / side;
        rows = (rules.height() + side - 1) / side;
        players = bags();
        npcs = bags();
    }

    void add(Piece piece) {
        bag(piece.kind(), sector(piece.x, piece.y)).add(piece);
    }

    void remove(Piece piece) {
        bag(piece.kind(), sector(piece.x, piece.y)).remove(piece);
    }

    /** To be called when the piece stands on its new cell already. */
    void moved(Piece piece, int oldX, int oldY) {
        int before = sector(oldX, oldY);
        int after = sector(piece.x, piece.y);
        if (before != after) {
            bag(piece.kind(), before).remove(piece);
            bag(piece.kind(), after).add(piece);
        }
    }

    Bag bag(Kind kind, int sector) {
        return kind == Kind.PLAYER ? players[sector] : npcs[sector];
    }

    int columns() {
        return columns;
    }

    int column(int x) {
        return Math.clamp(x / side, 0, columns - 1);
    }

    int row(int y) {
        return Math.clamp(y / side, 0, rows - 1);
    }

    private int sector(int x, int y) {
        return y / side * columns + x / side;
    }

    private Bag[] bags() {
        Bag[] all = new Bag[columns * rows];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Bag();
        }
        return all;
    }
}
