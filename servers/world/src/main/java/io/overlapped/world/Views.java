package io.overlapped.world;

import java.util.function.Consumer;

/** Who sees what: tells each client what a change of one piece changes for it. */
final class Views {
    private final Sectors sectors;
    private final int radius;
    private final Consumer<Piece> wake;

    /**
     * @param wake told of each NPC that comes into somebody's view
     */
    Views(WorldRules rules, Sectors sectors, Consumer<Piece> wake) {
        this.sectors = sectors;
        this.wake = wake;
        radius = rules.viewRadius();
    }

    boolean near(int x, int y, Piece other) {
        return Math.abs(x - other.x) <= radius && Math.abs(y - other.y) <= radius;
    }

    /** A player's piece came; it is not in the sectors yet. */
    void appear(Piece piece, Changes changes) {
        around(
                piece,
                piece.x,
                piece.y,
                (other, _, is) -> {
                    if (is) {
                        sight(piece, other, changes);
                    }
                });
    }

    /** A player's piece went; it is not in the sectors any more. */
    void vanish(Piece piece, Changes changes) {
        around(
                piece,
                piece.x,
                piece.y,
                (other, was, _) -> {
                    if (was && other.kind() == Kind.PLAYER) {
                        changes.left(other.client, piece);
                    } else if (was) {
                        other.watchers--;
                    }
                });
    }

    /** A piece went from its old cell to the one where it stands now. */
    void move(Piece piece, int oldX, int oldY, Changes changes) {
        around(
                piece,
                oldX,
                oldY,
                (other, was, is) -> {
                    if (was && is) {
                        if (other.kind() == Kind.PLAYER) {
                            changes.moved(other.client, piece, 0);
                        }
                    } else if (is) {
                        sight(piece, other, changes);
                    } else if (was) {
                        lose(piece, other, changes);
                    }
                });
    }

    boolean isFree(int x, int y) {
        int sector = sectors.row(y) * sectors.columns() + sectors.column(x);
        return isFree(sectors.bag(Kind.PLAYER, sector), x, y)
                && isFree(sectors.bag(Kind.NPC, sector), x, y);
    }

    private static boolean isFree(Bag bag, int x, int y) {
        for (int i = 0; i < bag.count(); i++) {
            if (bag.at(i).x == x && bag.at(i).y == y) {
                return false;
            }
        }
        return true;
    }

    private void sight(Piece piece, Piece other, Changes changes) {
        if (piece.kind() == Kind.PLAYER) {
            changes.entered(piece.client, other);
        }
        if (other.kind() == Kind.PLAYER) {
            changes.entered(other.client, piece);
        }
        watch(piece, other, 1);
    }

    private void lose(Piece piece, Piece other, Changes changes) {
        if (piece.kind() == Kind.PLAYER) {
            changes.left(piece.client, other);
        }
        if (other.kind() == Kind.PLAYER) {
            changes.left(other.client, piece);
        }
        watch(piece, other, -1);
    }

    /** One of the two may be an NPC, which counts its watchers. */
    private void watch(Piece one, Piece two, int more) {
        Piece npc = one.kind() == Kind.NPC ? one : two;
        if (npc.kind() == Kind.NPC) {
            npc.watchers += more;
            if (more > 0) {
                wake.accept(npc);
            }
        }
    }

    /** What there is around a piece: another one, seen from the old cell, seen from the new one. */
    private interface Visitor {
        void visit(Piece other, boolean was, boolean is);
    }

    private void around(Piece piece, int oldX, int oldY, Visitor visitor) {
        int right = sectors.column(Math.max(oldX, piece.x) + radius);
        int bottom = sectors.row(Math.max(oldY, piece.y) + radius);
        int left = sectors.column(Math.min(oldX, piece.x) - radius);
        for (int row = sectors.row(Math.min(oldY, piece.y) - radius); row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                int sector = row * sectors.columns() + column;
                visit(sectors.bag(Kind.PLAYER, sector), piece, oldX, oldY, visitor);
                if (piece.kind() == Kind.PLAYER) {
                    visit(sectors.bag(Kind.NPC, sector), piece, oldX, oldY, visitor);
                }
            }
        }
    }

    private void visit(Bag bag, Piece piece, int oldX, int oldY, Visitor visitor) {
        for (int i = 0; i < bag.count(); i++) {
            Piece other = bag.at(i);
            if (other != piece) {
                visitor.visit(other, near(oldX, oldY, other), near(piece.x, piece.y, other));
            }
        }
    }
}
