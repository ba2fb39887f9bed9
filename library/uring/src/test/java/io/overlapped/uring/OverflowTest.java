package io.overlapped.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.IoBuffer;
import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** More completions than the queue holds: none is lost, none stays behind. */
class OverflowTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int STREAMS = 200;

    @Test
    void everyCompletionArrivesThoughTheQueueHoldsEight() {
        overflow((proactor, all) -> assertTrue(Overlapped.awaitAll(all, LONG), counters(proactor)));
    }

    @Test
    void aProgramThatOnlyPollsGetsWhatOverflowedToo() {
        overflow(
                (proactor, all) -> {
                    long start = System.nanoTime();
                    while (all.stream().anyMatch(Overlapped::isPending)) {
                        proactor.poll();
                        boolean inTime = System.nanoTime() - start < LONG.toNanos();
                        assertTrue(inTime, counters(proactor));
                    }
                });
    }

    /** Waits for all operations in a way of its own. */
    private interface Wait {
        void forAll(Proactor proactor, List<Overlapped> operations);
    }

    private static void overflow(Wait wait) {
        Options tiny =
                Options.defaults()
                        .withDriver("uring")
                        .withTuning(Map.of("uring.submissions", "8", "uring.completions", "8"));
        try (Proactor proactor = Proactor.open(tiny)) {
            TcpListener listener = proactor.listen(new InetSocketAddress("127.0.0.1", 0));
            List<TcpStream> near = new ArrayList<>();
            List<TcpStream> far = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                Overlapped accept = listener.accept(new Overlapped());
                Overlapped connect = proactor.connect(new Overlapped(), listener.address());
                assertTrue(Overlapped.awaitAll(List.of(accept, connect), LONG));
                near.add(connect.stream());
                far.add(accept.stream());
            }
            try (IoBuffer one = proactor.buffers().take().append("x")) {
                for (int round = 0; round < 5; round++) {
                    round(proactor, near, far, one, wait);
                }
            }
            assertTrue(
                    proactor.report().counters().get("overflows") > 0,
                    () -> "the queue never overflowed: " + counters(proactor));
        }
    }

    private static void round(
            Proactor proactor, List<TcpStream> near, List<TcpStream> far, IoBuffer one, Wait wait) {
        List<Overlapped> all = new ArrayList<>();
        for (TcpStream stream : far) {
            all.add(stream.receive(new Overlapped()));
        }
        // Armed, all of them, before the first byte is sent.
        proactor.poll();
        for (TcpStream stream : near) {
            all.add(stream.send(new Overlapped(), one));
        }
        wait.forAll(proactor, all);
        for (Overlapped receive : all.subList(0, STREAMS)) {
            assertEquals("x", receive.buffer().text());
            receive.buffer().close();
        }
    }

    private static String counters(Proactor proactor) {
        return proactor.report().counters().toString();
    }
}
