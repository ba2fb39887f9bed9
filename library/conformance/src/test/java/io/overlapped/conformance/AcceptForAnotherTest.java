package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Accepts whose stream another proactor serves. */
class AcceptForAnotherTest {

    @Conformance
    void theStreamIsTheOtherProactorsAndWorksThere(Bench b) {
        Proactor home = b.open(b.options());
        TcpListener listener = b.listener();
        Overlapped accept = listener.accept(new Overlapped(), home);
        Overlapped connect = b.ok(b.client.connect(new Overlapped(), listener.address()));
        b.ok(accept);
        assertSame(home, accept.stream().proactor());
        assertSame(listener, accept.listener());
        b.write(connect.stream(), "there");
        assertEquals("there", b.text(accept.stream(), 5));
        b.write(accept.stream(), "back");
        assertEquals("back", b.text(connect.stream(), 4));
        assertEquals(connect.stream().localAddress(), accept.stream().remoteAddress());
    }

    @Conformance
    void whatWasSentBeforeItCameIsNotLost(Bench b) {
        Proactor home = b.open(b.options());
        TcpListener listener = b.listener();
        Peer peer = b.connectPeer(listener.address());
        peer.write("early".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Overlapped accept = b.ok(listener.accept(new Overlapped(), home));
        assertEquals("early", b.text(accept.stream(), 5));
    }

    @Conformance
    void acceptsForSeveralProactorsAreServedInTheirOrder(Bench b) {
        List<Proactor> homes = List.of(b.server, b.open(b.options()), b.open(b.options()));
        TcpListener listener = b.listener();
        List<Overlapped> accepts = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            accepts.add(listener.accept(new Overlapped(), homes.get(i % 3)));
        }
        for (int i = 0; i < 9; i++) {
            Overlapped connect = b.ok(b.client.connect(new Overlapped(), listener.address()));
            Overlapped accept = b.ok(accepts.get(i));
            assertSame(homes.get(i % 3), accept.stream().proactor());
            b.write(connect.stream(), "" + i);
            assertEquals("" + i, b.text(accept.stream(), 1));
        }
    }

    @Conformance
    void itTimesOutAndIsCancelledAsAnyAcceptIs(Bench b) {
        Proactor home = b.open(b.options());
        TcpListener listener = b.listener();
        Overlapped timed = new Overlapped().within(Duration.ofMillis(10));
        b.ended(listener.accept(timed, home), Status.TIMED_OUT);
        Overlapped cancelled = listener.accept(new Overlapped(), home);
        cancelled.cancel();
        b.ended(cancelled, Status.CANCELED);
        assertTrue(b.pair(listener).far().remoteAddress().getPort() > 0);
    }

    @Conformance
    void forAProactorThatIsClosedItSaysSoAndThePeerLearnsOfTheEnd(Bench b) {
        Proactor home = b.openAlone();
        TcpListener listener = b.listener();
        Overlapped accept = listener.accept(new Overlapped(), home);
        home.close();
        Overlapped connect = b.ok(b.client.connect(new Overlapped(), listener.address()));
        b.ended(accept, Status.CLOSED);
        assertFalse(accept.hasStream());
        b.readEndOrReset(connect.stream());
    }

    @Conformance
    void theStreamOutlivesTheProactorThatAcceptedIt(Bench b) {
        Proactor home = b.open(b.options());
        Proactor accepting = b.openAlone();
        TcpListener listener = accepting.listen(Bench.ANY_PORT);
        Overlapped accept = listener.accept(new Overlapped(), home);
        Overlapped connect = b.client.connect(new Overlapped(), listener.address());
        while (accept.isPending()) {
            accepting.alertableWait(Duration.ofMillis(1));
            b.client.alertableWait(Duration.ofMillis(1));
            home.alertableWait(Duration.ofMillis(1));
        }
        b.ok(connect);
        accepting.close();
        b.write(connect.stream(), "x");
        assertEquals("x", b.text(accept.stream(), 1));
    }

    @Conformance
    void nothingIsLeftWhenTheOtherIsAbandonedWithAStreamOnItsWay(Bench b) {
        Proactor home = b.openAlone();
        TcpListener listener = b.listener();
        Overlapped accept = listener.accept(new Overlapped(), home);
        Overlapped connect = b.ok(b.client.connect(new Overlapped(), listener.address()));
        for (int i = 0; i < 20; i++) {
            b.server.alertableWait(Duration.ofMillis(1));
        }
        assertTrue(accept.isPending());
        home.abandon();
        b.readEndOrReset(connect.stream());
    }

    @Conformance
    void aThreadThatDrivesBothIsToldThatItCannotWait(Bench b) {
        Proactor home = b.open(b.options());
        TcpListener listener = b.listener();
        Overlapped accept = listener.accept(new Overlapped(), home);
        assertThrows(IllegalStateException.class, accept::await);
        accept.cancel();
        b.ended(accept, Status.CANCELED);
    }
}
