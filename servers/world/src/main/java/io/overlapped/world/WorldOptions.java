package io.overlapped.world;

import io.overlapped.session.Limits;

/**
 * What a world server is opened with.
 *
 * @param rules the world
 * @param tickMillis milliseconds from one step of the world to the next; 1 to 60,000
 * @param limits what one client may cost; see {@link WorldServer#listenCourse} and {@link
 *     WorldServer#listenNative} for what they change
 * @param maxFrameBytes longest native frame of a client, its length bytes not counted
 *     <p>Threads: a value.
 */
public record WorldOptions(WorldRules rules, int tickMillis, Limits limits, int maxFrameBytes) {

    /** Milliseconds from one step to the next unless something else is said. */
    public static final int TICK_MILLIS_DEFAULT = 50;

    /** Longest native frame of a client unless something else is said. */
    public static final int MAX_FRAME_BYTES_DEFAULT = 1024;

    private static final int TICK_MILLIS_LIMIT = 60_000;

    public WorldOptions {
        if (tickMillis < 1 || tickMillis > TICK_MILLIS_LIMIT) {
            throw new IllegalArgumentException(
                    "tickMillis is " + tickMillis + "; it must be 1 to " + TICK_MILLIS_LIMIT);
        }
    }

    /** This world with a tick of 50 ms and the default limits. */
    public static WorldOptions of(WorldRules rules) {
        return new WorldOptions(rules, TICK_MILLIS_DEFAULT, Limits.game(), MAX_FRAME_BYTES_DEFAULT);
    }

    public WorldOptions withTickMillis(int millis) {
        return new WorldOptions(rules, millis, limits, maxFrameBytes);
    }

    public WorldOptions withLimits(Limits newLimits) {
        return new WorldOptions(rules, tickMillis, newLimits, maxFrameBytes);
    }
}
