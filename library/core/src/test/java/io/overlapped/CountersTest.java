package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a proactor counts by itself; what driver and sockets add is in the conformance suite. */
class CountersTest {
    private final ClockedDriver driver = new ClockedDriver();
    private Proactor proactor = Proactor.open(driver, Options.defaults());

    @AfterEach
    void end() {
        proactor.abandon();
    }

    @Test
    void everyCounterBeginsAtZero() {
        proactor.report().counters().forEach((name, count) -> assertEquals(0, count, () -> name));
    }

    @Test
    void startsCompletionsAndTheirEndsAreCounted() {
        Overlapped timer = proactor.timer(new Overlapped(), Duration.ofHours(1));
        timer.cancel();
        timer.cancel();
        proactor.post(new Overlapped());
        proactor.post(new Overlapped());
        proactor.poll();
        assertEquals(3, count("started"));
        assertEquals(3, count("delivered"));
        assertEquals(3, count("deliveredMost"));
        assertEquals(2, count("posts"));
        assertEquals(1, count("timers"));
        assertEquals(1, count("canceled"));
        assertEquals(1, count("cancelRequests"));
        assertEquals(0, count("failed"));
        assertEquals(1, count("passes"));
    }

    @Test
    void refusalsAndTheMostInFlightAreCounted() {
        reopen(Options.defaults().withOperations(1, Options.OverLimit.REFUSE));
        proactor.adopt(7).receive(new Overlapped());
        proactor.adopt(8).receive(new Overlapped());
        proactor.poll();
        assertEquals(1, count("refused"));
        assertEquals(1, count("inFlightMost"));
    }

    @Test
    void aRoutineOverTheLimitOfTheOptionsIsCounted() {
        reopen(Options.defaults().withSlowRoutine(Duration.ofMillis(20)));
        proactor.post(new Overlapped(_ -> {}));
        proactor.post(new Overlapped(_ -> driver.nanos += 25_000_000));
        proactor.poll();
        assertEquals(1, count("routinesSlow"));
        assertEquals(25_000_000, count("routineNanosMost"));
    }

    @Test
    void aRoutineThatThrowsIsCountedToo() {
        reopen(Options.defaults().withSlowRoutine(Duration.ZERO));
        proactor.post(
                new Overlapped(
                        _ -> {
                            throw new IllegalArgumentException("on purpose");
                        }));
        try {
            proactor.poll();
        } catch (IllegalArgumentException e) {
            assertEquals("on purpose", e.getMessage());
        }
        assertEquals(1, count("routinesSlow"));
    }

    private void reopen(Options options) {
        proactor.abandon();
        proactor = Proactor.open(driver, options);
    }

    private long count(String name) {
        Long count = proactor.report().counters().get(name);
        assertTrue(count != null, name);
        return count;
    }

    /** Its time passes only where a test says so. */
    private static final class ClockedDriver extends StuckDriver {
        private long nanos = 1;

        @Override
        public long nanoTime() {
            return nanos;
        }
    }
}
