package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.IoBuffer;
import io.overlapped.Operation;
import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Status;
import io.overlapped.StreamOption;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.util.ArrayList;
import java.util.List;

/** Close cancels what is pending, and the socket is gone after the last completion. */
class CloseTest {

    @Conformance
    void everythingPendingOnAStreamCompletesWithCanceled(Bench b) {
        var pair = b.pair();
        IoBuffer buffer = b.take(pair.far());
        List<Overlapped> pending = new ArrayList<>();
        pending.add(pair.far().receive(new Overlapped()));
        pending.add(pair.far().receive(new Overlapped(), buffer));
        pending.add(pair.far().receive(new Overlapped()));
        b.stillPending(pending.getFirst());
        pair.far().close();
        for (Overlapped operation : pending) {
            b.ended(operation, Status.CANCELED);
        }
        assertFalse(buffer.isLent());
    }

    @Conformance
    void everythingPendingOnAListenerCompletesWithCanceled(Bench b) {
        TcpListener listener = b.listener();
        List<Overlapped> accepts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            accepts.add(listener.accept(new Overlapped()));
        }
        listener.close();
        for (Overlapped accept : accepts) {
            b.ended(accept, Status.CANCELED);
            assertThrows(IllegalStateException.class, accept::stream);
        }
    }

    @Conformance
    void thePeerSeesTheEnd(Bench b) {
        var raw = b.raw();
        raw.stream().close();
        b.ok(b.server.timer(new Overlapped(), java.time.Duration.ofMillis(5)));
        assertEquals(-1, raw.readOne());
    }

    @Conformance
    void aStartAfterCloseCompletesWithClosed(Bench b) {
        var pair = b.pair();
        pair.far().close();
        b.ended(pair.far().receive(new Overlapped()), Status.CLOSED);
        IoBuffer buffer = b.filled(pair.far(), "x");
        b.ended(pair.far().send(new Overlapped(), buffer), Status.CLOSED);
        assertFalse(buffer.isLent());
        TcpListener listener = b.listener();
        listener.close();
        b.ended(listener.accept(new Overlapped()), Status.CLOSED);
    }

    @Conformance
    void closingTwiceIsClosingOnce(Bench b) {
        var pair = b.pair();
        pair.far().close();
        pair.far().close();
        assertTrue(pair.far().isClosed());
        b.readEnd(pair.near());
    }

    @Conformance
    void aCloseThatIsAwaitedCompletesAfterEverythingElse(Bench b) {
        var pair = b.pair();
        List<Operation> order = new ArrayList<>();
        pair.far().receive(new Overlapped(o -> order.add(o.operation())));
        pair.far().receive(new Overlapped(o -> order.add(o.operation())));
        Overlapped close = pair.far().close(new Overlapped(o -> order.add(o.operation())));
        b.ok(close);
        assertEquals(List.of(Operation.RECEIVE, Operation.RECEIVE, Operation.CLOSE), order);
    }

    @Conformance
    void severalAwaitedClosesAllComplete(Bench b) {
        var pair = b.pair();
        Overlapped first = pair.far().close(new Overlapped());
        Overlapped second = pair.far().close(new Overlapped());
        b.ok(first);
        b.ok(second);
        b.ok(pair.far().close(new Overlapped()));
    }

    @Conformance
    void aCloseIsNotCancelled(Bench b) {
        var pair = b.pair();
        Overlapped close = pair.far().close(new Overlapped());
        close.cancel();
        b.ok(close);
    }

    @Conformance
    void anAddressCanBeBoundAgainOnceItsListenerIsGone(Bench b) {
        TcpListener first = b.listener();
        for (int i = 0; i < 20; i++) {
            Overlapped accept = first.accept(new Overlapped());
            b.server.poll();
            b.ok(first.close(new Overlapped()));
            b.ended(accept, Status.CANCELED);
            TcpListener again = b.server.listen(first.address());
            assertEquals(first.address(), again.address());
            first = again;
        }
    }

    @Conformance
    void connectionsThatNobodyAcceptedEndWithTheirListener(Bench b) {
        TcpListener listener = b.listener();
        b.pair(listener);
        List<Overlapped> connects = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            connects.add(b.ok(b.client.connect(new Overlapped(), listener.address())));
        }
        b.ok(listener.close(new Overlapped()));
        for (Overlapped connect : connects) {
            Overlapped receive = b.done(connect.stream().receive(new Overlapped()));
            assertEquals(0, receive.bytes());
        }
    }

    @Conformance
    void whatWasSentBeforeACloseArrives(Bench b) {
        var raw = b.raw();
        b.write(raw.stream(), "goodbye");
        raw.stream().close();
        b.ok(b.server.timer(new Overlapped(), java.time.Duration.ofMillis(5)));
        assertEquals("goodbye", new String(raw.read(7), java.nio.charset.StandardCharsets.UTF_8));
        assertEquals(-1, raw.readOne());
    }

    @Conformance
    void aCloseWithUnreadDataInFlightHarmsNobody(Bench b) {
        for (int i = 0; i < 50; i++) {
            var raw = b.raw();
            raw.write(b.bytes(2000));
            if (i % 2 == 0) {
                raw.stream().receive(new Overlapped(o -> closeBuffer(o)));
                b.server.poll();
            }
            raw.stream().close();
        }
        var pair = b.pair();
        b.write(pair.near(), "clean");
        assertEquals("clean", b.text(pair.far(), 5));
    }

    private static void closeBuffer(Overlapped o) {
        if (o.hasBuffer()) {
            o.buffer().close();
        }
    }

    @Conformance
    void nothingOfAnOldConnectionReachesALaterOne(Bench b) {
        TcpListener listener = b.listener();
        for (int i = 0; i < 150; i++) {
            Overlapped accept = listener.accept(new Overlapped());
            Overlapped connect = b.ok(b.client.connect(new Overlapped(), listener.address()));
            b.ok(accept);
            TcpStream far = accept.stream();
            Overlapped receive = far.receive(new Overlapped());
            IoBuffer mark = b.filled(connect.stream(), "connection " + i + ";");
            b.ok(connect.stream().send(new Overlapped(), mark));
            if (i % 3 == 0) {
                far.close();
                b.done(receive);
                closeBuffer(receive);
            } else {
                b.ok(receive);
                assertEquals("connection " + i + ";", receive.buffer().text());
                receive.buffer().close();
                // Sent again, and never received: it must not show up in the next connection.
                b.ok(connect.stream().send(new Overlapped(), mark));
                far.close();
            }
            connect.stream().close();
        }
    }

    @Conformance
    void aLingerOfZeroResetsThePeer(Bench b) {
        var raw = b.raw();
        raw.stream().set(StreamOption.LINGER_SECONDS, 0);
        b.ok(raw.stream().close(new Overlapped()));
        assertEquals(-2, raw.readOne());
    }

    @Conformance
    void optionsAndAddressesOfAClosedStreamAreRefused(Bench b) {
        var pair = b.pair();
        b.ok(pair.far().close(new Overlapped()));
        OverlappedException refusal =
                assertThrows(
                        OverlappedException.class, () -> pair.far().get(StreamOption.NO_DELAY));
        assertEquals(Status.CLOSED, refusal.status());
        assertThrows(OverlappedException.class, () -> pair.far().set(StreamOption.NO_DELAY, 1));
        assertThrows(OverlappedException.class, pair.far()::remoteAddress);
    }

    @Conformance
    void anAddressThatWasAskedForStaysKnown(Bench b) {
        var pair = b.pair();
        var address = pair.far().remoteAddress();
        b.ok(pair.far().close(new Overlapped()));
        assertEquals(address, pair.far().remoteAddress());
    }

    @Conformance
    void aStreamWithABlockedSendCloses(Bench b) {
        var raw = b.narrow();
        IoBuffer large = b.filled(raw.stream(), b.bytes(b.options().buffers().bytes()));
        List<Overlapped> sends = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            sends.add(raw.stream().send(new Overlapped(), large));
        }
        b.stillPending(sends.getLast());
        Overlapped close = raw.stream().close(new Overlapped());
        b.ok(close);
        assertTrue(sends.stream().noneMatch(Overlapped::isPending));
        assertFalse(large.isLent());
    }
}
