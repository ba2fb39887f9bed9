package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.DriverReport;
import io.overlapped.IoBuffer;
import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A completion queue of the kernel that really overflows, seen by a real recording. */
class RecordedOverflowTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int STREAMS = 100;
    private static final Options TINY =
            Options.defaults()
                    .withDriver("uring")
                    .withTuning(Map.of("uring.submissions", "8", "uring.completions", "8"));

    @Test
    void anOverflowOfTheKernelsQueueIsRecorded() throws IOException {
        Assumptions.assumeTrue(
                Proactor.drivers().stream()
                        .filter(driver -> driver.driver().equals("uring"))
                        .anyMatch(DriverReport::available),
                "io_uring cannot run here");
        Path file = Files.createTempFile("overflow", ".jfr");
        long overflows;
        try (Recording recording = new Recording();
                Proactor proactor = Proactor.open(TINY)) {
            recording.enable("io.overlapped.Overflow");
            recording.start();
            sendOnAll(proactor);
            proactor.poll();
            overflows = proactor.report().counters().get("overflows");
            recording.stop();
            recording.dump(file);
        }
        long recorded =
                RecordingFile.readAllEvents(file).stream()
                        .filter(event -> event.getEventType().getName().endsWith(".Overflow"))
                        .mapToLong(RecordedOverflowTest::count)
                        .sum();
        Files.delete(file);
        assertTrue(overflows > 0, "the queue never overflowed");
        assertTrue(recorded > 0, () -> overflows + " overflows, and none recorded");
    }

    private static long count(RecordedEvent event) {
        return event.getLong("count");
    }

    private static void sendOnAll(Proactor proactor) {
        TcpListener listener = proactor.listen(Bench.ANY_PORT);
        List<TcpStream> near = new ArrayList<>();
        List<Overlapped> all = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            Overlapped accept = listener.accept(new Overlapped());
            Overlapped connect = proactor.connect(new Overlapped(), listener.address());
            assertTrue(Overlapped.awaitAll(List.of(accept, connect), LONG));
            near.add(connect.stream());
            all.add(accept.stream().receive(new Overlapped()));
        }
        // Armed, all of them, before the first byte is sent.
        proactor.poll();
        try (IoBuffer one = proactor.buffers().take().append("x")) {
            for (TcpStream stream : near) {
                all.add(stream.send(new Overlapped(), one));
            }
            assertTrue(Overlapped.awaitAll(all, LONG));
        }
        all.subList(0, STREAMS).forEach(receive -> receive.buffer().close());
    }
}
