package io.overlapped.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.spi.Errno;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people are told where io_uring is refused, and that they can go on with nio. */
@Tag("long")
class RefusalTest {
    private static final List<String> STRACE =
            List.of("strace", "-f", "-qq", "-e", "trace=io_uring_setup", "-o", "/dev/null", "-e");

    @ParameterizedTest
    @CsvSource({
        "ENOSYS, the kernel has no io_uring",
        "EPERM, something outside this process blocks it",
        "ENOMEM, ulimit -l",
        "EINVAL, Linux 6.1 or newer",
        "EMFILE, ulimit -n"
    })
    void theDriverNamedByTheUserFailsWithTheReasonAndTheRemedy(String error, String expected)
            throws Exception {
        assumeTraced();
        Programs.Result result = Programs.java(injecting(error), OpenAndEcho.class, "uring", "10");
        assertTrue(result.output().contains("refused UNSUPPORTED"), result.output());
        assertTrue(result.output().contains("answered " + error), result.output());
        assertTrue(result.output().contains(expected), result.output());
        assertTrue(result.output().contains("remedy: "), result.output());
        assertFalse(result.output().contains("verified"), result.output());
    }

    @ParameterizedTest
    @CsvSource({"ENOSYS", "EPERM", "ENOMEM", "EINVAL", "EMFILE"})
    void autoFallsBackToNioWithOneLogLine(String error) throws Exception {
        assumeTraced();
        Programs.Result result = Programs.java(injecting(error), OpenAndEcho.class, "auto", "10");
        assertTrue(result.output().contains("driver nio"), result.output());
        assertTrue(result.output().contains("verified 10"), result.output());
        long lines =
                result.output().lines().filter(line -> line.contains("using driver nio")).count();
        assertEquals(1, lines, result.output());
    }

    @ParameterizedTest
    @CsvSource({"1, a seccomp filter blocks it", "38, a sandbox hides it"})
    void aSeccompFilterIsNamedAsSuch(int errno, String expected, @TempDir Path folder)
            throws Exception {
        List<String> refuse = refusing(folder, errno);
        Programs.Result named = Programs.java(refuse, OpenAndEcho.class, "uring", "10");
        assertTrue(named.output().contains("refused UNSUPPORTED"), named.output());
        assertTrue(named.output().contains(expected), named.output());
        assertTrue(
                named.output().contains("a seccomp filter is active")
                        || named.output().contains("seccomp profile"),
                named.output());
        Programs.Result auto = Programs.java(refuse, OpenAndEcho.class, "auto", "10");
        assertTrue(auto.output().contains("driver nio"), auto.output());
        assertTrue(auto.output().contains("verified 10"), auto.output());
    }

    @Test
    void everyCauseHasATextOfItsOwn() {
        Set<String> reasons = new HashSet<>();
        Set<String> remedies = new HashSet<>();
        int[] causes = {
            Errno.ENOSYS, Errno.EPERM, Errno.ENOMEM, Errno.EINVAL, Errno.EMFILE, Errno.EIO
        };
        for (int errno : causes) {
            Refusal refusal = Refusal.of("io_uring_setup", errno);
            reasons.add(refusal.reason());
            remedies.add(refusal.remedy());
            assertEquals(errno, refusal.errno());
        }
        assertEquals(causes.length, reasons.size());
        assertEquals(causes.length, remedies.size());
    }

    @Test
    void theAdministratorsSwitchIsToldFromAFilter() {
        Refusal everybody = Refusal.permission("setup answered ", Errno.EPERM, "2");
        Refusal unprivileged = Refusal.permission("setup answered ", Errno.EPERM, "1");
        Refusal neither = Refusal.permission("setup answered ", Errno.EPERM, "0");
        assertTrue(everybody.reason().contains("kernel.io_uring_disabled is 2"));
        assertTrue(everybody.remedy().contains("sysctl kernel.io_uring_disabled=0"));
        assertTrue(unprivileged.remedy().contains("kernel.io_uring_group"));
        assertFalse(everybody.remedy().contains("kernel.io_uring_group"));
        assertTrue(neither.remedy().contains("seccomp"));
    }

    private static List<String> injecting(String error) {
        List<String> command = new java.util.ArrayList<>(STRACE);
        command.add("inject=io_uring_setup:error=" + error);
        return command;
    }

    private static void assumeTraced() throws InterruptedException {
        Programs.assumeRuns("strace", "-o", "/dev/null", "true");
    }

    private static List<String> refusing(Path folder, int errno) throws Exception {
        Programs.assumeRuns("gcc", "--version");
        String binary = folder.resolve("refuse").toString();
        Programs.Result compiled = Programs.run("gcc", "-o", binary, "src/test/c/refuse.c");
        assertEquals(0, compiled.status(), compiled.output());
        return List.of(binary, Integer.toString(errno));
    }
}
