package io.overlapped.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each client holds, built from nothing but the changes it was told. */
final class Mirrors implements Changes {
    /** Where a client believes a piece to be. */
    record Cell(int x, int y) {}

    /** One client's picture of the world. */
    static final class Mirror {
        int ownId = -1;
        Cell own = new Cell(-1, -1);
        final Map<Integer, Cell> others = new HashMap<>();
        final List<Integer> answers = new ArrayList<>();
    }

    final Map<Integer, Mirror> byClient = new HashMap<>();
    final Map<Integer, Refusal> refusals = new HashMap<>();
    final List<String> log = new ArrayList<>();

    @Override
    public void joined(int client, Piece own) {
        log.add("joined " + client + " " + own);
        Mirror mirror = new Mirror();
        mirror.ownId = own.id();
        mirror.own = new Cell(own.x(), own.y());
        assertNull(byClient.put(client, mirror), "joined twice");
    }

    @Override
    public void refused(int client, Refusal why) {
        log.add("refused " + client + " " + why);
        refusals.put(client, why);
    }

    @Override
    public void entered(int client, Piece piece) {
        log.add("entered " + client + " " + piece);
        Mirror mirror = of(client);
        assertFalse(piece.id() == mirror.ownId, "own piece in its own view");
        assertNull(mirror.others.put(piece.id(), new Cell(piece.x(), piece.y())), "entered twice");
    }

    @Override
    public void moved(int client, Piece piece, int moveTime) {
        log.add("moved " + client + " " + piece + " " + moveTime);
        Mirror mirror = of(client);
        Cell cell = new Cell(piece.x(), piece.y());
        if (piece.id() == mirror.ownId) {
            mirror.own = cell;
            mirror.answers.add(moveTime);
        } else {
            assertEquals(0, moveTime);
            assertNotNull(mirror.others.put(piece.id(), cell), "a ghost moved");
        }
    }

    @Override
    public void left(int client, Piece piece) {
        log.add("left " + client + " " + piece);
        assertNotNull(of(client).others.remove(piece.id()), "left without having entered");
    }

    Mirror of(int client) {
        Mirror mirror = byClient.get(client);
        assertNotNull(mirror, "told to a client that is not in the world: " + client);
        return mirror;
    }

    /** To be called with each Leave: from its step on the client must not be told anything. */
    void forget(int client) {
        byClient.remove(client);
    }

    /** Each mirror holds exactly what its client can see, where it is. */
    void assertHold(World world) {
        Map<Integer, Piece> pieces = new HashMap<>();
        world.forEachPiece(piece -> pieces.put(piece.id(), piece));
        byClient.forEach(
                (client, mirror) -> {
                    Piece own = world.pieceOf(client);
                    assertNotNull(own);
                    assertEquals(own.id(), mirror.ownId);
                    assertEquals(new Cell(own.x(), own.y()), mirror.own);
                    Map<Integer, Cell> truth = new HashMap<>();
                    int radius = world.rules().viewRadius();
                    for (Piece piece : pieces.values()) {
                        int distance =
                                Math.max(
                                        Math.abs(own.x() - piece.x()),
                                        Math.abs(own.y() - piece.y()));
                        if (piece.id() != own.id() && distance <= radius) {
                            truth.put(piece.id(), new Cell(piece.x(), piece.y()));
                        }
                    }
                    assertEquals(truth, mirror.others);
                });
    }
}
