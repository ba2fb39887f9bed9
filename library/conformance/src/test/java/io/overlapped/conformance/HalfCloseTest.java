package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Overlapped;
import io.overlapped.Status;
import java.util.ArrayList;
import java.util.List;

/** One direction of a stream may end while the other goes on. */
class HalfCloseTest {

    @Conformance(mixed = true)
    void theOtherDirectionGoesOnAfterAShutdown(Bench b) {
        var pair = b.pair();
        b.write(pair.near(), "question");
        b.ok(pair.near().shutdownOutput(new Overlapped()));
        assertEquals("question", b.text(pair.far(), 8));
        b.readEnd(pair.far());
        b.write(pair.far(), "answer");
        assertEquals("answer", b.text(pair.near(), 6));
        pair.far().close();
        b.readEnd(pair.near());
    }

    @Conformance(mixed = true)
    void aShutdownWaitsForTheSendsBeforeIt(Bench b) {
        var pair = b.pair();
        byte[] sent = b.bytes(pair.near().proactor().buffers().bufferBytes());
        var buffer = b.filled(pair.near(), sent);
        List<Overlapped> sends = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            sends.add(pair.near().send(new Overlapped(), buffer));
        }
        Overlapped shutdown = pair.near().shutdownOutput(new Overlapped());
        for (int i = 0; i < 60; i++) {
            assertArrayEquals(sent, readSome(b, pair, sent.length));
        }
        b.readEnd(pair.far());
        sends.forEach(b::ok);
        b.ok(shutdown);
    }

    private byte[] left = new byte[0];

    private byte[] readSome(Bench b, Bench.Pair pair, int count) {
        var got = new java.io.ByteArrayOutputStream();
        got.writeBytes(left);
        while (got.size() < count) {
            Overlapped receive = b.ok(pair.far().receive(new Overlapped()));
            assertTrue(receive.bytes() > 0);
            got.writeBytes(Bench.content(receive.buffer()));
            receive.buffer().close();
        }
        byte[] all = got.toByteArray();
        left = java.util.Arrays.copyOfRange(all, count, all.length);
        return java.util.Arrays.copyOf(all, count);
    }

    @Conformance
    void aSendAfterAShutdownFails(Bench b) {
        var pair = b.pair();
        b.ok(pair.near().shutdownOutput(new Overlapped()));
        b.ended(
                pair.near().send(new Overlapped(), b.filled(pair.near(), "too late")),
                Status.BROKEN_PIPE);
        b.write(pair.far(), "still open");
        assertEquals("still open", b.text(pair.near(), 10));
    }

    @Conformance
    void aPeerThatEndsItsOutputIsAnsweredFirst(Bench b) {
        var raw = b.raw();
        raw.write((byte) 'q');
        raw.peer().shutdownOutput();
        assertEquals("q", b.text(raw.stream(), 1));
        b.readEnd(raw.stream());
        b.write(raw.stream(), "a");
        assertEquals('a', raw.readOne());
        raw.stream().close();
        b.ok(b.server.timer(new Overlapped(), java.time.Duration.ofMillis(5)));
        assertEquals(-1, raw.readOne());
    }

    @Conformance
    void aReceiveThatWaitsSurvivesAShutdownOfTheOutput(Bench b) {
        var pair = b.pair();
        Overlapped receive = pair.near().receive(new Overlapped());
        b.ok(pair.near().shutdownOutput(new Overlapped()));
        assertTrue(receive.isPending());
        b.write(pair.far(), "x");
        b.ok(receive);
        receive.buffer().close();
    }
}
