package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.CompletionPort;
import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.spi.Errno;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Operations that are to end by a time. */
class DeadlineTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(10);

    @Conformance
    void aReceiveThatGetsNothingTimesOutAndNotBeforeItsTime(Bench b) {
        var pair = b.pair();
        long start = b.nanoTime();
        Overlapped receive = pair.far().receive(new Overlapped(), SHORT);
        b.ended(receive, Status.TIMED_OUT);
        assertEquals(Errno.ETIME, receive.errno());
        assertTrue(b.nanoTime() - start >= SHORT.toNanos(), "it came too soon");
    }

    @Conformance
    void theStreamGoesOnAfterATimeoutAndNoByteIsLost(Bench b) {
        var pair = b.pair();
        byte[] sent = b.bytes(3000);
        for (int i = 0; i < 3; i++) {
            b.ended(pair.far().receive(new Overlapped(), SHORT), Status.TIMED_OUT);
        }
        b.write(pair.near(), sent);
        assertArrayEquals(sent, b.read(pair.far(), sent.length));
    }

    @Conformance
    void whatComesInTimeIsNotTouchedByItsTimeout(Bench b) {
        var pair = b.pair();
        Overlapped receive = new Overlapped();
        for (int i = 0; i < 20; i++) {
            pair.far().receive(receive, LONG);
            b.write(pair.near(), "x");
            b.ok(receive).buffer().close();
        }
    }

    @Conformance
    void theTimeIsOfOneStartAlone(Bench b) {
        var pair = b.pair();
        Overlapped receive = new Overlapped();
        b.ended(pair.far().receive(receive, SHORT), Status.TIMED_OUT);
        pair.far().receive(receive);
        b.done(b.server.timer(new Overlapped(), SHORT.multipliedBy(3)));
        assertTrue(receive.isPending());
        b.write(pair.near(), "x");
        b.ok(receive).buffer().close();
    }

    @Conformance
    void anAcceptTimesOutAndTheNextOneGetsWhoComes(Bench b) {
        TcpListener listener = b.listener();
        b.ended(listener.accept(new Overlapped(), SHORT), Status.TIMED_OUT);
        assertTrue(b.pair(listener).far().remoteAddress().getPort() > 0);
    }

    @Conformance
    void aReceiveInLineTimesOutAndLeavesTheOneBeforeItAlone(Bench b) {
        var pair = b.pair();
        Overlapped first = pair.far().receive(new Overlapped());
        Overlapped second = pair.far().receive(new Overlapped(), SHORT);
        b.ended(second, Status.TIMED_OUT);
        assertTrue(first.isPending());
        b.write(pair.near(), "x");
        b.ok(first).buffer().close();
    }

    @Conformance
    void aReceiveIntoABufferGivesItBackWhenItTimesOut(Bench b) {
        var pair = b.pair();
        IoBuffer buffer = b.take(pair.far());
        b.ended(pair.far().receive(new Overlapped(), buffer, SHORT), Status.TIMED_OUT);
        assertFalse(buffer.isLent());
    }

    @Conformance
    void aSendThatThePeerDoesNotTakeTimesOut(Bench b) {
        var raw = b.narrow();
        IoBuffer buffer = b.filled(raw.stream(), b.bytes(4096));
        Overlapped send;
        do {
            send = b.done(raw.stream().send(new Overlapped(), buffer, Duration.ofMillis(200)));
        } while (send.status() == Status.OK);
        assertEquals(Status.TIMED_OUT, send.status());
    }

    @Conformance
    void aTimeThatIsOverAlreadyStillTakesWhatIsThere(Bench b) {
        var pair = b.pair();
        Overlapped receive = b.done(pair.far().receive(new Overlapped(), Duration.ZERO));
        assertEquals(Status.TIMED_OUT, receive.status());
    }

    @Conformance
    void aCancelBeforeTheTimeIsACancel(Bench b) {
        var pair = b.pair();
        Overlapped receive = pair.far().receive(new Overlapped(), LONG);
        receive.cancel();
        b.ended(receive, Status.CANCELED);
    }

    @Conformance
    void aCloseBeforeTheTimeIsAClose(Bench b) {
        var pair = b.pair();
        Overlapped receive = pair.far().receive(new Overlapped(), LONG);
        pair.far().close();
        b.ended(receive, Status.CANCELED);
    }

    @Conformance
    void routinesAndPortsLearnOfATimeoutAsEventsDo(Bench b) {
        var pair = b.pair();
        List<Status> seen = new ArrayList<>();
        CompletionPort port = new CompletionPort();
        pair.far().receive(new Overlapped(o -> seen.add(o.status())), SHORT);
        pair.near().receive(new Overlapped(port), SHORT);
        b.until(() -> !seen.isEmpty());
        Overlapped dequeued = null;
        while (dequeued == null) {
            b.server.alertableWait(Duration.ofMillis(1));
            dequeued = port.dequeue(Duration.ZERO);
        }
        assertEquals(List.of(Status.TIMED_OUT), seen);
        assertEquals(Status.TIMED_OUT, dequeued.status());
    }

    @Conformance
    void manyTimeOutInTheOrderOfTheirTimes(Bench b) {
        List<Integer> order = new ArrayList<>();
        var pair = b.pair();
        for (int i = 0; i < 8; i++) {
            int each = 7 - i;
            pair.far()
                    .receive(
                            new Overlapped(_ -> order.add(each)),
                            Duration.ofMillis(20 + 20 * each));
        }
        b.until(() -> order.size() == 8);
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), order);
    }

    @Conformance
    void aPendingBlockTakesNoTimeAndForeverIsNone(Bench b) {
        var pair = b.pair();
        Overlapped receive = pair.far().receive(new Overlapped(), Proactor.FOREVER);
        assertThrows(IllegalStateException.class, () -> receive.within(SHORT));
        b.write(pair.near(), "x");
        b.ok(receive).buffer().close();
    }

    @Conformance
    void aTimerTakesNoTimeBesideItsDelay(Bench b) {
        Overlapped timer = new Overlapped().within(SHORT);
        assertThrows(IllegalArgumentException.class, () -> b.server.timer(timer, LONG));
        b.ok(b.server.timer(timer.within(Proactor.FOREVER), Duration.ZERO));
    }

    @Conformance
    void aPendingBlockSaysSo(Bench b) {
        var pair = b.pair();
        Overlapped receive = pair.far().receive(new Overlapped());
        assertEquals(Status.PENDING, receive.status());
        assertTrue(receive.toString().contains("PENDING"), receive::toString);
        b.write(pair.near(), "x");
        b.ok(receive).buffer().close();
    }
}
