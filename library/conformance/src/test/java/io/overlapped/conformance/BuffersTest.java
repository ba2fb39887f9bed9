package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.IoBuffer;
import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Only pool memory is lent; lent memory cannot be touched; no buffer, no reception, no harm. */
class BuffersTest {

    @Conformance
    void aBufferLentToAReceiveCannotBeTouched(Bench b) {
        var pair = b.pair();
        IoBuffer buffer = b.take(pair.far());
        Overlapped receive = pair.far().receive(new Overlapped(), buffer);
        assertTrue(buffer.isLent());
        assertThrows(IllegalStateException.class, buffer::bytes);
        assertThrows(IllegalStateException.class, buffer::clear);
        assertThrows(IllegalStateException.class, () -> buffer.append("x"));
        assertThrows(IllegalStateException.class, buffer::close);
        b.write(pair.near(), "done");
        b.ok(receive);
        assertEquals("done", buffer.text());
    }

    @Conformance
    void aBufferLentToASendCannotBeChangedOrClosed(Bench b) {
        var pair = b.pair();
        IoBuffer buffer = b.filled(pair.near(), "x");
        Overlapped send = pair.near().send(new Overlapped(), buffer);
        assertThrows(IllegalStateException.class, buffer::clear);
        assertThrows(IllegalStateException.class, buffer::close);
        b.ok(send);
        buffer.clear();
        b.read(pair.far(), 1);
    }

    @Conformance
    void buffersAreGivenBackBeforeTheRoutineRuns(Bench b) {
        var pair = b.pair();
        IoBuffer buffer = b.filled(pair.near(), "x");
        List<Boolean> lent = new ArrayList<>();
        pair.near().send(new Overlapped(_ -> lent.add(buffer.isLent())), buffer);
        b.until(() -> !lent.isEmpty());
        assertEquals(List.of(false), lent);
        b.read(pair.far(), 1);
    }

    @Conformance
    void aBufferCannotBeLentToTwoReceives(Bench b) {
        var pair = b.pair();
        IoBuffer buffer = b.take(pair.far());
        Overlapped first = pair.far().receive(new Overlapped(), buffer);
        assertThrows(
                IllegalStateException.class, () -> pair.far().receive(new Overlapped(), buffer));
        b.write(pair.near(), "x");
        b.ok(first);
    }

    @Conformance
    void aRefusedStartLendsNoneOfItsBuffers(Bench b) {
        var pair = b.pair();
        IoBuffer free = b.take(pair.far());
        IoBuffer lent = b.take(pair.far());
        Overlapped pending = pair.far().receive(new Overlapped(), lent);
        Overlapped refused = new Overlapped();
        assertThrows(IllegalStateException.class, () -> pair.far().receive(refused, free, lent));
        assertFalse(free.isLent());
        assertFalse(refused.isPending());
        b.write(pair.near(), "x");
        b.ok(pending);
    }

    @Conformance
    void aConnectionThatWaitsHoldsNoBuffer(Bench b) {
        List<Overlapped> receives = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            receives.add(b.pair().far().receive(new Overlapped()));
        }
        b.stillPending(receives.getLast());
        assertEquals(0, b.server.buffers().leased());
    }

    @Conformance
    void withoutBuffersReceptionPausesAndGoesOnWhenOneComesBack(Bench b) {
        Options few = b.options().withBuffers(3, 256, 2);
        Proactor small = b.open(few);
        TcpListener listener = small.listen(Bench.ANY_PORT);
        List<TcpStream> near = new ArrayList<>();
        List<Overlapped> receives = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Overlapped accept = listener.accept(new Overlapped());
            near.add(b.ok(b.client.connect(new Overlapped(), listener.address())).stream());
            b.ok(accept);
            receives.add(accept.stream().receive(new Overlapped()));
        }
        for (TcpStream stream : near) {
            b.write(stream, "data");
        }
        List<Overlapped> held = new ArrayList<>();
        for (int round = 0; round < 6; round++) {
            int wanted = Math.min(3, 6 - round);
            b.until(() -> done(receives) >= wanted);
            assertTrue(done(receives) <= 3, "more buffers than there are");
            Overlapped first = receives.stream().filter(r -> !r.isPending()).findFirst().get();
            assertEquals(Status.OK, first.status());
            assertEquals("data", first.buffer().text());
            held.add(first);
            receives.remove(first);
            first.buffer().close();
        }
        assertEquals(6, held.size());
    }

    private static long done(List<Overlapped> operations) {
        return operations.stream().filter(o -> !o.isPending()).count();
    }

    @Conformance
    void anEmptyPoolSaysSoAndKillsNoConnection(Bench b) {
        Proactor small = b.open(b.options().withBuffers(4, 256, 2));
        TcpListener listener = small.listen(Bench.ANY_PORT);
        Overlapped accept = listener.accept(new Overlapped());
        TcpStream near = b.ok(b.client.connect(new Overlapped(), listener.address())).stream();
        b.ok(accept);
        List<IoBuffer> all = new ArrayList<>();
        for (IoBuffer one = small.buffers().tryTake();
                one != null;
                one = small.buffers().tryTake()) {
            all.add(one);
        }
        assertNull(small.buffers().tryTake());
        assertThrows(IllegalStateException.class, small.buffers()::take);
        b.write(near, "waits");
        Overlapped receive = accept.stream().receive(new Overlapped());
        all.forEach(IoBuffer::close);
        assertEquals("waits", b.ok(receive).buffer().text());
        receive.buffer().close();
    }

    @Conformance
    void streamsThatAreNotReadDoNotStarveTheOthers(Bench b) {
        Proactor small = b.open(b.options().withBuffers(16, 256, 4));
        TcpListener listener = small.listen(Bench.ANY_PORT);
        List<TcpStream> near = new ArrayList<>();
        List<TcpStream> far = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Overlapped accept = listener.accept(new Overlapped());
            near.add(b.ok(b.client.connect(new Overlapped(), listener.address())).stream());
            far.add(b.ok(accept).stream());
        }
        // Each has received once, so that it may be armed, and then is not read any more.
        for (int i = 0; i < 19; i++) {
            b.write(near.get(i), "a");
            assertEquals("a", b.text(far.get(i), 1));
            b.write(near.get(i), "unread");
        }
        for (int i = 0; i < 50; i++) {
            b.write(near.get(19), "read " + i);
            assertEquals("read " + i, b.text(far.get(19), ("read " + i).length()));
        }
        for (int i = 0; i < 19; i++) {
            assertEquals("unread", b.text(far.get(i), 6));
        }
    }

    @Conformance
    void aStreamThatIsNotReadHoldsItsPeerBack(Bench b) {
        var pair = b.pair();
        // Received once, so that the driver may be armed to receive more.
        b.write(pair.near(), "a");
        assertEquals("a", b.text(pair.far(), 1));
        IoBuffer[] many = new IoBuffer[16];
        Arrays.fill(many, b.filled(pair.near(), b.bytes(b.options().buffers().bytes())));
        List<Overlapped> sends = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            sends.add(pair.near().send(new Overlapped(), many));
        }
        for (long before = -1; before < done(sends); ) {
            before = done(sends);
            b.ok(b.server.timer(new Overlapped(), Duration.ofMillis(200)));
        }
        assertTrue(sends.getLast().isPending(), "everything was taken in");
        b.ok(pair.near().close(new Overlapped()));
        assertFalse(many[0].isLent());
    }

    @Conformance
    void noBufferIsLostByStreamsThatEnd(Bench b) {
        Proactor small = b.open(b.options().withBuffers(8, 256, 2));
        TcpListener listener = small.listen(Bench.ANY_PORT);
        for (int i = 0; i < 20; i++) {
            Overlapped accept = listener.accept(new Overlapped());
            TcpStream near = b.ok(b.client.connect(new Overlapped(), listener.address())).stream();
            TcpStream far = b.ok(accept).stream();
            b.write(near, "last words");
            assertEquals("last words", b.text(far, 10));
            Overlapped end = far.receive(new Overlapped());
            near.close();
            assertEquals(0, b.ok(end).bytes());
            far.close();
        }
    }

    @Conformance
    void whatWasReceivedStaysUntilTheBufferIsClosed(Bench b) {
        var pair = b.pair();
        List<IoBuffer> kept = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            b.write(pair.near(), "message " + i);
            kept.add(b.ok(pair.far().receive(new Overlapped())).buffer());
        }
        for (int i = 0; i < 100; i++) {
            assertEquals("message " + i, kept.get(i).text());
            kept.get(i).close();
        }
    }

    @Conformance
    void aReceivedBufferCanBeSentOnWithoutACopy(Bench b) {
        var one = b.pair();
        var two = b.pair();
        b.write(one.near(), "pass it on");
        IoBuffer buffer = b.ok(one.far().receive(new Overlapped())).buffer();
        b.ok(two.far().send(new Overlapped(), buffer));
        buffer.close();
        assertEquals("pass it on", b.text(two.near(), 10));
    }
}
