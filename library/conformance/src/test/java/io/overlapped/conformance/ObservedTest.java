package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.InFlight;
import io.overlapped.InFlight.State;
import io.overlapped.Operation;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What a proactor says of its operations to whoever looks at it from outside. */
class ObservedTest {

    @Conformance
    void bytesAndOperationsAreCountedByKind(Bench b) {
        var pair = b.pair();
        long receivesBefore = count(b.server, "receives");
        b.write(pair.near(), "hello");
        assertEquals("hello", b.text(pair.far(), 5));
        assertEquals(5, count(b.client, "bytesSent"));
        assertEquals(5, count(b.server, "bytesReceived"));
        assertEquals(1, count(b.client, "sends"));
        assertTrue(count(b.server, "receives") > receivesBefore);
        assertEquals(1, count(b.server, "accepts"));
        assertEquals(1, count(b.client, "connects"));
        assertEquals(0, count(b.server, "failed"));
        assertTrue(count(b.server, "inFlightMost") >= 1);
    }

    @Conformance
    void aReceiveThatWaitsIsWithTheDriverUntilThereIsData(Bench b) {
        var pair = b.pair();
        Overlapped receive = pair.far().receive(new Overlapped());
        b.server.poll();
        InFlight shown = receiveOf(b.server, pair.far().number());
        assertEquals(State.DRIVER, shown.state());
        assertEquals(-1, shown.ageNanos());
        b.write(pair.near(), "x");
        b.ok(receive).buffer().close();
        assertEquals(List.of(), receivesOf(b.server));
    }

    @Conformance
    void withTimesAnOperationAges(Bench b) {
        Proactor timed = b.open(b.options().withTimed(true));
        var listener = timed.listen(Bench.ANY_PORT);
        long before = timed.nanoTime();
        Overlapped accept = listener.accept(new Overlapped());
        b.done(timed.timer(new Overlapped(), Duration.ofMillis(20)));
        InFlight shown =
                timed.inFlight().stream()
                        .filter(each -> each.operation() == Operation.ACCEPT)
                        .findFirst()
                        .orElseThrow();
        assertEquals(listener.number(), shown.socket());
        assertTrue(shown.ageNanos() >= 19_000_000, () -> InFlight.table(timed.inFlight()));
        assertTrue(shown.ageNanos() <= timed.nanoTime() - before);
        assertTrue(accept.isPending());
    }

    @Conformance
    void aRecordingHasACompletionWithItsSocketBytesAndAge(Bench b) throws IOException {
        Path file = Files.createTempFile("observed", ".jfr");
        int near;
        try (Recording recording = new Recording()) {
            recording.enable("io.overlapped.Complete");
            recording.start();
            b.server.poll();
            b.client.poll();
            var pair = b.pair();
            near = pair.near().number();
            b.write(pair.near(), "hello");
            assertEquals("hello", b.text(pair.far(), 5));
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> sends =
                RecordingFile.readAllEvents(file).stream()
                        .filter(event -> event.getEventType().getName().endsWith(".Complete"))
                        .filter(event -> event.getString("operation").equals("SEND"))
                        .toList();
        Files.delete(file);
        assertEquals(1, sends.size(), sends::toString);
        RecordedEvent send = sends.getFirst();
        assertEquals(near, send.getInt("socket"));
        assertEquals(5, send.getLong("bytes"));
        assertEquals("OK", send.getString("status"));
        assertTrue(send.getDuration("age").toNanos() >= 0, send::toString);
    }

    @Conformance
    void nothingIsInFlightWhenEverythingHasEnded(Bench b) {
        var pair = b.pair();
        Overlapped receive = pair.far().receive(new Overlapped());
        b.ok(pair.near().close(new Overlapped()));
        b.ok(receive);
        b.ok(pair.far().close(new Overlapped()));
        b.until(() -> b.server.inFlight().isEmpty() && b.client.inFlight().isEmpty());
    }

    private static InFlight receiveOf(Proactor proactor, int socket) {
        return receivesOf(proactor).stream()
                .filter(each -> each.socket() == socket)
                .findFirst()
                .orElseThrow(() -> new AssertionError(InFlight.table(proactor.inFlight())));
    }

    private static List<InFlight> receivesOf(Proactor proactor) {
        return proactor.inFlight().stream()
                .filter(each -> each.operation() == Operation.RECEIVE)
                .toList();
    }

    private static long count(Proactor proactor, String name) {
        return proactor.report().counters().get(name);
    }
}
