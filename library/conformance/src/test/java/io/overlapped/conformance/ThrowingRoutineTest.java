package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Options;
import io.overlapped.Options.RoutineFailure;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What becomes of a routine that throws, by what the options say. */
class ThrowingRoutineTest {
    private static Proactor open(Bench b, RoutineFailure policy) {
        return b.open(b.options().withRoutineFailure(policy));
    }

    private static void bug() {
        throw new IllegalArgumentException("on purpose");
    }

    private static void closeAndThrow(Overlapped o) {
        o.buffer().close();
        bug();
    }

    @Conformance
    void byDefaultItCostsItsStreamAndNothingElse(Bench b) {
        assertEquals(RoutineFailure.CLOSE_STREAM, Options.defaults().routineFailure());
        List<String> logged = b.expectLog();
        Proactor proactor = open(b, RoutineFailure.CLOSE_STREAM);
        var bad = pair(b, proactor);
        var good = pair(b, proactor);
        Overlapped receive = new Overlapped();
        bad.far().receive(new Overlapped(ThrowingRoutineTest::closeAndThrow));
        good.far().receive(receive);
        b.write(bad.near(), "to the one that throws");
        b.readEndOrReset(bad.near());
        b.write(good.near(), "ok");
        b.ok(receive).buffer().close();
        assertTrue(bad.far().isClosed());
        b.until(() -> !logged.isEmpty());
        assertTrue(logged.getFirst().contains("routine threw"), logged::toString);
    }

    @Conformance
    void aListenerIsNotDeafAfterItsAcceptsRoutineThrew(Bench b) {
        b.ignoreLog();
        Proactor proactor = open(b, RoutineFailure.CLOSE_STREAM);
        TcpListener listener = proactor.listen(Bench.ANY_PORT);
        List<Status> accepted = new ArrayList<>();
        listener.accept(
                new Overlapped(
                        o -> {
                            accepted.add(o.status());
                            if (o.status() == Status.OK) {
                                bug();
                            }
                        }));
        for (int i = 0; i < 3; i++) {
            Overlapped connect = b.ok(b.client.connect(new Overlapped(), listener.address()));
            b.readEndOrReset(connect.stream());
            connect.stream().close();
        }
        assertEquals(List.of(Status.OK, Status.OK, Status.OK), accepted);
    }

    @Conformance
    void anOverflownStackIsSurvived(Bench b) {
        b.ignoreLog();
        Proactor proactor = open(b, RoutineFailure.CLOSE_STREAM);
        b.ok(proactor.post(new Overlapped(_ -> recurse(0))));
        b.ok(proactor.post(new Overlapped()));
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack overflows
    private static int recurse(int depth) {
        return recurse(depth + 1) + 1;
    }

    @Conformance
    void whatARoutineThrowsLeavesThroughTheWaitWhereTheOptionsSaySo(Bench b) {
        Proactor proactor = open(b, RoutineFailure.RETHROW);
        List<String> ran = new ArrayList<>();
        proactor.post(new Overlapped(_ -> ran.add("before")));
        Overlapped thrower = proactor.post(new Overlapped(_ -> bug()));
        proactor.post(new Overlapped(_ -> ran.add("after")));
        assertThrows(IllegalArgumentException.class, proactor::poll);
        assertEquals(thrower, proactor.thrower());
        assertEquals(List.of("before"), ran);
        proactor.poll();
        assertEquals(List.of("before", "after"), ran);
    }

    @Conformance
    void anErrorThatTheJvmMayNotSurviveAlwaysLeavesThroughTheWait(Bench b) {
        Proactor proactor = open(b, RoutineFailure.CLOSE_STREAM);
        proactor.post(
                new Overlapped(
                        _ -> {
                            throw new InternalError("on purpose");
                        }));
        assertThrows(InternalError.class, proactor::poll);
    }

    @Conformance
    void aRoutineThatThrowsDoesNotKeepTheProactorFromClosing(Bench b) {
        Proactor proactor = b.openAlone(b.options().withRoutineFailure(RoutineFailure.RETHROW));
        List<Status> seen = new ArrayList<>();
        proactor.timer(new Overlapped(_ -> bug()), Duration.ofHours(1));
        proactor.timer(new Overlapped(o -> seen.add(o.status())), Duration.ofHours(2));
        assertThrows(IllegalArgumentException.class, proactor::close);
        assertEquals(List.of(Status.CANCELED), seen);
        assertThrows(IllegalStateException.class, proactor::poll);
    }

    private static Bench.Pair pair(Bench b, Proactor proactor) {
        TcpListener listener = proactor.listen(Bench.ANY_PORT);
        Overlapped accept = listener.accept(new Overlapped());
        TcpStream near = b.ok(b.client.connect(new Overlapped(), listener.address())).stream();
        TcpStream far = b.ok(accept).stream();
        listener.close();
        return new Bench.Pair(near, far);
    }
}
