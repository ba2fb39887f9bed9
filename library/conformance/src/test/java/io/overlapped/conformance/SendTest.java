package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.Status;
import io.overlapped.TcpStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A send completes with all its bytes or fails; sends leave in the order they were started. */
class SendTest {

    @Conformance
    void aSendCompletesWithAllItsBytes(Bench b) {
        var pair = b.pair();
        IoBuffer buffer = b.filled(pair.near(), b.bytes(4000));
        Overlapped send = b.ok(pair.near().send(new Overlapped(), buffer));
        assertEquals(4000, send.bytes());
        b.read(pair.far(), 4000);
    }

    @Conformance
    void aSendChangesNothingInItsBuffer(Bench b) {
        var pair = b.pair();
        IoBuffer buffer = b.filled(pair.near(), "same");
        b.ok(pair.near().send(new Overlapped(), buffer));
        assertEquals("same", buffer.text());
        b.ok(pair.near().send(new Overlapped(), buffer));
        assertEquals("samesame", b.text(pair.far(), 8));
    }

    @Conformance
    void onlyTheReadableBytesAreSent(Bench b) {
        var pair = b.pair();
        IoBuffer buffer = b.filled(pair.near(), "drop this").consume(5);
        assertEquals(4, b.ok(pair.near().send(new Overlapped(), buffer)).bytes());
        assertEquals("this", b.text(pair.far(), 4));
    }

    @Conformance(mixed = true)
    void aGatherLeavesInOrder(Bench b) {
        var pair = b.pair();
        IoBuffer[] pieces = new IoBuffer[16];
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = b.filled(pair.near(), "piece" + i + ";");
            expected.append("piece").append(i).append(';');
        }
        Overlapped send = b.ok(pair.near().send(new Overlapped(), pieces));
        assertEquals(expected.length(), send.bytes());
        assertEquals(expected.toString(), b.text(pair.far(), expected.length()));
    }

    @Conformance(mixed = true)
    void manyPendingSendsLeaveInTheOrderTheyWereStarted(Bench b) {
        var pair = b.pair();
        List<Overlapped> sends = new ArrayList<>();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int i = 0; i < 100; i++) {
            byte[] message = b.bytes(1 + i * 17 % 300);
            expected.writeBytes(message);
            sends.add(pair.near().send(new Overlapped(), b.filled(pair.near(), message)));
        }
        assertArrayEquals(expected.toByteArray(), b.read(pair.far(), expected.size()));
        sends.forEach(b::ok);
    }

    @Conformance
    void sendsCompleteInTheOrderTheyWereStarted(Bench b) {
        var pair = b.pair();
        List<Integer> order = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int number = i;
            expected.add(i);
            pair.near().send(new Overlapped(_ -> order.add(number)), b.filled(pair.near(), "abc"));
        }
        b.until(() -> order.size() == 40);
        assertEquals(expected, order);
        b.read(pair.far(), 120);
    }

    @Conformance
    void oneBufferMayBeInManySendsAtOnce(Bench b) {
        List<Bench.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            pairs.add(b.pair());
        }
        IoBuffer news = b.filled(pairs.get(0).near(), "news");
        List<Overlapped> sends = new ArrayList<>();
        for (Bench.Pair pair : pairs) {
            sends.add(pair.near().send(new Overlapped(), news));
        }
        for (Bench.Pair pair : pairs) {
            assertEquals("news", b.text(pair.far(), 4));
        }
        sends.forEach(b::ok);
        assertFalse(news.isLent());
    }

    @Conformance(mixed = true)
    void aSendLargerThanTheSocketsBuffersCompletesOnceWithAll(Bench b) {
        var pair = b.pair();
        int count = 16;
        IoBuffer[] pieces = new IoBuffer[count];
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            byte[] piece = b.bytes(pair.near().proactor().buffers().bufferBytes());
            expected.writeBytes(piece);
            pieces[i] = b.filled(pair.near(), piece);
        }
        int rounds = 40;
        List<Overlapped> sends = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            sends.add(pair.near().send(new Overlapped(), pieces));
        }
        for (int i = 0; i < rounds; i++) {
            assertArrayEquals(expected.toByteArray(), readExactly(b, pair.far(), expected.size()));
        }
        for (Overlapped send : sends) {
            assertEquals(expected.size(), b.ok(send).bytes());
        }
    }

    private byte[] left = new byte[0];

    /** Reads this many and keeps what came too early for the next call. */
    private byte[] readExactly(Bench b, TcpStream stream, int count) {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        got.writeBytes(left);
        while (got.size() < count) {
            Overlapped receive = b.ok(stream.receive(new Overlapped()));
            assertTrue(receive.bytes() > 0);
            got.writeBytes(Bench.content(receive.buffer()));
            receive.buffer().close();
        }
        byte[] all = got.toByteArray();
        left = java.util.Arrays.copyOfRange(all, count, all.length);
        return java.util.Arrays.copyOf(all, count);
    }

    @Conformance
    void aSendToAPeerThatDoesNotReadWaitsAndHarmsNobody(Bench b) {
        var stuck = b.narrow();
        List<Overlapped> sends = new ArrayList<>();
        IoBuffer large = b.filled(stuck.stream(), b.bytes(b.options().buffers().bytes()));
        for (int i = 0; i < 1000; i++) {
            sends.add(stuck.stream().send(new Overlapped(), large));
        }
        b.stillPending(sends.getLast());
        var pair = b.pair();
        b.write(pair.near(), "still alive");
        assertEquals("still alive", b.text(pair.far(), 11));
        stuck.stream().close();
        for (Overlapped send : sends) {
            b.done(send);
            assertTrue(send.status() == Status.OK || send.status() == Status.CANCELED);
        }
        assertEquals(Status.CANCELED, sends.getLast().status());
        assertFalse(large.isLent());
    }

    @Conformance
    void whatStillLeavesOfACancelledSendIsItsOwn(Bench b) {
        var stuck = b.narrow();
        int bytes = b.options().buffers().bytes();
        IoBuffer mine = full(b, stuck.stream(), 7);
        List<Overlapped> sends = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            sends.add(stuck.stream().send(new Overlapped(), mine));
        }
        b.stillPending(sends.getLast());
        sends.forEach(Overlapped::cancel);
        sends.forEach(b::done);
        // Whatever memory was given back is used by somebody else now, who is stuck too.
        var other = b.narrow();
        IoBuffer theirs = full(b, other.stream(), 9);
        List<Overlapped> others = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            others.add(other.stream().send(new Overlapped(), theirs));
        }
        b.stillPending(others.getLast());
        int whole = (int) sends.stream().filter(o -> o.status() == Status.OK).count();
        onlySevens(stuck.read(whole * bytes));
        b.ok(b.server.timer(new Overlapped(), Duration.ofMillis(30)));
        b.ok(stuck.stream().close(new Overlapped()));
        for (int next = stuck.readOne(); next >= 0; next = stuck.readOne()) {
            assertEquals(7, next);
        }
        b.ok(other.stream().close(new Overlapped()));
    }

    private static IoBuffer full(Bench b, TcpStream stream, int value) {
        byte[] bytes = new byte[b.options().buffers().bytes()];
        Arrays.fill(bytes, (byte) value);
        return b.filled(stream, bytes);
    }

    private static void onlySevens(byte[] bytes) {
        for (byte each : bytes) {
            assertEquals(7, each);
        }
    }

    @Conformance
    void aSendToAPeerThatIsGoneFailsInTheEnd(Bench b) {
        var raw = b.raw();
        raw.reset();
        IoBuffer buffer = b.filled(raw.stream(), "anyone?");
        Status status = Status.OK;
        for (int i = 0; i < 100 && status == Status.OK; i++) {
            status = b.done(raw.stream().send(new Overlapped(), buffer)).status();
        }
        assertTrue(status == Status.RESET || status == Status.BROKEN_PIPE, status::toString);
    }

    @Conformance
    void aFailedSendHasZeroBytesAndGivesItsBufferBack(Bench b) {
        var raw = b.raw();
        raw.reset();
        IoBuffer buffer = b.filled(raw.stream(), "anyone?");
        Overlapped send = new Overlapped();
        do {
            b.done(raw.stream().send(send, buffer));
        } while (send.status() == Status.OK);
        assertEquals(0, send.bytes());
        assertFalse(buffer.isLent());
    }

    @Conformance
    void sendsAndReceivesOfOneStreamDoNotWaitForEachOther(Bench b) {
        var pair = b.pair();
        Overlapped receive = pair.near().receive(new Overlapped());
        b.write(pair.near(), "out");
        assertTrue(receive.isPending());
        assertEquals("out", b.text(pair.far(), 3));
        b.write(pair.far(), "in");
        assertEquals("in", b.ok(receive).buffer().text());
        receive.buffer().close();
    }
}
