package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.spi.Errno;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValuesTest {

    @Test
    void everyStatusIsFoundByItsErrno() {
        for (Status status : Status.values()) {
            if (status != Status.OTHER) {
                assertEquals(status, Status.of(status.errno()));
            }
        }
    }

    @Test
    void numbersWithoutAStatusAreOther() {
        assertEquals(Status.OTHER, Status.of(Errno.EIO));
        assertEquals(Status.OTHER, Status.of(100_000));
        assertEquals(Status.OTHER, Status.of(-5));
    }

    @Test
    void everyLimitOfTheOptionsIsChecked() {
        Options options = Options.defaults();
        for (int bad : new int[] {0, -1, (1 << 20) + 1}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> options.withOperations(bad, Options.OverLimit.WAIT));
        }
        assertThrows(IllegalArgumentException.class, () -> options.withBuffers(0, 64, 1));
        assertThrows(IllegalArgumentException.class, () -> options.withBuffers(65_537, 64, 1));
        assertThrows(IllegalArgumentException.class, () -> options.withBuffers(8, 63, 1));
        assertThrows(IllegalArgumentException.class, () -> options.withBuffers(8, 64, 9));
        assertThrows(IllegalArgumentException.class, () -> options.withBuffers(8, 64, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> options.withShutdownTimeout(Duration.ofMillis(-1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> options.withSlowRoutine(Duration.ofMillis(-1)));
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> options.withBuffers(8, 64, 9))
                        .getMessage()
                        .contains("1 to 8"));
    }

    @Test
    void aWitherChangesOneThing() {
        Options options =
                Options.defaults()
                        .withDriver("nio")
                        .withChecked(true)
                        .withTimed(true)
                        .withSlowRoutine(Duration.ofMillis(5))
                        .withTuning(Map.of("uring.submissions", "8"));
        assertEquals("nio", options.driver());
        assertTrue(options.diagnosis().checked());
        assertTrue(options.diagnosis().timed());
        assertEquals(Duration.ofMillis(5), options.diagnosis().slowRoutine());
        assertEquals(options, options.withTimed(false).withTimed(true));
        assertEquals(Options.defaults().buffers().max(), options.buffers().max());
        assertEquals(Map.of("uring.submissions", "8"), options.tuning());
    }

    @Test
    void whatCostsIsOffByDefault() {
        assertFalse(Options.defaults().diagnosis().checked());
        assertFalse(Options.defaults().diagnosis().timed());
        assertEquals(Proactor.FOREVER, Options.defaults().diagnosis().slowRoutine());
    }

    @Test
    void anUnknownDriverIsNamedWithThoseThereAre() {
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Proactor.open(Options.defaults().withDriver("epoll")));
        assertTrue(refusal.getMessage().contains("'epoll'"));
        assertTrue(refusal.getMessage().contains("auto"));
    }
}
