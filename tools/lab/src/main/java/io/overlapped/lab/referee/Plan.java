package io.overlapped.lab.referee;

import java.time.Duration;

/**
 * How long each part of a row takes, and what bounds it.
 *
 * @param warmUp load that is not measured, so that the compiler is done
 * @param idle how long nothing is sent, to see who works then
 * @param load how long is measured
 * @param trace how long system calls are counted; zero for no count
 * @param answers how long the client waits without an answer before it gives up
 * @param row for one row with all its parts; what is not done by then says so
 * @param total for all models together; rows beyond it are left out
 * @param freshServer whether each row has a server process of its own
 * @param pinned whether server and client get a core each, where there are two
 *     <p>Threads: a value.
 */
public record Plan(
        Duration warmUp,
        Duration idle,
        Duration load,
        Duration trace,
        Duration answers,
        Duration row,
        Duration total,
        boolean freshServer,
        boolean pinned) {
    /** The longest load that can be asked for, in seconds. */
    public static final double SECONDS_MAX = 60;

    /** Under 90 seconds for all models: rough numbers, from programs that are hardly warm. */
    public static Plan quick() {
        return new Plan(
                Duration.ZERO,
                Duration.ofMillis(120),
                Duration.ofMillis(250),
                Duration.ofMillis(150),
                Duration.ofMillis(2500),
                Duration.ofSeconds(4),
                Duration.ofSeconds(78),
                false,
                true);
    }

    /**
     * A run whose numbers can be compared.
     *
     * @param seconds how long each row is measured; above 0, up to {@link #SECONDS_MAX}
     */
    public static Plan full(double seconds) {
        if (!(seconds > 0 && seconds <= SECONDS_MAX)) {
            throw new IllegalArgumentException(
                    "seconds is " + seconds + "; it must be above 0 and at most " + SECONDS_MAX);
        }
        Duration load = Duration.ofMillis(Math.round(seconds * 1000));
        return new Plan(
                load,
                load.dividedBy(2),
                load,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(25).plus(load.multipliedBy(3)),
                Duration.ofHours(3),
                true,
                true);
    }
}
