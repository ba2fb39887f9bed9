package io.overlapped.simulate;

import io.overlapped.sim.Faults;
import java.time.Duration;

/**
 * How a workload is simulated, whatever the seed.
 *
 * @param clients how many come and go; 1 to {@link #CLIENTS_MAX}
 * @param faultTime how long faults strike, in the world's time; what follows until all are served
 *     comes on top
 * @param faults which faults, and how likely
 *     <p>Threads: a value.
 */
public record Plan(int clients, Duration faultTime, Faults faults) {
    /** The most clients. */
    public static final int CLIENTS_MAX = 200;

    /** The longest time: a hundred days. */
    public static final Duration FAULT_TIME_MAX = Duration.ofDays(100);

    public Plan {
        if (clients < 1 || clients > CLIENTS_MAX) {
            throw new IllegalArgumentException(
                    "clients is " + clients + "; it must be 1 to " + CLIENTS_MAX);
        }
        if (faultTime.isNegative()
                || faultTime.isZero()
                || faultTime.compareTo(FAULT_TIME_MAX) > 0) {
            throw new IllegalArgumentException(
                    "the time is %s s; it must be 1 to %s s"
                            .formatted(faultTime.toSeconds(), FAULT_TIME_MAX.toSeconds()));
        }
    }

    /** Eight clients, twenty seconds, a swarm. */
    public static Plan defaults() {
        return new Plan(8, Duration.ofSeconds(20), Faults.swarm());
    }

    public Plan withClients(int count) {
        return new Plan(count, faultTime, faults);
    }

    public Plan withFaultTime(Duration time) {
        return new Plan(clients, time, faults);
    }

    public Plan withFaults(Faults which) {
        return new Plan(clients, faultTime, which);
    }
}
