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
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int STREAMS = 200;

    @Test
    void everyCompletionArrivesThoughTheQueueHoldsEight() {
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
                    List<Overlapped> all = new ArrayList<>();
                    for (int i = 0; i < STREAMS; i++) {
                        all.add(far.get(i).receive(new Overlapped()));
                    }
                    // Armed, all of them, before the first byte is sent.
                    proactor.poll();
                    for (int i = 0; i < STREAMS; i++) {
                        all.add(near.get(i).send(new Overlapped(), one));
                    }
                    assertTrue(Overlapped.awaitAll(all, LONG), () -> counters(proactor));
                    for (Overlapped receive : all.subList(0, STREAMS)) {
                        assertEquals("x", receive.buffer().text());
                        receive.buffer().close();
                    }
                }
            }
            assertTrue(
                    proactor.report().counters().get("overflows") > 0,
                    () -> "the queue never overflowed: " + counters(proactor));
        }
    }

    private static String counters(Proactor proactor) {
        return proactor.report().counters().toString();
    }
}
