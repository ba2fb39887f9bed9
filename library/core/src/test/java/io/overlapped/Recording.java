package io.overlapped;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;

/** A real recording that is under way, of some of our events. */
final class Recording implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 60;

    private final RecordingStream stream = new RecordingStream();
    private final BlockingQueue<RecordedEvent> seen = new LinkedBlockingQueue<>();

    Recording(String... names) {
        stream.setReuse(false);
        for (String name : names) {
            stream.enable("io.overlapped." + name).withoutStackTrace();
            stream.onEvent("io.overlapped." + name, seen::add);
        }
        stream.startAsync();
    }

    /** Without names: what comes unasked. */
    static Recording ofAll() {
        Recording all = new Recording();
        all.stream.onEvent(
                event -> {
                    if (event.getEventType().getName().startsWith("io.overlapped.")) {
                        all.seen.add(event);
                    }
                });
        return all;
    }

    void threshold(String name, Duration threshold) {
        stream.enable("io.overlapped." + name).withThreshold(threshold);
    }

    /** The first that has not been asked for and is wanted. */
    RecordedEvent next(Predicate<RecordedEvent> wanted) throws InterruptedException {
        List<String> others = new ArrayList<>();
        while (true) {
            RecordedEvent event = seen.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            assertTrue(event != null, () -> "not recorded; there were " + others);
            if (wanted.test(event)) {
                return event;
            }
            others.add(event.toString());
        }
    }

    /** What has been recorded up to now. */
    List<RecordedEvent> rest() {
        stream.stop();
        List<RecordedEvent> rest = new ArrayList<>();
        seen.drainTo(rest);
        return rest;
    }

    @Override
    public void close() {
        stream.close();
    }
}
