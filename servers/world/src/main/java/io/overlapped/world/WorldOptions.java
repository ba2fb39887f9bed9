package io.overlapped.world;

/**
 * What a world server is opened with.
 *
 * @param rules the world
 * @param tickMillis milliseconds from one step of the world to the next; 1 to 60,000
 * @param limits what one client may cost
 *     <p>Threads: a value.
 */
public record WorldOptions(WorldRules rules, int tickMillis, WorldLimits limits) {

    /** Milliseconds from one step to the next unless something else is said. */
    public static final int TICK_MILLIS_DEFAULT = 50;

    private static final int TICK_MILLIS_LIMIT = 60_000;

    public WorldOptions {
        if (tickMillis < 1 || tickMillis > TICK_MILLIS_LIMIT) {
            throw new IllegalArgumentException(
                    "tickMillis is " + tickMillis + "; it must be 1 to " + TICK_MILLIS_LIMIT);
        }
    }

    /** This world with a tick of 50 ms and the default limits. */
    public static WorldOptions of(WorldRules rules) {
        return new WorldOptions(rules, TICK_MILLIS_DEFAULT, WorldLimits.defaults());
    }

    public WorldOptions withTickMillis(int millis) {
        return new WorldOptions(rules, millis, limits);
    }

    public WorldOptions withLimits(WorldLimits newLimits) {
        return new WorldOptions(rules, tickMillis, newLimits);
    }
}
