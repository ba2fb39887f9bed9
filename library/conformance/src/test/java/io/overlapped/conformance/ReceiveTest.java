package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.IoBuffer;
import io.overlapped.Operation;
import io.overlapped.Overlapped;
import io.overlapped.Status;
import java.util.ArrayList;
import java.util.List;

/** A receive completes with at least one byte, or 0 for the end; receives fill in their order. */
class ReceiveTest {

    @Conformance(mixed = true)
    void aReceiveGetsWhatWasSent(Bench b) {
        var pair = b.pair();
        b.write(pair.near(), "hello");
        assertEquals("hello", b.text(pair.far(), 5));
    }

    @Conformance(mixed = true)
    void anEchoComesBackUnchanged(Bench b) {
        var pair = b.pair();
        byte[] sent = b.bytes(50_000);
        Overlapped[] echo = new Overlapped[1];
        echo[0] =
                new Overlapped(
                        o -> {
                            switch (o.operation()) {
                                case RECEIVE -> {
                                    if (o.bytes() > 0) {
                                        o.stream().send(o, o.buffer());
                                    }
                                }
                                case SEND -> {
                                    o.buffer().close();
                                    o.stream().receive(o);
                                }
                                default -> throw new AssertionError(o);
                            }
                        });
        pair.far().receive(echo[0]);
        b.write(pair.near(), sent);
        assertArrayEquals(sent, b.read(pair.near(), sent.length));
    }

    @Conformance
    void aReceiveThatStartedFirstCompletesWhenDataComes(Bench b) {
        var pair = b.pair();
        Overlapped receive = pair.far().receive(new Overlapped());
        b.stillPending(receive);
        b.write(pair.near(), "x");
        b.ok(receive);
        assertEquals(1, receive.bytes());
        assertEquals("x", receive.buffer().text());
        receive.buffer().close();
    }

    @Conformance
    void aReceiveIntoTheCallersBufferAppends(Bench b) {
        var pair = b.pair();
        IoBuffer buffer = b.filled(pair.far(), "kept ");
        Overlapped receive = pair.far().receive(new Overlapped(), buffer);
        b.write(pair.near(), "new");
        b.ok(receive);
        assertEquals(3, receive.bytes());
        assertEquals("kept new", buffer.text());
        assertSame(buffer, receive.buffer());
    }

    @Conformance
    void aReceiveTakesNoMoreThanThereIsRoom(Bench b) {
        var raw = b.raw();
        raw.write(b.bytes(10_000));
        IoBuffer buffer = b.take(raw.stream());
        while (buffer.writable() > 7) {
            buffer.appendByte(0);
        }
        b.ok(raw.stream().receive(new Overlapped(), buffer));
        assertEquals(0, buffer.writable());
        int left = 10_000 - 7;
        b.read(raw.stream(), left);
    }

    @Conformance
    void aScatterFillsItsBuffersInOrder(Bench b) {
        var raw = b.raw();
        byte[] sent = b.bytes(3000);
        raw.write(sent);
        List<IoBuffer> buffers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            IoBuffer buffer = b.take(raw.stream());
            while (buffer.writable() > 1000) {
                buffer.appendByte(9);
            }
            buffer.consume(buffer.readable() - 1);
            buffers.add(buffer);
        }
        Overlapped receive = new Overlapped();
        int got = 0;
        while (got < 3000) {
            b.ok(raw.stream().receive(receive, withRoom(buffers)));
            got += receive.bytes();
        }
        int at = 0;
        for (IoBuffer buffer : buffers) {
            for (int i = 1; i < buffer.readable(); i++) {
                assertEquals(sent[at++], buffer.byteAt(i));
            }
        }
        assertEquals(3000, at);
    }

    private static IoBuffer[] withRoom(List<IoBuffer> buffers) {
        return buffers.stream().filter(x -> x.writable() > 0).toArray(IoBuffer[]::new);
    }

    @Conformance
    void sixteenBuffersMayBeScatteredInto(Bench b) {
        var raw = b.raw();
        IoBuffer[] buffers = new IoBuffer[16];
        for (int i = 0; i < 16; i++) {
            buffers[i] = b.take(raw.stream());
            while (buffers[i].writable() > 1) {
                buffers[i].appendByte(0);
            }
        }
        raw.write(b.bytes(16));
        Overlapped receive = b.ok(raw.stream().receive(new Overlapped(), buffers));
        assertTrue(receive.bytes() >= 1 && receive.bytes() <= 16);
        for (int i = 0; i < receive.bytes(); i++) {
            assertEquals(0, buffers[i].writable(), "buffer " + i);
        }
        if (receive.bytes() < 16) {
            b.read(raw.stream(), 16 - receive.bytes());
        }
    }

    @Conformance
    void severalPendingReceivesAreFilledInTheOrderTheyWereStarted(Bench b) {
        var pair = b.pair();
        List<Overlapped> receives = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            receives.add(pair.far().receive(new Overlapped()));
        }
        for (int i = 0; i < 5; i++) {
            b.write(pair.near(), "m" + i);
            Overlapped receive = b.ok(receives.get(i));
            assertEquals("m" + i, receive.buffer().text());
            receive.buffer().close();
            for (int later = i + 1; later < 5; later++) {
                assertTrue(receives.get(later).isPending());
            }
        }
    }

    @Conformance
    void receivesOfBothKindsShareOneOrder(Bench b) {
        var pair = b.pair();
        IoBuffer own = b.take(pair.far());
        Overlapped first = pair.far().receive(new Overlapped());
        Overlapped second = pair.far().receive(new Overlapped(), own);
        Overlapped third = pair.far().receive(new Overlapped());
        b.write(pair.near(), "1");
        b.ok(first);
        b.write(pair.near(), "2");
        b.ok(second);
        b.write(pair.near(), "3");
        b.ok(third);
        assertEquals("1", first.buffer().text());
        assertEquals("2", own.text());
        assertEquals("3", third.buffer().text());
        first.buffer().close();
        third.buffer().close();
    }

    @Conformance
    void theEndOfTheStreamIsZeroBytesAndSuccess(Bench b) {
        var pair = b.pair();
        Overlapped receive = pair.far().receive(new Overlapped());
        pair.near().close();
        b.ok(receive);
        assertEquals(0, receive.bytes());
        assertFalse(receive.hasBuffer());
        assertEquals(Operation.RECEIVE, receive.operation());
    }

    @Conformance
    void whatWasSentBeforeTheEndIsReceivedBeforeTheEnd(Bench b) {
        var pair = b.pair();
        b.write(pair.near(), "last words");
        pair.near().close();
        assertEquals("last words", b.text(pair.far(), 10));
        b.readEnd(pair.far());
    }

    @Conformance
    void afterTheEndComesTheEndAgain(Bench b) {
        var pair = b.pair();
        pair.near().close();
        b.readEnd(pair.far());
        b.readEnd(pair.far());
        IoBuffer buffer = b.take(pair.far());
        assertEquals(0, b.ok(pair.far().receive(new Overlapped(), buffer)).bytes());
    }

    @Conformance
    void severalPendingReceivesAllSeeTheEnd(Bench b) {
        var pair = b.pair();
        Overlapped first = pair.far().receive(new Overlapped());
        Overlapped second = pair.far().receive(new Overlapped());
        pair.near().close();
        assertEquals(0, b.ok(first).bytes());
        assertEquals(0, b.ok(second).bytes());
    }

    @Conformance
    void aResetIsAFailureWithZeroBytes(Bench b) {
        var raw = b.raw();
        Overlapped receive = raw.stream().receive(new Overlapped());
        b.stillPending(receive);
        raw.reset();
        b.ended(receive, Status.RESET);
        assertFalse(receive.hasBuffer());
    }

    @Conformance
    void aResetGivesTheCallersBufferBackUntouched(Bench b) {
        var raw = b.raw();
        IoBuffer buffer = b.take(raw.stream());
        Overlapped receive = raw.stream().receive(new Overlapped(), buffer);
        b.stillPending(receive);
        raw.reset();
        b.ended(receive, Status.RESET);
        assertFalse(buffer.isLent());
        assertEquals(0, buffer.readable());
    }

    @Conformance
    void aStreamIsTheSameHoweverItsBytesAreCut(Bench b) {
        var raw = b.raw();
        byte[] message = b.bytes(40);
        for (int cut = 1; cut < message.length; cut++) {
            raw.write(java.util.Arrays.copyOf(message, cut));
            byte[] first = b.read(raw.stream(), cut);
            raw.write(java.util.Arrays.copyOfRange(message, cut, message.length));
            byte[] second = b.read(raw.stream(), message.length - cut);
            assertArrayEquals(java.util.Arrays.copyOf(message, cut), first);
            assertArrayEquals(java.util.Arrays.copyOfRange(message, cut, message.length), second);
        }
    }

    @Conformance
    void alternatingKindsOfReceivesLoseNothing(Bench b) {
        var raw = b.raw();
        byte[] sent = b.bytes(20_000);
        for (int at = 0; at < sent.length; at += 100) {
            raw.write(java.util.Arrays.copyOfRange(sent, at, at + 100));
        }
        int at = 0;
        boolean choose = false;
        while (at < sent.length) {
            choose = !choose;
            Overlapped receive = new Overlapped();
            IoBuffer buffer;
            if (choose) {
                buffer = b.ok(raw.stream().receive(receive)).buffer();
            } else {
                buffer = raw.stream().proactor().buffers().take();
                while (buffer.writable() > 130) {
                    buffer.appendByte(0);
                }
                buffer.consume(buffer.readable() - 1);
                b.ok(raw.stream().receive(receive, buffer));
                buffer.consume(1);
            }
            for (byte value : Bench.content(buffer)) {
                assertEquals(sent[at++], value, "byte " + at);
            }
            buffer.close();
        }
    }
}
