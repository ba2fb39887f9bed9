package io.overlapped.world;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the world, without I/O or clock: the same rules and the same inputs in the same
 * steps give the same changes.
 *
 * <p>What a player sees is everything within the view radius, itself excepted; that is decided from
 * where the pieces stand and stored nowhere, and each change of a piece is told to exactly those
 * for whom it changes something. So nothing can be moved that was not entered before, and nothing
 * that went away can stay.
 *
 * <p>Threads: one.
 */
public final class World {
    private static final int TRIES_FOR_FREE_CELL = 8;

    private final WorldRules rules;
    private final RandomGenerator random;
    private final Sectors sectors;
    private final Views views;
    private final PlayerIds ids = new PlayerIds();
    private final Map<String, Piece> players = new LinkedHashMap<>();
    private final Wheel wheel;
    private final Piece[] npcs;
    private @Nullable Piece[] byClient = new Piece[16];
    private long tick;

    public World(WorldRules rules) {
        this.rules = rules;
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(rules.seed());
        sectors = new Sectors(rules);
        wheel = new Wheel(rules.npcMoveTicks());
        views = new Views(rules, sectors, this::wake);
        npcs = new Piece[rules.npcs()];
        for (int i = 0; i < npcs.length; i++) {
            npcs[i] = newNpc(WorldRules.FIRST_NPC_ID + i);
        }
    }

    public WorldRules rules() {
        return rules;
    }

    /** How many steps there have been. */
    public long tick() {
        return tick;
    }

    public int playerCount() {
        return players.size();
    }

    /** The piece of a client, or null if it has none. */
    public @Nullable Piece pieceOf(int client) {
        return client < byClient.length ? byClient[client] : null;
    }

    /** Visits every piece: NPCs first, then players as they came. */
    public void forEachPiece(Consumer<Piece> visitor) {
        for (Piece npc : npcs) {
            visitor.accept(npc);
        }
        players.values().forEach(visitor);
    }

    /** Whether {@code viewer} sees {@code other}: never itself. */
    public boolean sees(Piece viewer, Piece other) {
        return viewer != other && views.near(viewer.x, viewer.y, other);
    }

    /**
     * One tick: applies the inputs in their order, then moves the NPCs whose time has come.
     *
     * @throws IllegalArgumentException if a client joins that has a piece, or moves without one
     */
    public void step(Iterable<? extends Input> inputs, Changes changes) {
        for (Input input : inputs) {
            switch (input) {
                case Input.Join join -> join(join, changes);
                case Input.Move move ->
                        move(required(move.client()), move.direction(), move.moveTime(), changes);
                case Input.Leave leave -> leave(leave.client(), changes);
            }
        }
        tick++;
        wheel.turn(npc -> npcDue(npc, changes));
    }

    private void join(Input.Join join, Changes changes) {
        if (pieceOf(join.client()) != null) {
            throw new IllegalArgumentException("client " + join.client() + " has a piece already");
        }
        String key = Names.key(join.name());
        if (players.containsKey(key)) {
            changes.refused(join.client(), Refusal.NAME_TAKEN);
            return;
        }
        if (players.size() >= rules.maxPlayers()) {
            changes.refused(join.client(), Refusal.FULL);
            return;
        }
        int cell = firstCell();
        int x = cell % rules.width();
        int y = cell / rules.width();
        Piece piece = new Piece(ids.take(), Kind.PLAYER, join.name(), join.client(), x, y);
        players.put(key, piece);
        if (join.client() >= byClient.length) {
            byClient = Arrays.copyOf(byClient, Math.max(byClient.length * 2, join.client() + 1));
        }
        byClient[join.client()] = piece;
        changes.joined(join.client(), piece);
        views.appear(piece, changes);
        sectors.add(piece);
    }

    private void move(Piece piece, Direction direction, int moveTime, Changes changes) {
        int x = Math.clamp(piece.x + direction.dx, 0, rules.width() - 1);
        int y = Math.clamp(piece.y + direction.dy, 0, rules.height() - 1);
        boolean changed = x != piece.x || y != piece.y;
        int oldX = piece.x;
        int oldY = piece.y;
        piece.x = x;
        piece.y = y;
        if (piece.client >= 0) {
            changes.moved(piece.client, piece, moveTime);
        }
        if (changed) {
            views.move(piece, oldX, oldY, changes);
            sectors.moved(piece, oldX, oldY);
        }
    }

    private void leave(int client, Changes changes) {
        Piece piece = pieceOf(client);
        if (piece != null) {
            byClient[client] = null;
            players.remove(Names.key(piece.name()));
            sectors.remove(piece);
            views.vanish(piece, changes);
            ids.give(piece.id());
        }
    }

    private Piece newNpc(int id) {
        int x = random.nextInt(rules.width());
        int y = random.nextInt(rules.height());
        Piece npc = new Piece(id, Kind.NPC, "npc-" + id, -1, x, y);
        sectors.add(npc);
        if (!rules.npcsSleep()) {
            wake(npc);
        }
        return npc;
    }

    /** NPCs that wake together do not walk in step. */
    private void wake(Piece npc) {
        if (!npc.awake) {
            npc.awake = true;
            wheel.add(npc, 1 + random.nextInt(rules.npcMoveTicks()));
        }
    }

    private void npcDue(Piece npc, Changes changes) {
        if (rules.npcsSleep() && npc.watchers == 0) {
            npc.awake = false;
            return;
        }
        Direction way = Direction.of(random.nextInt(4));
        if (way != null) {
            move(npc, way, 0, changes);
        }
        wheel.add(npc, rules.npcMoveTicks());
    }

    /** Free if a few tries find a free one: pieces may share cells, but need not begin so. */
    private int firstCell() {
        int x = 0;
        int y = 0;
        for (int i = 0; i < TRIES_FOR_FREE_CELL; i++) {
            x = random.nextInt(rules.width());
            y = random.nextInt(rules.height());
            if (views.isFree(x, y)) {
                break;
            }
        }
        return y * rules.width() + x;
    }

    private Piece required(int client) {
        Piece piece = pieceOf(client);
        if (piece == null) {
            throw new IllegalArgumentException("client " + client + " has no piece to move");
        }
        return piece;
    }
}
