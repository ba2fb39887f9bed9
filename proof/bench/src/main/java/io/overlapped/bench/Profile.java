package io.overlapped.bench;

import java.util.List;

/** A run that is made often: which rows in which workloads, how often and how long. */
@SuppressWarnings("ImmutableEnumChecker") // its lists and its timing are never changed
enum Profile {
    /** What there is, but for what other profiles are for. */
    FULL(Row.STANDARD, Workload.STANDARD, 5, new Workload.Timing(300_000, 5_000, 2_000), ""),
    /** An indication in less than a minute. */
    QUICK(
            Row.QUICK,
            Workload.QUICK,
            1,
            new Workload.Timing(60_000, 500, 400),
            "quick: an indication only"),
    /** How cost grows with connections and with the size of a message. */
    GROWTH(Row.GROWTH, Workload.GROWTH, 3, new Workload.Timing(150_000, 4_000, 1_000), "growth"),
    /** One event loop against two. */
    PROACTORS(
            Row.PROACTORS,
            Workload.PROACTORS,
            5,
            new Workload.Timing(300_000, 5_000, 2_000),
            "proactors"),
    /** A timeout on every operation against none. */
    TIMEOUTS(
            Row.TIMEOUTS,
            Workload.PROACTORS,
            5,
            new Workload.Timing(300_000, 5_000, 2_000),
            "timeouts");

    private final List<String> rows;
    private final List<String> workloads;
    private final int rounds;
    private final Workload.Timing timing;
    private final String note;

    Profile(
            List<String> rows,
            List<String> workloads,
            int rounds,
            Workload.Timing timing,
            String note) {
        this.rows = rows;
        this.workloads = workloads;
        this.rounds = rounds;
        this.timing = timing;
        this.note = note;
    }

    List<String> rows() {
        return rows;
    }

    List<String> workloads() {
        return workloads;
    }

    int rounds() {
        return rounds;
    }

    Workload.Timing timing() {
        return timing;
    }

    /** What is said of it beside the figures; empty if nothing. */
    String note() {
        return note;
    }
}
