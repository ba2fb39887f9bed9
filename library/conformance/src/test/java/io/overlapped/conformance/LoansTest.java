package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.StreamOption;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A buffer may be lent to any proactor, and its memory lives until nobody can use it any more. */
class LoansTest {
    private static final int PENDING_BYTES = 4 << 20;

    private static boolean isAlive(MemorySegment memory) {
        return memory.scope().isAlive();
    }

    private static IoBuffer full(Proactor proactor, char letter) {
        IoBuffer buffer = proactor.buffers().take();
        byte[] bytes = new byte[buffer.writable()];
        Arrays.fill(bytes, (byte) letter);
        return buffer.append(bytes, 0, bytes.length);
    }

    /** Sends of {@code buffer} that do not end before the other side reads. */
    private static List<Overlapped> sendUntilItWaits(Bench b, TcpStream stream, IoBuffer buffer) {
        stream.set(StreamOption.SEND_BUFFER_BYTES, 64 * 1024);
        List<Overlapped> sends = new ArrayList<>();
        IoBuffer[] many = new IoBuffer[16];
        Arrays.fill(many, buffer);
        for (int sent = 0; sent < PENDING_BYTES; sent += 16 * buffer.readable()) {
            sends.add(stream.send(new Overlapped(), many));
        }
        b.stillPending(sends.getLast());
        return sends;
    }

    /** Takes what a proactor that starts now would get, and writes to it. */
    private static List<IoBuffer> takeForOthers(Proactor proactor) {
        List<IoBuffer> taken = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            taken.add(full(proactor, 'S'));
        }
        return taken;
    }

    private static void assertAll(char letter, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            assertEquals((byte) letter, bytes[i], "byte " + i);
        }
    }

    @Conformance
    void aBufferOfAnotherProactorIsSentAndReceivedInto(Bench b) {
        Proactor lender = b.openAlone();
        var pair = b.pair();
        IoBuffer out = lender.buffers().take().append("lent");
        IoBuffer in = lender.buffers().take();
        Overlapped receive = pair.far().receive(new Overlapped(), in);
        b.ok(pair.near().send(new Overlapped(), out));
        b.ok(receive);
        assertEquals("lent", in.text());
        MemorySegment memory = in.bytes();
        in.close();
        out.close();
        lender.close();
        assertFalse(isAlive(memory));
    }

    @Conformance
    void severalProactorsBroadcastOneBuffer(Bench b) {
        Proactor second = b.open(b.options());
        TcpListener listener = second.listen(Bench.ANY_PORT);
        Overlapped accept = listener.accept(new Overlapped());
        TcpStream near = b.ok(b.client.connect(new Overlapped(), listener.address())).stream();
        TcpStream ofSecond = b.ok(accept).stream();
        var pair = b.pair();
        Proactor lender = b.openAlone();
        IoBuffer news = lender.buffers().take().append("news");
        Overlapped one = pair.far().send(new Overlapped(), news);
        Overlapped two = ofSecond.send(new Overlapped(), news);
        lender.close();
        b.ok(one);
        b.ok(two);
        assertEquals("news", b.text(pair.near(), 4));
        assertEquals("news", b.text(near, 4));
        MemorySegment memory = news.bytes();
        news.close();
        assertFalse(isAlive(memory));
    }

    @Conformance
    void whatAnotherProactorSendsOutlivesTheProactorOfItsBuffer(Bench b) {
        var pair = b.pair();
        Proactor lender = b.openAlone();
        IoBuffer buffer = full(lender, 'A');
        MemorySegment memory = buffer.bytes();
        List<Overlapped> sends = sendUntilItWaits(b, pair.near(), buffer);
        lender.close();
        assertTrue(isAlive(memory));
        Proactor another = b.openAlone();
        List<IoBuffer> others = takeForOthers(another);
        assertAll('A', b.read(pair.far(), sends.size() * 16 * buffer.readable()));
        sends.forEach(b::ok);
        others.forEach(IoBuffer::close);
        another.close();
        assertTrue(isAlive(memory), "the program has it still");
        buffer.close();
        assertFalse(isAlive(memory));
    }

    @Conformance
    void whatAnotherProactorReceivesGoesIntoMemoryThatLives(Bench b) {
        var pair = b.pair();
        Proactor lender = b.openAlone();
        IoBuffer buffer = lender.buffers().take().append("kept ");
        MemorySegment memory = buffer.bytes();
        Overlapped receive = pair.far().receive(new Overlapped(), buffer);
        b.stillPending(receive);
        lender.close();
        Proactor another = b.openAlone();
        List<IoBuffer> others = takeForOthers(another);
        b.write(pair.near(), "new");
        b.ok(receive);
        assertEquals("kept new", buffer.text());
        for (IoBuffer one : others) {
            assertAll('S', Bench.content(one));
            one.close();
        }
        another.close();
        buffer.close();
        assertFalse(isAlive(memory));
    }

    @Conformance
    void aRoutineThatClosesTheLastBufferFreesTheMemory(Bench b) {
        var pair = b.pair();
        Proactor lender = b.openAlone();
        IoBuffer buffer = lender.buffers().take();
        MemorySegment memory = buffer.room();
        List<Boolean> alive = new ArrayList<>();
        Overlapped receive =
                new Overlapped(
                        done -> {
                            alive.add(isAlive(memory));
                            done.buffer().close();
                            alive.add(isAlive(memory));
                        });
        pair.far().receive(receive, buffer);
        lender.close();
        b.write(pair.near(), "x");
        b.ok(receive);
        b.until(() -> alive.size() == 2);
        assertEquals(List.of(true, false), alive);
    }

    @Conformance
    void aBufferIsTheProgramsThoughItsProactorIsClosed(Bench b) {
        var pair = b.pair();
        Proactor lender = b.openAlone();
        IoBuffer buffer = lender.buffers().take().append("still ");
        b.expectLog();
        lender.close();
        assertEquals("still here", buffer.append("here").text());
        b.ok(pair.near().send(new Overlapped(), buffer));
        assertEquals("still here", b.text(pair.far(), 10));
        MemorySegment bytes = buffer.bytes();
        buffer.close();
        assertThrows(IllegalStateException.class, buffer::close);
        assertThrows(IllegalStateException.class, () -> bytes.get(ValueLayout.JAVA_BYTE, 0));
        assertEquals(0, lender.buffers().leased());
    }

    @Conformance
    void aProactorThatIsClosedGivesNoBuffer(Bench b) {
        Proactor proactor = b.openAlone();
        proactor.buffers().take().close();
        proactor.close();
        String message =
                assertThrows(IllegalStateException.class, proactor.buffers()::take).getMessage();
        assertTrue(message.contains("the proactor is closed"), message);
        assertNull(proactor.buffers().tryTake());
    }

    @Conformance
    void whatWasLentToAnotherProactorOutlivesAnAbandon(Bench b) {
        var pair = b.pair();
        Proactor lender = b.openAlone();
        IoBuffer lent = lender.buffers().take();
        IoBuffer held = lender.buffers().take().append("held");
        MemorySegment memory = lent.room();
        Overlapped receive = pair.far().receive(new Overlapped(), lent);
        b.stillPending(receive);
        lender.abandon();
        assertTrue(isAlive(memory));
        String message = assertThrows(IllegalStateException.class, held::text).getMessage();
        assertTrue(message.contains("abandoned"), message);
        b.write(pair.near(), "x");
        b.ok(receive);
        assertFalse(isAlive(memory));
        message = assertThrows(IllegalStateException.class, lent::text).getMessage();
        assertTrue(message.contains("abandoned"), message);
        held.close();
        lent.close();
    }

    /** On a driver whose system may still write to it, it stays lent. */
    @Conformance
    void aProactorThatIsAbandonedGivesBackWhatItsDriverHasLetGo(Bench b) {
        Proactor borrower = b.openAlone();
        TcpListener listener = b.listener();
        Overlapped accept = listener.accept(new Overlapped());
        Overlapped connect = borrower.connect(new Overlapped(), listener.address());
        b.until(
                () -> {
                    borrower.poll();
                    return !connect.isPending() && !accept.isPending();
                });
        Proactor lender = b.openAlone();
        IoBuffer buffer = lender.buffers().take();
        MemorySegment memory = buffer.room();
        Overlapped receive = connect.stream().receive(new Overlapped(), buffer);
        borrower.poll();
        borrower.abandon();
        boolean lent = buffer.isLent();
        if (!lent) {
            buffer.close();
        }
        lender.close();
        assertEquals(lent, isAlive(memory));
        assertTrue(receive.isPending());
    }
}
