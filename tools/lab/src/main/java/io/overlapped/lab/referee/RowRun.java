package io.overlapped.lab.referee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row on one server: connect, rest, load, count system calls, and say what came of it.
 *
 * <p>Threads: one, which drives the load.
 */
final class RowRun {
    private static final Duration SLOW_ASKED = Duration.ofSeconds(1);
    private static final Duration SETTLE = Duration.ofMillis(30);
    private static final double MICROS = 1e3;
    private static final double MILLIS = 1e6;
    private static final double PERCENT = 100;

    private final Row row;
    private final Plan plan;
    private final ModelProcess server;
    private final long deadline;
    private final boolean tracing;
    private final Load load;

    private RowRun(Row row, Plan plan, ModelProcess server, long deadline, boolean tracing) {
        this.row = row;
        this.plan = plan;
        this.server = server;
        this.deadline = deadline;
        this.tracing = tracing;
        load = new Load(row, server.address(), () -> server.endedBecause().isEmpty());
    }

    /** Runs it; whatever happens is in the result. */
    static RowResult run(Row row, Plan plan, ModelProcess server, long deadline, boolean tracing) {
        try {
            RowRun run = new RowRun(row, plan, server, deadline, tracing);
            try (Load load = run.load) {
                return run.measured(load);
            }
        } catch (RuntimeException e) {
            return RowResult.of(row, Outcome.CANNOT, "the client could not go on: " + e);
        }
    }

    private RowResult measured(Load client) {
        ProcessReading before = ProcessReading.of(server.pid());
        client.join(deadline, plan.answers());
        if (client.joined() < client.size()) {
            return missing("%d of %d connections had an answer when time was up");
        }
        ProcessReading joined = ProcessReading.of(server.pid());
        if (!plan.warmUp().isZero()) {
            client.talk(bounded(plan.warmUp()));
            client.drain(deadline, plan.answers());
        }
        double idleCpuPercent = idleCpuPercent(client);
        if (row.slowReader()) {
            client.beSlow();
        }
        client.clear();
        if (bounded(plan.load()).compareTo(plan.load().dividedBy(2)) < 0) {
            return RowResult.of(row, Outcome.LEFT_OUT, Referee.NO_TIME);
        }
        Window window = window(client);
        boolean drained = client.drain(deadline, plan.answers());
        RowResult failed = failure();
        if (failed != null) {
            return failed;
        }
        if (!drained && !row.slowReader()) {
            return RowResult.of(row, Outcome.LATE, unanswered(client));
        }
        long residentBytes = joined.residentBytes() - before.residentBytes();
        if (row.slowReader() && row.isChat()) {
            client.readSlowAgain(SLOW_ASKED);
        }
        String note = note(client);
        Double burst = row.burst() > 1 ? client.bursts().percentileNanos(0.5) / MILLIS : null;
        long p50 = client.latencies().percentileNanos(0.5);
        long p99 = client.latencies().percentileNanos(0.99);
        long max = client.latencies().maxNanos();
        SystemCalls calls = systemCalls(client, joined.threads());
        failed = failure();
        if (failed != null) {
            return failed;
        }
        Numbers numbers =
                new Numbers(
                        client.bytes(),
                        window.messages(),
                        row.isChat() ? window.deliveries() : 0,
                        window.messages() * 1e9 / window.nanos(),
                        p50 / MICROS,
                        p99 / MICROS,
                        max / MICROS,
                        window.cpuNanos() / MICROS / window.divisor(),
                        Double.isNaN(calls.perMessage()) ? null : calls.perMessage(),
                        calls.what(),
                        (double) window.voluntary() / window.divisor(),
                        (double) window.involuntary() / window.divisor(),
                        joined.threads(),
                        Math.max(0, residentBytes) / row.connections(),
                        idleCpuPercent,
                        burst,
                        note);
        return new RowResult(row, Outcome.DONE, "", numbers);
    }

    /** What the server used, and what it answered, while it was measured. */
    private record Window(
            long nanos,
            long messages,
            long deliveries,
            long cpuNanos,
            long voluntary,
            long involuntary) {
        long divisor() {
            return Math.max(1, messages);
        }
    }

    private Window window(Load client) {
        ProcessReading from = ProcessReading.of(server.pid());
        long start = System.nanoTime();
        client.talk(bounded(plan.load()));
        long nanos = System.nanoTime() - start;
        long messages = client.answers();
        long deliveries = client.deliveries();
        ProcessReading to = ProcessReading.of(server.pid());
        return new Window(
                nanos,
                messages,
                deliveries,
                to.cpuNanos() - from.cpuNanos(),
                to.voluntary() - from.voluntary(),
                to.involuntary() - from.involuntary());
    }

    private double idleCpuPercent(Load client) {
        client.rest(bounded(SETTLE));
        ProcessReading from = ProcessReading.of(server.pid());
        long start = System.nanoTime();
        client.rest(bounded(plan.idle()));
        long nanos = System.nanoTime() - start;
        ProcessReading to = ProcessReading.of(server.pid());
        return PERCENT * (to.cpuNanos() - from.cpuNanos()) / Math.max(1, nanos);
    }

    private Duration bounded(Duration wanted) {
        long left = Math.max(0, deadline - System.nanoTime());
        return Duration.ofNanos(Math.min(wanted.toNanos(), left));
    }

    private SystemCalls systemCalls(Load client, int threads) {
        if (plan.trace().isZero() || !tracing) {
            return SystemCalls.notCounted("not counted in this row of a quick run");
        } else if (threads > SystemCalls.THREADS_MAX) {
            return SystemCalls.notCounted(
                    "not counted with more than " + SystemCalls.THREADS_MAX + " threads");
        } else if (row.slowReader()) {
            return SystemCalls.notCounted("not counted with a slow reader");
        } else if (bounded(plan.trace()).compareTo(plan.trace()) < 0) {
            return SystemCalls.notCounted("no time was left to count them");
        }
        return SystemCalls.count(
                server.pid(),
                () -> {
                    client.clear();
                    client.talk(plan.trace());
                    client.drain(deadline, plan.answers());
                    return client.answers();
                });
    }

    /** What ended the row, or null if nothing did. */
    private @Nullable RowResult failure() {
        String wrong = load.wrong();
        if (wrong != null) {
            return RowResult.of(row, Outcome.WRONG, wrong);
        }
        String failure = load.failure();
        if (failure != null) {
            server.settle();
        }
        String ended = server.endedBecause();
        if (!ended.isEmpty()) {
            return RowResult.of(row, Outcome.CANNOT, ended);
        }
        return failure == null ? null : RowResult.of(row, Outcome.CANNOT, inItsWords(failure));
    }

    /** What the server said of it, if it said anything. */
    private String inItsWords(String seen) {
        String words = server.complaint();
        return words.isEmpty() ? seen : words + " (" + seen + ")";
    }

    private RowResult missing(String late) {
        RowResult failed = failure();
        return failed != null
                ? failed
                : RowResult.of(
                        row, Outcome.LATE, inItsWords(late.formatted(load.joined(), load.size())));
    }

    private String unanswered(Load client) {
        return "%d of %d connections waited in vain for an answer"
                .formatted(client.waiting(), row.talkers());
    }

    private String note(Load client) {
        if (!row.slowReader()) {
            return "";
        }
        List<String> notes = new ArrayList<>();
        int waiting = client.waiting();
        if (waiting > 0) {
            notes.add(waiting + " of " + row.talkers() + " others wait for ever");
        }
        String ended = client.slowEnded();
        if (ended != null) {
            notes.add(ended);
        }
        return String.join("; ", notes);
    }
}
