package io.overlapped.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.sim.SingleFault.Kind;
import io.overlapped.spi.Errno;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server and clients that answer for their buffers, once for each thing that can go wrong: all
 * are answered again, and at the end nothing is left, to the buffer.
 */
class SingleFaultWorldTest {
    private static final Duration TIME = Duration.ofMillis(8);
    private static final List<Integer> ERRORS =
            List.of(Errno.ECONNRESET, Errno.ENOMEM, Errno.EMFILE, Errno.ETIMEDOUT);

    // A routine that throws has not closed its buffer: that is its own affair.
    @ParameterizedTest
    @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "ROUTINE")
    void afterAnySingleFaultAllAreAnsweredAndNothingIsLeft(Kind kind) {
        long count = run(null).opportunities(kind.opportunity());
        assertTrue(count > 50, () -> count + " opportunities");
        for (int errno : kind == Kind.ERROR ? ERRORS : List.of(0)) {
            for (long index = 0; index < count; index++) {
                SingleFault fault = new SingleFault(kind, errno, index);
                assertTrue(run(fault).injected(), fault::toString);
            }
        }
    }

    private static World run(@Nullable SingleFault fault) {
        EchoWorld echo = new EchoWorld(5, Faults.none(), 2);
        try (World world = echo.world) {
            world.limitEvents(2_000_000);
            if (fault != null) {
                world.inject(fault);
            }
            world.run(TIME);
            long[] before = echo.clients.stream().mapToLong(c -> c.messages).toArray();
            assertTrue(
                    world.runUntil(
                            () ->
                                    echo.clients.get(0).messages > before[0]
                                            && echo.clients.get(1).messages > before[1],
                            Duration.ofSeconds(30)),
                    () -> fault + ": somebody is never answered again");
            return world;
        }
    }
}
