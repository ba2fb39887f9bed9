package io.overlapped.bench;

import io.overlapped.bench.load.CpuTime;
import io.overlapped.bench.load.Reply;
import io.overlapped.bench.load.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts each server in turn, each time as a new process on the core of the servers, lets the same
 * load generator loose on it from the other core, and notes what it says.
 */
final class Referee implements AutoCloseable {
    private static final int HOLD_WARM = 200;
    private static final int HOLD_WARM_ROUNDS = 3;

    /**
     * A heap of one size that is all there from the start, so that only native memory grows; and no
     * compiler, whose memory comes and goes by megabytes.
     */
    private static final List<String> HOLD_JVM =
            List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch", "-Xint");

    private final Cores cores;
    private final NativeBuild builds;
    private final Workload.Timing timing;
    private LoadProcess load;

    Referee(Cores cores, NativeBuild builds, Workload.Timing timing) throws IOException {
        this.cores = cores;
        this.builds = builds;
        this.timing = timing;
        load = new LoadProcess(cores);
    }

    /** Each workload, each round, each row: so that what disturbs the machine meets them all. */
    List<Series> run(List<Row> rows, List<Workload> workloads, int rounds, Progress progress)
            throws IOException {
        List<Series> all = new ArrayList<>();
        for (Workload workload : workloads) {
            List<Series> series =
                    rows.stream()
                            .filter(row -> row.serves(workload))
                            .map(row -> new Series(row, workload))
                            .toList();
            all.addAll(series);
            settle(workload, series);
            for (int round = 1; round <= rounds; round++) {
                for (Series one : series) {
                    progress.step(workload, round, one.row());
                    if (one.reason().isEmpty()) {
                        measure(one);
                    }
                }
            }
        }
        progress.end();
        return all;
    }

    /**
     * Has the load meet a workload before it counts: its JVM compiles for each one anew, on the
     * core that it sends from.
     */
    private void settle(Workload workload, List<Series> series) throws IOException {
        boolean counts =
                workload.measure() == Workload.Measure.CPU_PER_MESSAGE
                        || workload.measure() == Workload.Measure.P99;
        if (!counts || series.isEmpty()) {
            return;
        }
        try {
            sample(series.getFirst().row(), workload);
        } catch (Unavailable | IllegalStateException | IOException e) {
            // Told when it is measured.
            restartDeadLoad();
        }
    }

    private void restartDeadLoad() throws IOException {
        if (!load.isAlive()) {
            load = new LoadProcess(cores);
        }
    }

    private void measure(Series series) throws IOException {
        try {
            series.add(sample(series.row(), series.workload()));
        } catch (Unavailable e) {
            series.skip(String.valueOf(e.getMessage()));
        } catch (IllegalStateException | IOException e) {
            series.fail(String.valueOf(e.getMessage()));
            restartDeadLoad();
        }
    }

    Sample sample(Row row, Workload workload) throws IOException {
        OpenFiles.require(workload);
        Optional<Path> executable = row.compiled().map(builds::program);
        boolean holds = workload.kind() == Request.Kind.HOLD;
        List<String> command =
                cores.pinServer(
                        row.command(workload.mode(), executable, holds ? HOLD_JVM : List.of()));
        if (workload.measure() == Workload.Measure.START) {
            return start(command);
        }
        try (ServerProcess server = ServerProcess.start(command)) {
            return holds ? hold(row, workload, server) : load(workload, server);
        }
    }

    private Sample load(Workload workload, ServerProcess server) throws IOException {
        try {
            Reply reply = load.ask(workload.request(server.port(), server.pid(), timing));
            return Sample.of(workload, reply);
        } catch (IllegalStateException e) {
            String words = server.reason();
            throw new IllegalStateException(e.getMessage() + "; the server says: " + words, e);
        }
    }

    private static Sample start(List<String> command) throws IOException {
        long before = System.nanoTime();
        try (ServerProcess server = ServerProcess.start(command)) {
            FirstEcho.verify(server.port());
            double millis = (System.nanoTime() - before) / 1e6;
            return Sample.of(millis, CpuTime.residentBytes(server.pid()));
        }
    }

    private Sample hold(Row row, Workload workload, ServerProcess server) throws IOException {
        Request few = workload.request(server.port(), server.pid(), timing).with(HOLD_WARM);
        for (int i = 0; i < HOLD_WARM_ROUNDS; i++) {
            askAndRelease(few);
        }
        long before = UserMemory.bytes(server.pid(), row.isJava());
        try {
            load.ask(few.with(workload.connections()));
            long after = UserMemory.bytes(server.pid(), row.isJava());
            return Sample.of(
                    (double) (after - before) / workload.connections(),
                    CpuTime.residentBytes(server.pid()));
        } finally {
            load.release();
        }
    }

    private void askAndRelease(Request request) throws IOException {
        try {
            load.ask(request);
        } finally {
            load.release();
        }
    }

    @Override
    public void close() {
        load.close();
    }
}
