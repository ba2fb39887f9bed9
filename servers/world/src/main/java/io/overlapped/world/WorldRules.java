package io.overlapped.world;

/**
 * What a world is made with. The same rules and the same inputs give the same world.
 *
 * @param width cells from left to right; 1 to 32,767
 * @param height cells from top to bottom; 1 to 32,767
 * @param maxPlayers players at once; 1 to 10,000
 * @param viewRadius how far a player sees, by the larger of the two distances; 0 to 65,535, where
 *     {@link #EVERYWHERE} sees the whole world
 * @param npcs pieces that wander by themselves; 0 to 1,000,000
 * @param npcMoveTicks ticks between two moves of an NPC; 1 to 10,000
 * @param npcsSleep whether NPCs stand still while no player sees them
 * @param seed where the random choices begin: first cells, and the ways of the NPCs
 *     <p>Threads: a value.
 */
public record WorldRules(
        int width,
        int height,
        int maxPlayers,
        int viewRadius,
        int npcs,
        int npcMoveTicks,
        boolean npcsSleep,
        long seed) {

    /** A view radius that covers every world. */
    public static final int EVERYWHERE = 65_535;

    /** Ids of players are below this, ids of NPCs begin with it. */
    public static final int FIRST_NPC_ID = 10_000;

    private static final int SIDE_LIMIT = Short.MAX_VALUE;
    private static final int NPCS_LIMIT = 1_000_000;
    private static final int NPC_MOVE_TICKS_LIMIT = 10_000;

    /** NPCs of a larger crowd than this sleep unless somebody sees them. */
    private static final int NPCS_AWAKE_DEFAULT = 1_000;

    public WorldRules {
        requireRange("width", width, 1, SIDE_LIMIT);
        requireRange("height", height, 1, SIDE_LIMIT);
        requireRange("maxPlayers", maxPlayers, 1, FIRST_NPC_ID);
        requireRange("viewRadius", viewRadius, 0, EVERYWHERE);
        requireRange("npcs", npcs, 0, NPCS_LIMIT);
        requireRange("npcMoveTicks", npcMoveTicks, 1, NPC_MOVE_TICKS_LIMIT);
    }

    /** The 8 × 8 board: ten players who all see each other, one NPC that moves each 20 ticks. */
    public static WorldRules board() {
        return new WorldRules(8, 8, 10, EVERYWHERE, 1, 20, false, 1);
    }

    public WorldRules withSize(int newWidth, int newHeight) {
        return new WorldRules(
                newWidth, newHeight, maxPlayers, viewRadius, npcs, npcMoveTicks, npcsSleep, seed);
    }

    public WorldRules withMaxPlayers(int players) {
        return new WorldRules(
                width, height, players, viewRadius, npcs, npcMoveTicks, npcsSleep, seed);
    }

    public WorldRules withViewRadius(int cells) {
        return new WorldRules(
                width, height, maxPlayers, cells, npcs, npcMoveTicks, npcsSleep, seed);
    }

    /** So many NPCs; more than 1,000 sleep where nobody looks. */
    public WorldRules withNpcs(int count, int moveTicks) {
        return new WorldRules(
                width,
                height,
                maxPlayers,
                viewRadius,
                count,
                moveTicks,
                count > NPCS_AWAKE_DEFAULT,
                seed);
    }

    public WorldRules withNpcsSleep(boolean sleep) {
        return new WorldRules(
                width, height, maxPlayers, viewRadius, npcs, npcMoveTicks, sleep, seed);
    }

    public WorldRules withSeed(long newSeed) {
        return new WorldRules(
                width, height, maxPlayers, viewRadius, npcs, npcMoveTicks, npcsSleep, newSeed);
    }

    private static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; it must be " + min + " to " + max);
        }
    }
}
