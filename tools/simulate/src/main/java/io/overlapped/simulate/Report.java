package io.overlapped.simulate;

import io.overlapped.sim.Fault;
import io.overlapped.sim.World;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign has come to so far.
 *
 * <p>Threads: the campaign's.
 */
public final class Report {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long GAMMA = 0x9E37_79B9_7F4A_7C15L;

    private final Campaign campaign;
    private final LongSupplier clock;
    private final long startNanos;
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final Map<String, Share> shares = new LinkedHashMap<>();
    private long seeds;
    private long worlds;
    private long events;
    private long simulatedNanos;
    private long realNanos;
    private long liveEvents;
    private long liveFaults;
    private long liveNanos;
    private long hash;
    private @Nullable Outcome violation;

    /** What one workload has its part in. */
    public record Share(long worlds, long events, long faults, long simulatedNanos) {
        private Share plus(Outcome outcome) {
            return new Share(
                    worlds + 1,
                    events + outcome.events(),
                    faults + outcome.faultCount(),
                    simulatedNanos + outcome.simulatedNanos());
        }
    }

    Report(Campaign campaign, LongSupplier clock) {
        this.campaign = campaign;
        this.clock = clock;
        startNanos = clock.getAsLong();
    }

    void add(Outcome outcome) {
        worlds++;
        liveEvents = 0;
        liveFaults = 0;
        liveNanos = 0;
        events += outcome.events();
        simulatedNanos += outcome.simulatedNanos();
        Share before = shares.getOrDefault(outcome.workload(), new Share(0, 0, 0, 0));
        shares.put(outcome.workload(), before.plus(outcome));
        outcome.faults().forEach((fault, count) -> faults.merge(fault, count, Long::sum));
        hash = Long.rotateLeft(hash ^ outcome.hash(), 23) * GAMMA + outcome.seed();
        realNanos = clock.getAsLong() - startNanos;
        if (!outcome.passed()) {
            violation = outcome;
        }
    }

    /** A world that is still going on. */
    void watch(World world) {
        liveEvents = world.events();
        liveFaults = world.faultCount();
        liveNanos = world.now().toNanos();
        realNanos = clock.getAsLong() - startNanos;
    }

    void seedDone() {
        seeds++;
    }

    public Campaign campaign() {
        return campaign;
    }

    public boolean passed() {
        return violation == null;
    }

    /** The world in which what must never happen happened; null if there was none. */
    public @Nullable Outcome violation() {
        return violation;
    }

    /** Seeds with which all workloads have passed. */
    public long seeds() {
        return seeds;
    }

    public long worlds() {
        return worlds;
    }

    public long events() {
        return events + liveEvents;
    }

    /** How often each fault struck, those that did not left out. */
    public Map<Fault, Long> faults() {
        Map<Fault, Long> struck = new EnumMap<>(Fault.class);
        faults.forEach(
                (fault, count) -> {
                    if (count > 0) {
                        struck.put(fault, count);
                    }
                });
        return struck;
    }

    /** What each workload has its part in, by name; one that has not begun is left out. */
    public Map<String, Share> shares() {
        return Collections.unmodifiableMap(shares);
    }

    public long faultCount() {
        return faults.values().stream().mapToLong(Long::longValue).sum() + liveFaults;
    }

    public double simulatedSeconds() {
        return (simulatedNanos + liveNanos) / NANOS_PER_SECOND;
    }

    public double realSeconds() {
        return realNanos / NANOS_PER_SECOND;
    }

    public double eventsPerSecond() {
        return perSecond(events());
    }

    public double faultsPerSecond() {
        return perSecond(faultCount());
    }

    /** Of all that happened in all worlds, in the order of the seeds, in hexadecimal. */
    public String hash() {
        return String.format(Locale.ROOT, "%016x", hash);
    }

    /** By name, for programs. */
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("workloads", campaign.workloads().stream().map(Workload::name).toList());
        facts.put("firstSeed", campaign.from());
        facts.put("lastSeed", campaign.to());
        facts.put("clients", campaign.plan().clients());
        facts.put("faultProfile", campaign.plan().faults().toString());
        facts.put("seeds", seeds);
        facts.put("worlds", worlds);
        facts.put("events", events());
        facts.put("faults", faultCount());
        Map<String, Object> kinds = new LinkedHashMap<>();
        faults().forEach((fault, count) -> kinds.put(fault.name(), count));
        facts.put("faultKinds", kinds);
        facts.put("eventsPerSecond", Math.round(eventsPerSecond()));
        facts.put("faultsPerSecond", Math.round(faultsPerSecond()));
        facts.put("simulatedSeconds", rounded(simulatedSeconds()));
        facts.put("realSeconds", rounded(realSeconds()));
        facts.put("violations", passed() ? 0 : 1);
        facts.put("hash", hash());
        Outcome bad = violation;
        if (bad != null) {
            facts.put("seed", bad.seed());
            facts.put("workload", bad.workload());
            facts.put("violation", bad.violation());
        }
        return facts;
    }

    private double perSecond(long count) {
        return realNanos == 0 ? 0 : count * NANOS_PER_SECOND / realNanos;
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 1e3) / 1e3;
    }
}
