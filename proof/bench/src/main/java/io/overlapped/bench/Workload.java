package io.overlapped.bench;

import io.overlapped.bench.load.Request;
import io.overlapped.bench.server.Mode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is measured.
 *
 * @param id its name on the command line
 * @param title for people
 * @param perSecond messages a second of an open loop; else 0
 * @param measure what matters most about it
 */
public record Workload(
        String id,
        String title,
        Mode mode,
        Request.Kind kind,
        int connections,
        int bytes,
        int inFlight,
        int perSecond,
        Measure measure) {

    /** The figure by which rows are compared. */
    public enum Measure {
        /** CPU time of the server for a message; less is better. */
        CPU_PER_MESSAGE("server CPU/message", "µs"),
        /** Memory an idle connection holds; less is better. */
        BYTES_PER_CONNECTION("memory/connection", "B"),
        /** From the start of the process to the first echo; less is better. */
        START("start to first echo", "ms"),
        /** The 99th percentile of an open loop's latency; less is better. */
        P99("p99", "µs");

        private final String title;
        private final String unit;

        Measure(String title, String unit) {
            this.title = title;
            this.unit = unit;
        }

        public String title() {
            return title;
        }

        public String unit() {
            return unit;
        }
    }

    static final int SMALL = 64;
    static final int MANY_CONNECTIONS = 9000;
    static final int STREAM_PIECE = 64 * 1024;

    /** All of them. */
    public static final List<Workload> ALL =
            Stream.of(
                            Stream.of(
                                    echo("echo-1", 1, SMALL, 1),
                                    echo("echo-8", 8, SMALL, 1),
                                    echo("echo-64", 64, SMALL, 1),
                                    echo("echo-256", 256, SMALL, 1),
                                    echo("echo-1000", 1000, SMALL, 1),
                                    echo("echo-4000", 4000, SMALL, 1),
                                    echo("echo-9000", MANY_CONNECTIONS, SMALL, 1),
                                    echo("pipelined-64", 64, SMALL, 16),
                                    echo("echo-64-1k", 64, 1024, 1),
                                    echo("echo-64-4k", 64, 4 * 1024, 1),
                                    echo("echo-64-16k", 64, 16 * 1024, 1),
                                    echo("echo-64-64k", 64, 64 * 1024, 1),
                                    stream("stream-in", "into the server", Mode.SINK),
                                    stream("stream-out", "out of the server", Mode.SOURCE),
                                    fan(100, 1),
                                    fan(100, 64),
                                    fan(1000, 1),
                                    fan(1000, 64),
                                    connectRate(),
                                    idle(),
                                    start()),
                            IntStream.of(10_000, 40_000, 80_000, 120_000).mapToObj(Workload::open))
                    .flatMap(all -> all)
                    .toList();

    /** Those of the quick profile. */
    static final List<String> QUICK = List.of("echo-64", "echo-1000", "pipelined-64");

    /** One size over all numbers of connections, and one number over all sizes. */
    static final List<String> GROWTH =
            ALL.stream().filter(Workload::isOfGrowth).map(Workload::id).toList();

    /** All but the points that only a plot of growth needs. */
    static final List<String> STANDARD =
            ALL.stream()
                    .map(Workload::id)
                    .filter(id -> !List.of("echo-8", "echo-256", "echo-4000").contains(id))
                    .toList();

    /** Those in which one loop is compared with two. */
    public static final List<String> PROACTORS = List.of("echo-64", "echo-1000", "pipelined-64");

    private static final int GROWTH_CONNECTIONS = 64;

    /** The one of this name. */
    public static Workload of(String id) {
        return ALL.stream().filter(one -> one.id.equals(id)).findFirst().orElseThrow();
    }

    /** Whether a full run has it. */
    public boolean isStandard() {
        return STANDARD.contains(id);
    }

    private boolean isOfGrowth() {
        return growsWithConnections() || growsWithSize();
    }

    /** Whether it is a point of the cost against connections. */
    public boolean growsWithConnections() {
        return isPlainEcho() && bytes == SMALL;
    }

    /** Whether it is a point of the cost against the size of a message. */
    public boolean growsWithSize() {
        return isPlainEcho() && connections == GROWTH_CONNECTIONS;
    }

    private boolean isPlainEcho() {
        return kind == Request.Kind.ECHO && measure == Measure.CPU_PER_MESSAGE && inFlight == 1;
    }

    private static Workload echo(String id, int connections, int bytes, int inFlight) {
        String size = bytes < 1024 ? bytes + " B" : bytes / 1024 + " KiB";
        String title =
                "echo, "
                        + connections(connections)
                        + ", "
                        + size
                        + (inFlight > 1 ? ", 16 in flight" : "");
        return new Workload(
                id,
                title,
                Mode.ECHO,
                Request.Kind.ECHO,
                connections,
                bytes,
                inFlight,
                0,
                Measure.CPU_PER_MESSAGE);
    }

    private static String connections(int count) {
        return count == 1 ? "1 connection" : "%,d connections".formatted(count);
    }

    private static Workload stream(String id, String where, Mode mode) {
        return new Workload(
                id,
                "one way " + where + ", 8 connections, by 64 KiB",
                mode,
                mode == Mode.SINK ? Request.Kind.STREAM_IN : Request.Kind.STREAM_OUT,
                8,
                STREAM_PIECE,
                1,
                0,
                Measure.CPU_PER_MESSAGE);
    }

    private static Workload fan(int subscribers, int inFlight) {
        return new Workload(
                "fan-" + subscribers + "-" + inFlight,
                "fan-out to %,d, 64 B, ".formatted(subscribers)
                        + (inFlight == 1 ? "one at a time" : inFlight + " in flight"),
                Mode.FAN,
                Request.Kind.FAN,
                subscribers,
                SMALL,
                inFlight,
                0,
                Measure.CPU_PER_MESSAGE);
    }

    private static Workload connectRate() {
        return new Workload(
                "connect",
                "connect, echo 64 B, reset; 16 at once",
                Mode.ECHO,
                Request.Kind.CONNECT,
                16,
                SMALL,
                1,
                0,
                Measure.CPU_PER_MESSAGE);
    }

    private static Workload idle() {
        return new Workload(
                "idle",
                "idle memory of %,d connections".formatted(MANY_CONNECTIONS),
                Mode.ECHO,
                Request.Kind.HOLD,
                MANY_CONNECTIONS,
                SMALL,
                1,
                0,
                Measure.BYTES_PER_CONNECTION);
    }

    private static Workload start() {
        return new Workload(
                "start",
                "from the start of the process to the first echo",
                Mode.ECHO,
                Request.Kind.ECHO,
                1,
                SMALL,
                1,
                0,
                Measure.START);
    }

    private static Workload open(int perSecond) {
        return new Workload(
                "open-" + perSecond / 1000 + "k",
                "open loop, 64 connections, 64 B, %,d/s".formatted(perSecond),
                Mode.ECHO,
                Request.Kind.OPEN,
                64,
                SMALL,
                1,
                perSecond,
                Measure.P99);
    }

    /** The request that a load generator is sent for it. */
    public Request request(int port, long pid, Timing timing) {
        return new Request(
                kind,
                port,
                pid,
                connections,
                bytes,
                inFlight,
                perSecond,
                timing.warmMessages() * inFlight,
                timing.warmMillis(),
                timing.millis());
    }

    /**
     * How long is warmed up and measured.
     *
     * @param warmMessages messages after which the measuring begins
     * @param warmMillis the longest that may take
     * @param millis how long is measured
     */
    public record Timing(long warmMessages, long warmMillis, long millis) {}
}
