package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Operation;
import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Listening, accepting, connecting, and the addresses at both ends. */
class ConnectTest {

    @Conformance(mixed = true)
    void bothEndsKnowBothAddresses(Bench b) {
        TcpListener listener = b.listener();
        var pair = b.pair(listener);
        assertEquals(listener.address(), pair.near().remoteAddress());
        assertEquals(listener.address(), pair.far().localAddress());
        assertEquals(pair.near().localAddress(), pair.far().remoteAddress());
    }

    @Conformance
    void portZeroFindsAFreePort(Bench b) {
        TcpListener first = b.listener();
        TcpListener second = b.listener();
        assertTrue(first.address().getPort() > 0);
        assertTrue(first.address().getPort() != second.address().getPort());
    }

    @Conformance
    void aPortInUseIsRefusedAtTheCall(Bench b) {
        TcpListener listener = b.listener();
        OverlappedException refusal =
                assertThrows(OverlappedException.class, () -> b.server.listen(listener.address()));
        assertEquals(Status.ADDRESS_IN_USE, refusal.status());
        assertTrue(
                refusal.getMessage().contains(Integer.toString(listener.address().getPort())),
                refusal::getMessage);
    }

    @Conformance
    void anAddressThatIsNotOursIsRefusedAtTheCall(Bench b) {
        OverlappedException refusal =
                assertThrows(
                        OverlappedException.class,
                        () -> b.server.listen(new InetSocketAddress("192.0.2.1", 0)));
        assertEquals(Status.ADDRESS_NOT_AVAILABLE, refusal.status());
    }

    @Conformance
    void aConnectWhereNobodyListensIsRefused(Bench b) {
        TcpListener listener = b.listener();
        b.ok(listener.close(new Overlapped()));
        Overlapped connect = b.client.connect(new Overlapped(), listener.address());
        b.ended(connect, Status.REFUSED);
        assertThrows(IllegalStateException.class, connect::stream);
    }

    @Conformance
    void theBlockOfARefusedConnectMayBeUsedAgain(Bench b) {
        TcpListener gone = b.listener();
        b.ok(gone.close(new Overlapped()));
        Overlapped connect = new Overlapped();
        for (int i = 0; i < 20; i++) {
            b.ended(b.client.connect(connect, gone.address()), Status.REFUSED);
        }
        TcpListener listener = b.listener();
        Overlapped accept = listener.accept(new Overlapped());
        b.ok(b.client.connect(connect, listener.address()));
        b.ok(accept);
    }

    @Conformance
    void anUnresolvedNameIsRefusedAtTheCall(Bench b) {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 80);
        assertThrows(
                IllegalArgumentException.class,
                () -> b.client.connect(new Overlapped(), unresolved));
        assertThrows(IllegalArgumentException.class, () -> b.server.listen(unresolved));
    }

    @Conformance
    void acceptsCompleteInTheOrderTheyWereStarted(Bench b) {
        TcpListener listener = b.listener();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int number = i;
            listener.accept(new Overlapped(_ -> order.add(number)));
        }
        for (int i = 0; i < 10; i++) {
            b.ok(b.client.connect(new Overlapped(), listener.address()));
        }
        b.until(() -> order.size() == 10);
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), order);
    }

    @Conformance
    void connectionsWaitForTheirAccepts(Bench b) {
        TcpListener listener = b.listener();
        List<Overlapped> connects = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            connects.add(b.ok(b.client.connect(new Overlapped(), listener.address())));
        }
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            Overlapped accept = b.ok(listener.accept(new Overlapped()));
            ports.add(accept.stream().remoteAddress().getPort());
        }
        for (Overlapped connect : connects) {
            assertTrue(ports.contains(connect.stream().localAddress().getPort()));
        }
    }

    @Conformance
    void anAcceptKnowsItsListener(Bench b) {
        TcpListener listener = b.listener();
        Overlapped accept = listener.accept(new Overlapped());
        b.ok(b.client.connect(new Overlapped(), listener.address()));
        b.ok(accept);
        assertSame(listener, accept.listener());
        assertEquals(Operation.ACCEPT, accept.operation());
    }

    @Conformance
    void aConnectionThatWasResetBeforeItsAcceptHarmsNobody(Bench b) {
        TcpListener listener = b.listener();
        b.connectPeer(listener.address()).reset();
        Overlapped connect = b.ok(b.client.connect(new Overlapped(), listener.address()));
        int mine = connect.stream().localAddress().getPort();
        Overlapped accept = b.ok(listener.accept(new Overlapped()));
        if (remotePort(accept) != mine) {
            b.ok(listener.accept(accept));
        }
        assertEquals(mine, remotePort(accept));
    }

    private static int remotePort(Overlapped accept) {
        try {
            return accept.stream().remoteAddress().getPort();
        } catch (OverlappedException reset) {
            return -1;
        }
    }

    @Conformance
    void versionSixOfTheInternetProtocolWorksToo(Bench b) {
        TcpListener listener = b.server.listen(new InetSocketAddress("::1", 0));
        var pair = b.pair(listener);
        assertEquals(listener.address(), pair.near().remoteAddress());
        b.write(pair.near(), "six");
        assertEquals("six", b.text(pair.far(), 3));
    }

    @Conformance
    void aWildcardListenerIsReachedByItsLoopbackAddress(Bench b) {
        TcpListener listener = b.server.listen(new InetSocketAddress("0.0.0.0", 0));
        Overlapped accept = listener.accept(new Overlapped());
        InetSocketAddress loopback =
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), listener.address().getPort());
        Overlapped connect = b.ok(b.client.connect(new Overlapped(), loopback));
        b.ok(accept);
        b.write(connect.stream(), "x");
        b.read(accept.stream(), 1);
    }

    @Conformance
    void severalListenersMayShareAnAddressIfAllSaySo(Bench b) {
        TcpListener first = b.server.listen(Bench.ANY_PORT, 16, true);
        Proactor other = b.open(b.options());
        TcpListener second = other.listen(first.address(), 16, true);
        assertEquals(first.address(), second.address());
        List<Overlapped> accepts =
                List.of(first.accept(new Overlapped()), second.accept(new Overlapped()));
        b.ok(b.client.connect(new Overlapped(), first.address()));
        b.until(() -> accepts.stream().anyMatch(accept -> !accept.isPending()));
    }

    @Conformance
    void twoHundredConnectionsOpenAtOnce(Bench b) {
        TcpListener listener = b.listener();
        List<Overlapped> operations = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            operations.add(listener.accept(new Overlapped()));
            operations.add(b.client.connect(new Overlapped(), listener.address()));
        }
        for (Overlapped operation : operations) {
            b.ok(operation);
        }
        for (int i = 1; i < operations.size(); i += 2) {
            var stream = operations.get(i).stream();
            stream.send(new Overlapped(), b.filled(stream, "x"));
            if (i % 100 == 99) {
                b.server.poll();
            }
        }
        for (int i = 0; i < operations.size(); i += 2) {
            b.read(operations.get(i).stream(), 1);
        }
    }
}
