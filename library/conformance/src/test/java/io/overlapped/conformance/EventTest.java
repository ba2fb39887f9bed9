package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Overlapped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A block made with nothing is an event: asked, awaited, or awaited with any number of others. */
class EventTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Conformance
    void anEventIsAskedWithIsPending(Bench b) {
        Overlapped post = b.server.post(new Overlapped());
        assertTrue(post.isPending());
        b.server.poll();
        assertFalse(post.isPending());
    }

    @Conformance
    void awaitOnTheOwnThreadDrivesTheProactor(Bench b) {
        List<String> ran = new ArrayList<>();
        b.server.post(new Overlapped(_ -> ran.add("routine")));
        b.server.timer(new Overlapped(), Duration.ofMillis(5)).await();
        assertEquals(List.of("routine"), ran);
    }

    @Conformance
    void awaitWithATimeoutSaysWhetherItCompleted(Bench b) {
        Overlapped never = b.server.timer(new Overlapped(), Duration.ofHours(1));
        assertFalse(never.await(Duration.ofMillis(1)));
        assertTrue(never.isPending());
        never.cancel();
        assertTrue(never.await(LONG));
        Overlapped soon = b.server.timer(new Overlapped(), Duration.ofMillis(20));
        assertTrue(soon.await(LONG));
    }

    @Conformance
    void awaitOfACompletedOperationReturnsAtOnce(Bench b) {
        Overlapped post = b.ok(b.server.post(new Overlapped()));
        assertEquals(0, post.await());
        assertTrue(post.await(Duration.ZERO));
    }

    @Conformance
    void awaitAnyReturnsTheFirstInTheListThatIsDone(Bench b) {
        Overlapped slow = b.server.timer(new Overlapped(), Duration.ofHours(1));
        Overlapped quick = b.server.timer(new Overlapped(), Duration.ofMillis(2));
        assertSame(quick, Overlapped.awaitAny(List.of(slow, quick), LONG));
        slow.cancel();
        b.done(slow);
        assertSame(slow, Overlapped.awaitAny(List.of(slow, quick), LONG));
    }

    @Conformance
    void awaitAnyGivesUpAfterItsTimeout(Bench b) {
        Overlapped slow = b.server.timer(new Overlapped(), Duration.ofHours(1));
        assertNull(Overlapped.awaitAny(List.of(slow), Duration.ofMillis(5)));
        assertNull(Overlapped.awaitAny(List.of(slow), Duration.ZERO));
    }

    @Conformance
    void awaitAllWaitsForEveryOne(Bench b) {
        List<Overlapped> timers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            timers.add(b.server.timer(new Overlapped(), Duration.ofMillis(i)));
        }
        assertTrue(Overlapped.awaitAll(timers, LONG));
        assertTrue(timers.stream().noneMatch(Overlapped::isPending));
    }

    @Conformance
    void awaitAllGivesUpAfterItsTimeout(Bench b) {
        Overlapped slow = b.server.timer(new Overlapped(), Duration.ofHours(1));
        Overlapped quick = b.server.post(new Overlapped());
        assertFalse(Overlapped.awaitAll(List.of(quick, slow), Duration.ofMillis(5)));
        assertFalse(quick.isPending());
    }

    @Conformance
    void thereIsNoLimitOfSixtyFour(Bench b) {
        for (int count : new int[] {64, 65, 1000}) {
            List<Overlapped> timers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                timers.add(b.server.timer(new Overlapped(), Duration.ofHours(1)));
            }
            Overlapped last = timers.getLast();
            last.cancel();
            assertSame(last, Overlapped.awaitAny(timers, LONG), "of " + count);
            timers.forEach(Overlapped::cancel);
            assertTrue(Overlapped.awaitAll(timers, LONG), "of " + count);
        }
    }

    @Conformance
    void waitingForAnEmptyListEndsAtOnce(Bench b) {
        assertNull(Overlapped.awaitAny(List.of(), LONG));
        assertTrue(Overlapped.awaitAll(List.of(), LONG));
    }

    @Conformance
    void waitingForWhatWasNeverStartedIsRefused(Bench b) {
        assertThrows(
                IllegalStateException.class,
                () -> Overlapped.awaitAny(List.of(new Overlapped()), LONG));
    }

    @Conformance
    void aReceiveAndItsTimeoutAreAwaitedTogether(Bench b) {
        var pair = b.pair();
        Overlapped receive = pair.far().receive(new Overlapped());
        Overlapped timeout = pair.far().proactor().timer(new Overlapped(), Duration.ofMillis(5));
        assertSame(timeout, Overlapped.awaitAny(List.of(receive, timeout), LONG));
        receive.cancel();
        assertTrue(receive.await(LONG));
        b.write(pair.near(), "late");
        assertEquals("late", b.text(pair.far(), 4));
    }
}
