package io.overlapped.bench.report;

import io.overlapped.bench.Figures;
import io.overlapped.bench.Series;

/**
 * One target, and whether a run met it.
 *
 * @param limit what {@code measured} may be
 * @param measured NaN if the run says nothing of it
 * @param remark what there is to say about it; empty if nothing
 */
record Verdict(String target, Bound bound, double limit, double measured, String remark) {
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
        this(target, bound, limit, measured, "");
    }

    static Verdict atMost(String target, double limit, double measured) {
        return new Verdict(target, Bound.AT_MOST, limit, measured);
    }

    static Verdict unknown(String target, double limit, String why) {
        return new Verdict(target, Bound.AT_MOST, limit, Double.NaN, why);
    }

    /** The same with what limits the two series it was taken from. */
    Verdict of(Series ours, Series theirs) {
        String said = "";
        if (ours.isDisturbed() || theirs.isDisturbed()) {
            said = "not valid: something else used the cores";
        } else if (ours.isLoadBound() || theirs.isLoadBound()) {
            said = "the load set the pace";
        }
        return new Verdict(target, bound, limit, measured, said);
    }

    boolean isKnown() {
        return !Double.isNaN(measured);
    }

    boolean isMet() {
        return bound == Bound.AT_MOST ? measured <= limit : measured >= limit;
    }

    /** For people. */
    String status() {
        return !isKnown() ? "–" : isMet() ? "met" : "not met";
    }

    /** The limit with its sign. */
    String limitText() {
        return bound.sign + " " + Figures.brief(limit);
    }
}
