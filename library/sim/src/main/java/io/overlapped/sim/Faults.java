package io.overlapped.sim;

import java.util.Arrays;

/**
 * How likely each {@link Fault} is: none, chosen one by one, or drawn for each seed.
 *
 * <p>A swarm draws which faults there are and how likely each is, sometimes not at all, as a world
 * in which everything fails hides what only happens when most things work.
 *
 * <p>Threads: a value.
 */
@SuppressWarnings("EnumOrdinal") // an index into an array of this process
public final class Faults {
    private static final int KINDS = Fault.values().length;
    private static final int ABSENT_ONE_IN = 4;
    private static final Faults NONE = new Faults(new double[KINDS], false);
    private static final Faults SWARM = new Faults(new double[KINDS], true);

    private final double[] rates;
    private final boolean drawn;

    private Faults(double[] rates, boolean drawn) {
        this.rates = rates;
        this.drawn = drawn;
    }

    /** A world in which everything works. */
    public static Faults none() {
        return NONE;
    }

    /** Each seed draws its own. */
    public static Faults swarm() {
        return SWARM;
    }

    /**
     * These, and besides one more.
     *
     * @param rate a probability, or for a timed fault how many times an hour and host
     */
    public Faults with(Fault fault, double rate) {
        boolean inRange = rate >= 0 && (fault.isTimed() ? rate <= 3600 : rate <= 1);
        if (!inRange) {
            throw new IllegalArgumentException(
                    fault
                            + " "
                            + rate
                            + (fault.isTimed()
                                    ? "; it must be 0 to 3600 times an hour"
                                    : "; it must be a probability, 0 to 1"));
        }
        double[] more = rates.clone();
        more[fault.ordinal()] = rate;
        // −1 marks what a swarm must not draw again.
        if (drawn) {
            more[fault.ordinal()] = rate == 0 ? -1 : rate;
        }
        return new Faults(more, drawn);
    }

    /** These without one. */
    public Faults without(Fault fault) {
        return with(fault, 0);
    }

    /** The rate of one; in a swarm that is not drawn yet, 0 for what each seed draws. */
    public double rate(Fault fault) {
        return Math.max(0, rates[fault.ordinal()]);
    }

    /** What one seed has. */
    Faults draw(SimRandom random) {
        if (!drawn) {
            return this;
        }
        double[] own = rates.clone();
        for (Fault fault : Fault.values()) {
            int kind = fault.ordinal();
            boolean absent = random.nextInt(ABSENT_ONE_IN) == 0;
            double size = random.nextDouble();
            if (own[kind] < 0 || (own[kind] == 0 && absent)) {
                own[kind] = 0;
            } else if (own[kind] == 0) {
                own[kind] = fault.swarmMost() * size * size;
            }
        }
        return new Faults(own, false);
    }

    @Override
    public String toString() {
        if (drawn) {
            return "swarm";
        }
        StringBuilder text = new StringBuilder();
        for (Fault fault : Fault.values()) {
            if (rates[fault.ordinal()] > 0) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(fault)
                        .append(' ')
                        .append(rates[fault.ordinal()]);
            }
        }
        return text.isEmpty() ? "none" : text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Faults f && drawn == f.drawn && Arrays.equals(rates, f.rates);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(rates);
    }
}
