package io.overlapped.sim;

import io.overlapped.sim.SingleFault.Kind;
import io.overlapped.sim.SingleFault.Opportunity;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides what goes wrong, and counts it. */
@SuppressWarnings("EnumOrdinal") // an index into an array of this process
final class Chaos {
    private static final Fault[] KINDS = Fault.values();
    private static final long CERTAIN = 1L << 31;

    private final SimRandom random;
    private final Faults faults;
    private final long[] thresholds = new long[KINDS.length];
    private final long[] counts = new long[KINDS.length];
    private final long[] opportunities = new long[Opportunity.values().length];
    private @Nullable SingleFault single;
    private boolean singleHappened;
    private boolean healed;

    Chaos(SimRandom random, Faults profile) {
        this.random = random;
        faults = profile.draw(random);
        for (Fault fault : KINDS) {
            if (!fault.isTimed()) {
                thresholds[fault.ordinal()] = Math.round(faults.rate(fault) * CERTAIN);
            }
        }
    }

    Faults faults() {
        return faults;
    }

    void heal() {
        healed = true;
        java.util.Arrays.fill(thresholds, 0);
    }

    boolean isHealed() {
        return healed;
    }

    /** Whether a fault strikes now; whoever asks counts it if it makes a difference. */
    boolean strikes(Fault fault) {
        long threshold = thresholds[fault.ordinal()];
        return threshold != 0 && random.nextLong() >>> 33 < threshold;
    }

    void count(Fault fault) {
        counts[fault.ordinal()]++;
    }

    long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    Map<Fault, Long> counts() {
        Map<Fault, Long> all = new EnumMap<>(Fault.class);
        for (Fault fault : KINDS) {
            all.put(fault, counts[fault.ordinal()]);
        }
        return Collections.unmodifiableMap(all);
    }

    void inject(SingleFault fault) {
        single = fault;
    }

    boolean singleHappened() {
        return singleHappened;
    }

    long opportunities(Opportunity what) {
        return opportunities[what.ordinal()];
    }

    /** Counts an opportunity; the single fault, if it is to happen here. */
    @Nullable SingleFault opportunity(Opportunity what) {
        long index = opportunities[what.ordinal()]++;
        SingleFault fault = single;
        if (fault == null || fault.kind().opportunity() != what || fault.index() != index) {
            return null;
        }
        singleHappened = true;
        return fault;
    }

    static boolean is(@Nullable SingleFault fault, Kind kind) {
        return fault != null && fault.kind() == kind;
    }
}
