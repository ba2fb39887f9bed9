package io.overlapped.bench.report;

import io.overlapped.bench.Figures;
import io.overlapped.bench.Series;

/**
 * One target, and whether a run met it.
 *
 * @param limit what {@code measured} may be
 * @param measured NaN if the run says nothing of it
 * @param disturbed whether something else ran meanwhile, so that it is neither met nor missed
 * @param remark what there is to say about it; empty if nothing
 */
record Verdict(
        String target,
        Bound bound,
        double limit,
        double measured,
        boolean disturbed,
        String remark) {
    /** Which side of the limit is right. */
    enum Bound {
        AT_MOST("≤"),
        AT_LEAST("≥");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }
    }

    Verdict(String target, Bound bound, double limit, double measured) {
        this(target, bound, limit, measured, false, "");
    }

    static Verdict atMost(String target, double limit, double measured) {
        return new Verdict(target, Bound.AT_MOST, limit, measured);
    }

    static Verdict unknown(String target, double limit, String why) {
        return new Verdict(target, Bound.AT_MOST, limit, Double.NaN, false, why);
    }

    /** The same with what limits the two series it was taken from. */
    Verdict of(Series ours, Series theirs) {
        if (ours.isDisturbed() || theirs.isDisturbed()) {
            return new Verdict(
                    target, bound, limit, measured, true, "something else used the cores");
        }
        boolean loadBound = ours.isLoadBound() || theirs.isLoadBound();
        String said = loadBound ? "the load set the pace" : "";
        return new Verdict(target, bound, limit, measured, false, said);
    }

    boolean isKnown() {
        return !Double.isNaN(measured);
    }

    boolean isMet() {
        boolean right = bound == Bound.AT_MOST ? measured <= limit : measured >= limit;
        return right && !disturbed;
    }

    /** Measured, valid, and on the wrong side of the limit. */
    boolean isMissed() {
        return isKnown() && !disturbed && !isMet();
    }

    /** For people. */
    String status() {
        if (!isKnown()) {
            return "–";
        }
        return disturbed ? "not valid" : isMet() ? "met" : "not met";
    }

    /** The limit with its sign. */
    String limitText() {
        return bound.sign + " " + Figures.brief(limit);
    }
}
