package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Operation;
import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Every operation that was started completes exactly once; a block holds one at a time. */
class CompletionTest {

    @Conformance
    void everyKindOfOperationCompletesExactlyOnce(Bench b) {
        List<Operation> completed = new ArrayList<>();
        TcpListener listener = b.listener();
        Overlapped accept = listener.accept(counting(completed));
        Overlapped connect = b.ok(b.client.connect(counting(completed), listener.address()));
        b.ok(accept);
        b.ok(connect.stream().send(counting(completed), b.filled(connect.stream(), "x")));
        Overlapped receive = b.ok(accept.stream().receive(counting(completed)));
        receive.buffer().close();
        b.ok(connect.stream().shutdownOutput(counting(completed)));
        b.ok(b.server.timer(counting(completed), Duration.ofMillis(1)));
        b.ok(b.server.post(counting(completed)));
        b.ok(b.server.buffers().take(counting(completed))).buffer().close();
        b.ok(accept.stream().close(counting(completed)));
        b.ok(b.server.timer(new Overlapped(), Duration.ofMillis(20)));
        completed.sort(null);
        List<Operation> everyOne = new ArrayList<>(List.of(Operation.values()));
        everyOne.remove(Operation.NONE);
        assertEquals(everyOne, completed);
    }

    private static Overlapped counting(List<Operation> completed) {
        return new Overlapped(o -> completed.add(o.operation()));
    }

    @Conformance
    void aFailedOperationCompletesExactlyOnce(Bench b) {
        var raw = b.raw();
        int[] count = new int[1];
        Overlapped receive = raw.stream().receive(new Overlapped(_ -> count[0]++));
        raw.reset();
        b.ended(receive, Status.RESET);
        b.ok(b.server.timer(new Overlapped(), Duration.ofMillis(20)));
        assertEquals(1, count[0]);
    }

    @Conformance
    void aCancelledOperationCompletesExactlyOnce(Bench b) {
        var pair = b.pair();
        int[] count = new int[1];
        Overlapped receive = pair.far().receive(new Overlapped(_ -> count[0]++));
        receive.cancel();
        receive.cancel();
        b.ended(receive, Status.CANCELED);
        receive.cancel();
        b.ok(b.server.timer(new Overlapped(), Duration.ofMillis(20)));
        assertEquals(1, count[0]);
    }

    @Conformance
    void startingAPendingBlockThrowsAndNamesWhereItWasStarted(Bench b) {
        var pair = b.pair();
        Overlapped receive = pair.far().receive(new Overlapped());
        IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> pair.far().receive(receive));
        assertTrue(refusal.getMessage().contains("RECEIVE"), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("pending"), refusal::getMessage);
        StackTraceElement[] where = refusal.getCause().getStackTrace();
        assertTrue(
                List.of(where).stream()
                        .anyMatch(f -> f.getClassName().equals(CompletionTest.class.getName())));
        b.write(pair.near(), "x");
        b.ok(receive);
        receive.buffer().close();
    }

    @Conformance
    void aBlockThatWasRefusedIsStillPendingAsBefore(Bench b) {
        var pair = b.pair();
        Overlapped receive = pair.far().receive(new Overlapped());
        assertThrows(IllegalStateException.class, () -> b.server.post(receive));
        assertTrue(receive.isPending());
        assertEquals(Operation.RECEIVE, receive.operation());
        b.write(pair.near(), "x");
        b.ok(receive);
        receive.buffer().close();
    }

    @Conformance
    void aBlockMayBeUsedAgainForAnyOperation(Bench b) {
        TcpListener listener = b.listener();
        Overlapped accept = listener.accept(new Overlapped());
        Overlapped all = new Overlapped();
        b.ok(b.client.connect(all, listener.address()));
        b.ok(accept);
        var stream = all.stream();
        b.ok(stream.send(all, b.filled(stream, "x")));
        assertEquals(1, all.bytes());
        b.ok(b.client.timer(all, Duration.ZERO));
        assertEquals(0, all.bytes());
        assertFalse(all.hasBuffer());
        b.ok(b.client.post(all));
        assertEquals(Operation.POST, all.operation());
        b.read(accept.stream(), 1);
    }

    @Conformance
    void aRoutineMayStartItsBlockAgain(Bench b) {
        int[] count = new int[1];
        Overlapped again =
                new Overlapped(
                        o -> {
                            if (++count[0] < 1000) {
                                b.server.post(o);
                            }
                        });
        b.server.post(again);
        b.until(() -> count[0] == 1000);
    }

    @Conformance
    void resultsAreSetBeforeTheRoutineRuns(Bench b) {
        var pair = b.pair();
        List<String> seen = new ArrayList<>();
        pair.far()
                .receive(
                        new Overlapped(
                                o -> {
                                    seen.add(o.isPending() + " " + o.status() + " " + o.bytes());
                                    o.buffer().close();
                                }));
        b.write(pair.near(), "abc");
        b.until(() -> !seen.isEmpty());
        assertEquals(List.of("false OK 3"), seen);
    }

    @Conformance
    void awaitReturnsTheBytesAndThrowsOnFailure(Bench b) {
        var pair = b.pair();
        assertEquals(4, pair.near().send(new Overlapped(), b.filled(pair.near(), "four")).await());
        b.read(pair.far(), 4);
        Overlapped receive = pair.far().receive(new Overlapped());
        receive.cancel();
        OverlappedException failure = assertThrows(OverlappedException.class, receive::await);
        assertEquals(Status.CANCELED, failure.status());
    }

    @Conformance
    void whatAnOperationHasNotIsSaidByName(Bench b) {
        Overlapped post = b.ok(b.server.post(new Overlapped()));
        assertThrows(IllegalStateException.class, post::stream);
        assertThrows(IllegalStateException.class, post::buffer);
        assertThrows(IllegalStateException.class, post::listener);
        assertThrows(IllegalStateException.class, () -> new Overlapped().await());
    }

    @Conformance
    void theAttachmentStaysWithTheBlock(Bench b) {
        Object mine = new Object();
        Overlapped post = new Overlapped(_ -> {}, mine);
        b.ok(b.server.post(post));
        assertEquals(mine, post.attachment());
    }
}
