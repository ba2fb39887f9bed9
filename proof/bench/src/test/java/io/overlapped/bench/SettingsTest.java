package io.overlapped.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static String refusal(String... args) {
        return String.valueOf(
                assertThrows(Settings.WrongUsage.class, () -> Settings.of(args)).getMessage());
    }

    @Test
    void anUnknownRowIsRefusedWithAllThereAre() {
        String refusal = refusal("--only", "c-uring,nety-epoll");
        assertTrue(refusal.startsWith("there is no row 'nety-epoll'; there are: "), refusal);
        assertTrue(refusal.contains("netty-epoll"), refusal);
    }

    @Test
    void anUnknownWorkloadIsRefusedWithAllThereAre() {
        String refusal = refusal("--workloads=echo-65");
        assertTrue(refusal.startsWith("there is no workload 'echo-65'; there are: "), refusal);
    }

    @Test
    void aNumberOutOfBoundsIsRefusedWithTheBounds() {
        assertEquals(
                "--rounds is '0'; it must be a number from 1 to 1000", refusal("--rounds", "0"));
        assertEquals(
                "--seconds is 'x'; it must be a number from 0.1 to 600", refusal("--seconds", "x"));
        assertEquals("--html needs a value", refusal("--html"));
        assertEquals("unknown option '--fast'", refusal("--fast"));
    }

    @Test
    void wrongUsageIsOneLineAndItsExitCode() {
        var said = new ByteArrayOutputStream();
        var err = new PrintStream(said, true, StandardCharsets.UTF_8);
        assertEquals(2, Main.run(err, err, "--only", "nobody"));
        String line = said.toString(StandardCharsets.UTF_8).strip();
        assertEquals(1, line.lines().count());
        assertTrue(line.endsWith("; see './overlapped bench --help'"), line);
    }

    @Test
    void theQuickProfileIsLessOfEverythingAndCanBeNarrowed() {
        Settings quick = Settings.of("--quick");
        assertEquals(Row.QUICK, quick.rows().stream().map(Row::id).toList());
        assertEquals(1, quick.rounds());
        Settings narrow = Settings.of("--quick", "--only=nio2", "--rounds=3", "--seconds=0.1");
        assertEquals(List.of("nio2"), narrow.rows().stream().map(Row::id).toList());
        assertEquals(3, narrow.rounds());
        assertEquals(100, narrow.timing().millis());
    }

    @Test
    void aFullRunHasNeitherTheRowsNorThePointsOfOtherProfiles() {
        Settings full = Settings.of();
        List<String> rows = full.rows().stream().map(Row::id).toList();
        assertFalse(rows.contains("uring-routine-2"), "two proactors");
        assertTrue(rows.contains("uring-session"), "the session kit");
        List<String> workloads = full.workloads().stream().map(Workload::id).toList();
        assertFalse(workloads.contains("echo-4000"), "a point of growth");
        assertTrue(workloads.contains("echo-9000"), "a target");
    }

    @Test
    void growthHasOneSizeOverAllConnectionsAndOneNumberOverAllSizes() {
        List<Workload> points = Settings.of("--growth").workloads();
        assertEquals(
                List.of(1, 8, 64, 256, 1000, 4000, 9000),
                points.stream()
                        .filter(Workload::growsWithConnections)
                        .map(Workload::connections)
                        .toList());
        assertEquals(
                List.of(64, 1024, 4096, 16_384, 65_536),
                points.stream().filter(Workload::growsWithSize).map(Workload::bytes).toList());
        assertEquals(11, points.size());
    }

    @Test
    void twoProfilesExcludeEachOther() {
        assertEquals(
                "--quick, --growth, --proactors and --timeouts exclude each other",
                refusal("--quick", "--growth"));
    }

    /**
     * Its time is that of its measurements, half a second to start and to end each, and five for
     * what is compiled and written.
     */
    @Test
    void theQuickProfileTakesLessThanAMinute() {
        Settings quick = Settings.of("--quick");
        long count = (long) quick.rows().size() * quick.workloads().size() * quick.rounds();
        long each = quick.timing().warmMillis() + quick.timing().millis() + 500;
        assertTrue(count * each + 5_000 < 50_000, count + " measurements of " + each + " ms");
    }

    @Test
    void withoutTasksetOrWithOneCoreTheNoteSaysWhatHelps() {
        Cores unpinned = Cores.of(Optional.empty(), List.of(0, 1));
        assertTrue(unpinned.note().orElse("").contains("apt install util-linux"));
        assertEquals(List.of("x"), unpinned.pinServer(List.of("x")));
        Cores one = Cores.of(Optional.of(Path.of("/bin/taskset")), List.of(3));
        assertTrue(one.note().orElse("").contains("two cores"));
        assertEquals(List.of("/bin/taskset", "-c", "3", "x"), one.pinLoad(List.of("x")));
        assertEquals(List.of(0, 1, 2, 5), Cores.numbers("0-2,5"));
    }

    @Test
    void withoutACompilerTheRowSaysWhatToInstall(@TempDir Path folder) {
        var builds = new NativeBuild(folder, _ -> Optional.empty());
        var missing =
                assertThrows(Unavailable.class, () -> builds.program(NativeProgram.ASIO_EPOLL));
        assertEquals("no compiler: c++ is not on the PATH; apt install g++", missing.getMessage());
    }
}
