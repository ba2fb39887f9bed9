package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.DriverReport;
import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A proactor's life, its end, and what it says of itself. */
class ProactorTest {

    @Conformance
    void closingCompletesEverythingThatIsPending(Bench b) {
        Proactor proactor = b.openAlone();
        TcpListener listener = proactor.listen(Bench.ANY_PORT);
        Overlapped accept = listener.accept(new Overlapped());
        Overlapped connect = b.ok(b.client.connect(new Overlapped(), listener.address()));
        accept.await();
        List<String> ended = new ArrayList<>();
        IoBuffer buffer = proactor.buffers().take();
        accept.stream().receive(noting(ended));
        accept.stream().receive(noting(ended), buffer);
        listener.accept(noting(ended));
        proactor.timer(noting(ended), Duration.ofHours(1));
        proactor.poll();
        proactor.close();
        ended.sort(null);
        assertEquals(
                List.of(
                        "ACCEPT CANCELED",
                        "RECEIVE CANCELED",
                        "RECEIVE CANCELED",
                        "TIMER CANCELED"),
                ended);
        assertFalse(buffer.isLent());
        buffer.close();
        b.readEnd(connect.stream());
    }

    private static Overlapped noting(List<String> ended) {
        return new Overlapped(o -> ended.add(o.operation() + " " + o.status()));
    }

    @Conformance
    void closingTwiceIsClosingOnce(Bench b) {
        Proactor proactor = b.openAlone();
        proactor.close();
        proactor.close();
    }

    @Conformance
    void theMemoryOfItsBuffersIsFreedWithAProactor(Bench b) {
        Proactor proactor = b.openAlone();
        MemorySegment memory;
        try (IoBuffer buffer = proactor.buffers().take()) {
            memory = buffer.append("x").bytes();
        }
        assertTrue(memory.scope().isAlive());
        proactor.close();
        assertFalse(memory.scope().isAlive());
    }

    @Conformance
    void aClosedProactorCanNeitherBeDrivenNorListen(Bench b) {
        Proactor proactor = b.openAlone();
        proactor.close();
        assertThrows(IllegalStateException.class, proactor::poll);
        OverlappedException refusal =
                assertThrows(OverlappedException.class, () -> proactor.listen(Bench.ANY_PORT));
        assertEquals(Status.CLOSED, refusal.status());
    }

    @Conformance
    void aRoutineThatStartsAgainWhileTheProactorClosesIsToldClosed(Bench b) {
        Proactor proactor = b.openAlone();
        List<Status> seen = new ArrayList<>();
        proactor.timer(
                new Overlapped(
                        o -> {
                            seen.add(o.status());
                            if (seen.size() < 3) {
                                proactor.timer(o, Duration.ZERO);
                            }
                        }),
                Duration.ofHours(1));
        proactor.close();
        assertEquals(List.of(Status.CANCELED, Status.CLOSED, Status.CLOSED), seen);
    }

    @Conformance
    void oneThatWasStoppedIsDrainedWithoutHaste(Bench b) {
        Proactor proactor = b.openAlone();
        TcpListener listener = proactor.listen(Bench.ANY_PORT);
        proactor.stop();
        proactor.run();
        assertTrue(proactor.drain(Duration.ofMinutes(1)));
        assertTrue(listener.isClosed());
        assertTrue(proactor.isClosed());
    }

    @Conformance
    void aStopEndsADrainEarly(Bench b) {
        Proactor proactor = b.openAlone();
        TcpListener listener = proactor.listen(Bench.ANY_PORT);
        Overlapped accept = listener.accept(new Overlapped());
        Peer peer = b.connectPeer(listener.address());
        while (accept.isPending()) {
            proactor.alertableWait(Duration.ofMillis(1));
        }
        Overlapped receive = accept.stream().receive(new Overlapped());
        proactor.timer(new Overlapped(_ -> proactor.stop()), Duration.ofMillis(10));
        assertFalse(proactor.drain(Duration.ofDays(1)));
        assertEquals(Status.CANCELED, receive.status());
        peer.close();
    }

    @Conformance
    void stopEndsRunNowAndFromThenOn(Bench b) {
        Proactor proactor = b.open(b.options());
        int[] count = new int[1];
        proactor.timer(
                new Overlapped(
                        _ -> {
                            count[0]++;
                            proactor.stop();
                        }),
                Duration.ofMillis(1));
        proactor.run();
        assertEquals(1, count[0]);
        proactor.run();
        assertEquals(0, proactor.alertableWait(Duration.ofHours(1)));
    }

    @Conformance
    void severalProactorsMayBelongToOneThread(Bench b) {
        List<Overlapped> timers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Proactor proactor = b.open(b.options());
            timers.add(proactor.timer(new Overlapped(), Duration.ofMillis(i)));
        }
        timers.forEach(b::ok);
    }

    @Conformance
    void theReportNamesTheDriverAndWhyItWasChosen(Bench b) {
        DriverReport report = b.server.report();
        assertEquals(b.options().driver(), report.driver());
        assertTrue(report.available());
        assertEquals(
                b.isSimulated() ? "given by the caller" : "asked for by name", report.reason());
        assertFalse(report.facts().isEmpty());
        assertFalse(report.features().isEmpty());
    }

    @Conformance
    void theReportCountsWhatWasDelivered(Bench b) {
        long before = b.server.report().counters().get("delivered");
        for (int i = 0; i < 10; i++) {
            b.ok(b.server.post(new Overlapped()));
        }
        assertEquals(before + 10, b.server.report().counters().get("delivered"));
        assertEquals(0L, b.server.report().counters().get("staleCompletions"));
    }

    @Conformance
    void openingAndClosingManyLeavesNothing(Bench b) {
        for (int i = 0; i < 20; i++) {
            Proactor proactor = b.openAlone();
            TcpListener listener = proactor.listen(Bench.ANY_PORT);
            listener.accept(new Overlapped());
            proactor.poll();
            proactor.close();
        }
    }
}
