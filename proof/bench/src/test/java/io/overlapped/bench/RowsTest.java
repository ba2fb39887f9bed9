package io.overlapped.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Short runs with every server; the load generator verifies every byte. */
@Tag("long")
class RowsTest {
    private static final Workload.Timing SHORT = new Workload.Timing(500, 100, 30);

    private static final int TRIES_MAX = 10;

    /** Outlives a clean build: what is compiled from the same sources is compiled once. */
    private static final Path FOLDER = Path.of("..", "..", ".build", "native");

    private static Referee referee;

    @BeforeAll
    static void open() throws IOException {
        Path folder = Files.createDirectories(FOLDER).toAbsolutePath();
        referee = new Referee(Cores.of(), new NativeBuild(folder), SHORT);
    }

    @AfterAll
    static void close() {
        referee.close();
    }

    static List<Row> rows() {
        return Row.ALL;
    }

    static Stream<Arguments> modes() {
        return Stream.of("uring-routine", "netty-uring-ring", "c-uring")
                .flatMap(
                        row ->
                                Stream.of("stream-in", "stream-out", "fan-100-64")
                                        .map(workload -> Arguments.of(row, workload)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theServerOfEachRowEchoesEveryByte(Row row) throws IOException {
        run(row, "echo-64");
    }

    @ParameterizedTest
    @MethodSource("modes")
    void serversTakeStreamPublishAndAreVerified(String row, String workload) throws IOException {
        run(row(row), workload);
    }

    @ParameterizedTest
    @MethodSource("starters")
    void theFirstEchoOfANewProcessIsTimed(String row) throws IOException {
        Sample start = run(row(row), "start");
        assertTrue(start.value() > 0, "no time passes without");
        assertTrue(start.residentBytes() > 0, "a process has memory");
    }

    static List<String> starters() {
        return List.of("uring-routine", "c-epoll");
    }

    private static Row row(String id) {
        return Row.ALL.stream().filter(row -> row.id().equals(id)).findFirst().orElseThrow();
    }

    private static Sample run(Row row, String id) throws IOException {
        Workload workload =
                Workload.ALL.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
        try {
            Sample sample = referee.sample(row, workload);
            boolean counts = workload.measure() != Workload.Measure.START;
            // In so short a time a busy machine may not have come to it.
            for (int i = 0; counts && sample.perSecond() == 0 && i < TRIES_MAX; i++) {
                sample = referee.sample(row, workload);
            }
            assertTrue(!counts || sample.perSecond() > 0, "messages came back");
            return sample;
        } catch (Unavailable e) {
            Assumptions.abort(row.id() + ": " + e.getMessage());
            throw e;
        }
    }
}
