package io.overlapped.uring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors of {@code io_uring_enter} after which one goes on are never seen by a program. */
@Tag("long")
class InjectedErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "EINTR, 20+2",
        "EINTR, 20+7",
        "EAGAIN, 20+3",
        "EBUSY, 20+3",
        "ETIME, 20+5",
    })
    void everyMessageIsVerifiedThoughEntersFail(String error, String when) throws Exception {
        Programs.assumeRuns("strace", "-o", "/dev/null", "true");
        List<String> strace =
                List.of(
                        "strace",
                        "-f",
                        "-qq",
                        "-o",
                        "/dev/null",
                        "-e",
                        "trace=io_uring_enter",
                        "-e",
                        "inject=io_uring_enter:error=" + error + ":when=" + when);
        Programs.Result result = Programs.java(strace, OpenAndEcho.class, "uring", "500");
        assertTrue(result.output().contains("driver uring"), result.output());
        assertTrue(result.output().contains("verified 500"), result.output());
    }
}
