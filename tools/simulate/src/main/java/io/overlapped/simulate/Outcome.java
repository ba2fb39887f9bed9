package io.overlapped.simulate;

import io.overlapped.sim.Fault;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of one workload with one seed.
 *
 * @param events how many events there were in its world
 * @param faults how often each fault struck
 * @param simulatedNanos how much time passed in it
 * @param hash of all that happened, in its order
 * @param violation what happened that must never happen; null if nothing did
 * @param cause what was thrown, if something was
 *     <p>Threads: a value.
 */
public record Outcome(
        String workload,
        long seed,
        long events,
        Map<Fault, Long> faults,
        long simulatedNanos,
        long hash,
        @Nullable String violation,
        @Nullable Throwable cause) {
    public boolean passed() {
        return violation == null;
    }

    public long faultCount() {
        return faults.values().stream().mapToLong(Long::longValue).sum();
    }
}
