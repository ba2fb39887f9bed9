package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** A cancel has a final verdict, and it poisons nothing. */
class CancelTest {

    @Conformance
    void aCancelledReceiveCompletesWithCanceled(Bench b) {
        var pair = b.pair();
        Overlapped receive = pair.far().receive(new Overlapped());
        b.stillPending(receive);
        receive.cancel();
        b.ended(receive, Status.CANCELED);
        assertFalse(receive.hasBuffer());
    }

    @Conformance
    void aCancelledReceiveGivesTheCallersBufferBack(Bench b) {
        var pair = b.pair();
        IoBuffer buffer = b.take(pair.far());
        Overlapped receive = pair.far().receive(new Overlapped(), buffer);
        b.stillPending(receive);
        receive.cancel();
        b.ended(receive, Status.CANCELED);
        assertFalse(buffer.isLent());
        assertEquals(0, buffer.readable());
    }

    @Conformance
    void afterACancelTheNextReceiveGetsTheNextByte(Bench b) {
        var pair = b.pair();
        for (int i = 0; i < 20; i++) {
            Overlapped receive = pair.far().receive(new Overlapped());
            b.server.poll();
            receive.cancel();
            b.ended(receive, Status.CANCELED);
            b.write(pair.near(), "m" + i);
            assertEquals("m" + i, b.text(pair.far(), ("m" + i).length()));
        }
    }

    @Conformance
    void aCancelBeforeTheFirstPassWorksToo(Bench b) {
        var pair = b.pair();
        Overlapped receive = pair.far().receive(new Overlapped());
        receive.cancel();
        b.ended(receive, Status.CANCELED);
        b.write(pair.near(), "x");
        assertEquals("x", b.text(pair.far(), 1));
    }

    @Conformance
    void aCancelThatComesTooLateChangesNothing(Bench b) {
        var pair = b.pair();
        Overlapped receive = pair.far().receive(new Overlapped());
        b.write(pair.near(), "won");
        b.ok(receive);
        receive.cancel();
        assertEquals(Status.OK, receive.status());
        assertEquals("won", receive.buffer().text());
        receive.buffer().close();
    }

    @Conformance
    void noByteIsLostByCancelsThatRaceWithData(Bench b) {
        Random random = new Random(7);
        var pair = b.pair();
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        IoBuffer outgoing = b.take(pair.near());
        for (int i = 0; i < 300; i++) {
            Overlapped receive = pair.far().receive(new Overlapped());
            byte[] message = b.bytes(1 + random.nextInt(50));
            sent.writeBytes(message);
            outgoing.clear().append(message, 0, message.length);
            Overlapped send = pair.near().send(new Overlapped(), outgoing);
            for (int passes = random.nextInt(4); passes > 0; passes--) {
                b.server.poll();
            }
            receive.cancel();
            b.done(receive);
            b.ok(send);
            if (receive.status() == Status.OK) {
                got.writeBytes(Bench.content(receive.buffer()));
                receive.buffer().close();
            } else {
                assertEquals(Status.CANCELED, receive.status());
            }
            if (i % 60 == 59) {
                if (got.size() < sent.size()) {
                    got.writeBytes(b.read(pair.far(), sent.size() - got.size()));
                }
            }
        }
        assertArrayEquals(sent.toByteArray(), got.toByteArray());
    }

    @Conformance
    void noByteIsLostByCancelsOfReceivesIntoTheCallersBuffer(Bench b) {
        var raw = b.raw();
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        IoBuffer buffer = b.take(raw.stream());
        for (int i = 0; i < 200; i++) {
            Overlapped receive = raw.stream().receive(new Overlapped(), buffer.clear());
            byte[] message = b.bytes(1 + i % 40);
            sent.writeBytes(message);
            raw.write(message);
            if (i % 3 == 0) {
                b.server.poll();
            }
            receive.cancel();
            b.done(receive);
            got.writeBytes(Bench.content(buffer));
        }
        if (got.size() < sent.size()) {
            got.writeBytes(b.read(raw.stream(), sent.size() - got.size()));
        }
        assertArrayEquals(sent.toByteArray(), got.toByteArray());
    }

    @Conformance
    void aQueuedReceiveIsCancelledAloneAndTheOthersKeepTheirOrder(Bench b) {
        var pair = b.pair();
        Overlapped first = pair.far().receive(new Overlapped());
        Overlapped second = pair.far().receive(new Overlapped());
        Overlapped third = pair.far().receive(new Overlapped());
        second.cancel();
        b.ended(second, Status.CANCELED);
        b.write(pair.near(), "1");
        b.ok(first);
        b.write(pair.near(), "3");
        b.ok(third);
        assertEquals("1", first.buffer().text());
        assertEquals("3", third.buffer().text());
        first.buffer().close();
        third.buffer().close();
    }

    @Conformance
    void theFirstReceiveIsCancelledAndTheNextTakesItsPlace(Bench b) {
        var pair = b.pair();
        Overlapped first = pair.far().receive(new Overlapped());
        Overlapped second = pair.far().receive(new Overlapped());
        b.stillPending(first);
        first.cancel();
        b.ended(first, Status.CANCELED);
        b.write(pair.near(), "2");
        assertEquals("2", b.ok(second).buffer().text());
        second.buffer().close();
    }

    @Conformance
    void aTimeoutMadeOfATimerAndACancelDoesNotPoisonTheStream(Bench b) {
        var pair = b.pair();
        for (int i = 0; i < 5; i++) {
            Overlapped receive = pair.far().receive(new Overlapped());
            b.server.timer(new Overlapped(_ -> receive.cancel()), Duration.ofMillis(2));
            b.ended(receive, Status.CANCELED);
        }
        b.write(pair.near(), "healthy");
        assertEquals("healthy", b.text(pair.far(), 7));
        b.write(pair.far(), "both ways");
        assertEquals("both ways", b.text(pair.near(), 9));
    }

    @Conformance
    void aCancelledAcceptTakesNoConnection(Bench b) {
        TcpListener listener = b.listener();
        Overlapped accept = listener.accept(new Overlapped());
        b.stillPending(accept);
        accept.cancel();
        b.ended(accept, Status.CANCELED);
        Overlapped connect = b.ok(b.client.connect(new Overlapped(), listener.address()));
        b.ok(listener.accept(accept));
        b.write(connect.stream(), "x");
        b.read(accept.stream(), 1);
    }

    @Conformance
    void aConnectToNowhereIsCancelled(Bench b) {
        // A listener whose backlog is full answers no connect.
        Overlapped connect =
                b.client.connect(new Overlapped(), new InetSocketAddress("127.0.0.1", 1));
        connect.cancel();
        b.done(connect);
        assertTrue(
                connect.status() == Status.CANCELED || connect.status() == Status.REFUSED,
                connect::toString);
    }

    @Conformance
    void aCancelledTimerCompletesAtOnce(Bench b) {
        Overlapped timer = b.server.timer(new Overlapped(), Duration.ofHours(1));
        timer.cancel();
        b.ended(timer, Status.CANCELED);
    }

    @Conformance
    void aCancelOfWhatIsNotPendingDoesNothing(Bench b) {
        Overlapped never = new Overlapped();
        never.cancel();
        Overlapped post = b.ok(b.server.post(new Overlapped()));
        post.cancel();
        b.ok(b.server.post(post));
    }

    @Conformance
    void aQueuedSendThatIsCancelledDoesNotLeave(Bench b) {
        var raw = b.narrow();
        List<Overlapped> sends = new ArrayList<>();
        IoBuffer large = b.filled(raw.stream(), b.bytes(b.options().buffers().bytes()));
        for (int i = 0; i < 1000; i++) {
            sends.add(raw.stream().send(new Overlapped(), large));
        }
        b.stillPending(sends.getLast());
        IoBuffer never = b.filled(raw.stream(), "NEVER");
        Overlapped last = raw.stream().send(new Overlapped(), never);
        b.stillPending(last);
        last.cancel();
        b.ended(last, Status.CANCELED);
        int expected = 1000 * b.options().buffers().bytes();
        BooleanSupplier allRead = raw.peer().readInBackground(expected);
        b.until(() -> allRead.getAsBoolean() && !sends.getLast().isPending());
        sends.forEach(b::ok);
        raw.stream().close();
        // The end comes when the close is done.
        b.ok(b.server.timer(new Overlapped(), Duration.ofMillis(5)));
        assertEquals(-1, raw.readOne());
    }

    @Conformance
    void aSendThatACancelCutEndsTheStreamsOutputButNotItsInput(Bench b) {
        var raw = b.raw();
        List<Overlapped> sends = new ArrayList<>();
        IoBuffer large = b.filled(raw.stream(), b.bytes(b.options().buffers().bytes()));
        IoBuffer[] many = new IoBuffer[16];
        java.util.Arrays.fill(many, large);
        while (sends.size() < 200) {
            sends.add(raw.stream().send(new Overlapped(), many));
        }
        b.stillPending(sends.getLast());
        Overlapped stuck = sends.stream().filter(Overlapped::isPending).findFirst().get();
        stuck.cancel();
        b.done(stuck);
        boolean wasCut = !b.isSimulated() || !isStillPending(b, sends.getLast());
        if (stuck.status() == Status.CANCELED && wasCut) {
            for (Overlapped later : sends.subList(sends.indexOf(stuck) + 1, sends.size())) {
                b.done(later);
                assertTrue(later.status() == Status.BROKEN_PIPE || later.status() == Status.OK);
            }
        }
        raw.write((byte) 'i', (byte) 'n');
        assertEquals("in", b.text(raw.stream(), 2));
        raw.stream().close();
        for (Overlapped send : sends) {
            b.done(send);
        }
        assertFalse(large.isLent());
    }

    /** A send of which no byte has left is cancelled without a trace, and the next one waits. */
    private static boolean isStillPending(Bench b, Overlapped send) {
        b.ok(b.server.timer(new Overlapped(), Duration.ofMillis(30)));
        return send.isPending();
    }
}
