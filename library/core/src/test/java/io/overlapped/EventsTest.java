package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a real recording of the flight recorder has seen. */
class EventsTest {
    private static final Options OPTIONS = Options.defaults().withBuffers(2, 64, 1);

    private final OverflowingDriver driver = new OverflowingDriver();
    private final Proactor proactor = Proactor.open(driver, OPTIONS);

    @AfterEach
    void end() {
        proactor.abandon();
    }

    @Test
    void aStartIsRecorded() throws InterruptedException {
        try (Recording recording = recording("Submit")) {
            proactor.timer(new Overlapped(), Duration.ofHours(1));
            RecordedEvent event = recording.next(e -> isOf(e, "TIMER"));
            assertEquals(-1, event.getInt("socket"));
            TcpStream stream = proactor.adopt(7);
            IoBuffer buffer = proactor.buffers().take().append("hello");
            stream.send(new Overlapped(), buffer);
            event = recording.next(e -> isOf(e, "SEND"));
            assertEquals(stream.number(), event.getInt("socket"));
            assertEquals(5, event.getLong("bytes"));
        }
    }

    @Test
    void aCompletionIsRecordedWithItsStatusAndAge() throws InterruptedException {
        try (Recording recording = recording("Complete")) {
            Overlapped timer = proactor.timer(new Overlapped(), Duration.ofMillis(20));
            assertTrue(timer.await(Duration.ofSeconds(60)));
            RecordedEvent event = recording.next(e -> isOf(e, "TIMER"));
            assertEquals("OK", event.getString("status"));
            Duration age = event.getDuration("age");
            assertTrue(age.toMillis() >= 20, age::toString);
            proactor.timer(timer, Duration.ofHours(1)).cancel();
            event = recording.next(e -> isOf(e, "TIMER"));
            assertEquals("CANCELED", event.getString("status"));
        }
    }

    @Test
    void aCancelIsRecordedWithWhereTheOperationWas() throws InterruptedException {
        try (Recording recording = recording("Cancel")) {
            TcpStream stream = proactor.adopt(7);
            stream.receive(new Overlapped());
            Overlapped second = stream.receive(new Overlapped());
            second.cancel();
            RecordedEvent event = recording.next(e -> isOf(e, "RECEIVE"));
            assertEquals("QUEUED", event.getString("state"));
            assertEquals(7, event.getInt("socket"));
        }
    }

    @Test
    void aRoutineOverTheThresholdIsRecordedAndAShortOneIsNot() throws InterruptedException {
        try (Recording recording = new Recording("SlowRoutine")) {
            recording.threshold("SlowRoutine", Duration.ofMillis(50));
            proactor.poll();
            int shortOnes = 500;
            for (int i = 0; i < shortOnes; i++) {
                proactor.post(new Overlapped(_ -> {}));
            }
            proactor.timer(new Overlapped(new Slow(Duration.ofMillis(60))), Duration.ZERO);
            proactor.poll();
            AtomicInteger kept = new AtomicInteger();
            RecordedEvent event =
                    recording.next(e -> isOf(e, "TIMER") || kept.incrementAndGet() < 0);
            // One whose thread had to wait for a processor took long, too: a few at the most.
            assertTrue(kept.get() < shortOnes / 10, () -> kept + " short ones were recorded");
            assertEquals("TIMER", event.getString("operation"));
            assertEquals(Slow.class.getName(), event.getClass("routine").getName());
            assertTrue(event.getDuration().toMillis() >= 60);
        }
    }

    @Test
    void buffersThatRunOutAreRecordedOnceUntilTheyAreBack() throws InterruptedException {
        try (Recording recording = new Recording("BufferStarvation")) {
            IoBuffer one = proactor.buffers().take();
            proactor.buffers().take();
            proactor.poll();
            proactor.poll();
            RecordedEvent event = recording.next(_ -> true);
            assertEquals(1, event.getInt("missing"));
            assertEquals(2, event.getInt("leased"));
            assertEquals(2, event.getInt("capacity"));
            one.close();
            proactor.poll();
            assertEquals(List.of(), recording.rest());
        }
    }

    @Test
    void anOverflowIsRecordedWithHowManyThereWere() throws InterruptedException {
        try (Recording recording = recording("Overflow")) {
            driver.overflows += 3;
            proactor.poll();
            RecordedEvent event = recording.next(_ -> true);
            assertEquals(3, event.getLong("count"));
            assertEquals(3, event.getLong("total"));
        }
    }

    @Test
    void aRecordingThatDoesNotAskGetsNoEventForEachOperation() throws InterruptedException {
        try (Recording recording = Recording.ofAll()) {
            proactor.poll();
            proactor.timer(new Overlapped(), Duration.ofHours(1)).cancel();
            proactor.timer(new Overlapped(new Slow(Duration.ofMillis(30))), Duration.ZERO);
            proactor.poll();
            RecordedEvent event = recording.next(_ -> true);
            assertEquals("io.overlapped.SlowRoutine", event.getEventType().getName());
            assertEquals(List.of(), recording.rest());
        }
    }

    @Test
    void withoutARecordingNothingIsWanted() {
        assertTrue(Events.arePresent());
        proactor.poll();
        assertFalse(Events.areWanted());
        Overlapped timer = proactor.timer(new Overlapped(), Duration.ofHours(1));
        assertEquals(0, timer.startedNanos);
    }

    /** One that the proactor knows of. */
    private Recording recording(String name) {
        Recording recording = new Recording(name);
        proactor.poll();
        return recording;
    }

    private static boolean isOf(RecordedEvent event, String operation) {
        return event.getString("operation").equals(operation);
    }

    /** A routine that keeps its thread busy. */
    private record Slow(Duration length) implements CompletionRoutine {
        @Override
        public void completed(Overlapped overlapped) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < length.toNanos()) {
                Thread.onSpinWait();
            }
        }
    }

    private static final class OverflowingDriver extends StuckDriver {
        private long overflows;

        @Override
        public long overflowCount() {
            return overflows;
        }
    }
}
