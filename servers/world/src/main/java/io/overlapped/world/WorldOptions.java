package io.overlapped.world;

import io.overlapped.session.Limits;
import io.overlapped.session.Networks;

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

    /** Connections beside those of the players: of some that have no name yet. */
    private static final int NAMELESS = 1000;

    /** This world with a tick of 50 ms and the default limits, which have room for its players. */
    public static WorldOptions of(WorldRules rules) {
        Limits.Admission usual = Limits.game().admission();
        int sessions = Math.max(usual.sessionsMax(), rules.maxPlayers() + NAMELESS);
        return new WorldOptions(
                rules,
                TICK_MILLIS_DEFAULT,
                Limits.game().withAdmission(usual.withSessions(sessions)),
                MAX_FRAME_BYTES_DEFAULT);
    }

    public WorldOptions withTickMillis(int millis) {
        return new WorldOptions(rules, millis, limits, maxFrameBytes);
    }

    public WorldOptions withLimits(Limits newLimits) {
        return new WorldOptions(rules, tickMillis, newLimits, maxFrameBytes);
    }

    /** The same with hops that speak for others, see {@link Limits.Admission#hops}. */
    public WorldOptions withHops(Networks hops) {
        return withLimits(limits.withHops(hops));
    }
}
