package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.StreamOption;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Whatever a driver has taken that the program did not ask for is given back on every way out: the
 * peers learn of the end, and no descriptor is left, as each test's bench checks.
 */
class WaysOutTest {
    private static final int PEERS = 8;
    private static final Duration STEP = Duration.ofMillis(1);

    @Conformance
    void connectionsTakenAheadEndWithTheirListener(Bench bench) {
        TcpListener listener = bench.listener();
        Overlapped accept = listener.accept(new Overlapped());
        List<Peer> peers = peers(bench, listener);
        bench.ok(accept);
        bench.server.poll();
        bench.ok(listener.close(new Overlapped()));
        accept.stream().close();
        bench.server.poll();
        allLearnOfTheEnd(peers);
    }

    @Conformance
    void connectionsTakenAheadEndWithTheirProactor(Bench bench) {
        takenAhead(bench, Proactor::close);
    }

    @Conformance
    void connectionsTakenAheadEndWithAProactorThatIsAbandoned(Bench bench) {
        takenAhead(bench, Proactor::abandon);
    }

    @Conformance
    void connectionsThatWereAcceptedAndNotToldEndWithAProactorThatIsAbandoned(Bench bench) {
        acceptedAndNotTold(bench, Proactor::abandon);
    }

    @Conformance
    void connectionsThatWereAcceptedAndNotToldEndWithTheirProactor(Bench bench) {
        acceptedAndNotTold(bench, Proactor::close);
    }

    @Conformance
    void theConnectionThatACancelledAcceptHasTakenEndsWithItsListener(Bench bench) {
        TcpListener listener = bench.listener();
        List<Peer> peers = cancelledAccept(bench, bench.server, listener);
        bench.ok(listener.close(new Overlapped()));
        allLearnOfTheEnd(peers);
    }

    @Conformance
    void theConnectionThatACancelledAcceptHasTakenEndsWithItsProactor(Bench bench) {
        Proactor proactor = bench.openAlone();
        List<Peer> peers = cancelledAccept(bench, proactor, proactor.listen(Bench.ANY_PORT));
        proactor.close();
        allLearnOfTheEnd(peers);
    }

    @Conformance
    void theConnectionThatACancelledAcceptHasTakenEndsWhenItsProactorIsAbandoned(Bench bench) {
        Proactor proactor = bench.openAlone();
        List<Peer> peers = cancelledAccept(bench, proactor, proactor.listen(Bench.ANY_PORT));
        proactor.abandon();
        allLearnOfTheEnd(peers);
    }

    /** Each kind of operation is in flight on a stream of its own. */
    @Conformance
    void whateverIsInFlightEndsWithAProactorThatIsAbandoned(Bench bench) {
        Proactor proactor = bench.openAlone();
        TcpListener listener = proactor.listen(Bench.ANY_PORT);
        List<Peer> peers = peers(bench, listener);
        List<TcpStream> streams = new ArrayList<>();
        for (int i = 0; i < PEERS; i++) {
            streams.add(driven(proactor, listener.accept(new Overlapped())).stream());
        }
        streams.get(0).receive(new Overlapped());
        streams.get(1).receive(new Overlapped(), proactor.buffers().take());
        streams.get(2)
                .receive(new Overlapped(), proactor.buffers().take(), proactor.buffers().take());
        Overlapped cancelled = streams.get(3).receive(new Overlapped());
        proactor.alertableWait(STEP);
        cancelled.cancel();
        peers.get(3).write((byte) 3);
        for (byte round = 0; round < 3; round++) {
            // The first is asked for, the others come ahead.
            Overlapped first = round == 0 ? streams.get(4).receive(new Overlapped()) : null;
            peers.get(4).write(round);
            if (first != null) {
                driven(proactor, first).buffer().close();
            }
        }
        proactor.alertableWait(STEP);
        listener.accept(new Overlapped());
        proactor.connect(new Overlapped(), new InetSocketAddress("127.0.0.1", 1));
        proactor.poll();
        proactor.abandon();
        allLearnOfTheEnd(peers);
    }

    @Conformance
    void aSendThatWaitsForItsPeerEndsWithAProactorThatIsAbandoned(Bench bench) {
        Proactor proactor = bench.openAlone();
        TcpListener listener = proactor.listen(Bench.ANY_PORT);
        Overlapped accept = listener.accept(new Overlapped());
        Peer peer = bench.connectPeer(listener.address());
        TcpStream stream = driven(proactor, accept).stream();
        stream.set(StreamOption.SEND_BUFFER_BYTES, 64 * 1024);
        Overlapped send = new Overlapped();
        long sent = 0;
        do {
            IoBuffer buffer = proactor.buffers().take();
            buffer.append(new byte[buffer.writable()], 0, buffer.writable());
            int bytes = buffer.readable();
            stream.send(send, buffer);
            for (int i = 0; i < 50 && send.isPending(); i++) {
                proactor.alertableWait(STEP);
            }
            if (!send.isPending()) {
                buffer.close();
                sent += bytes;
            }
        } while (!send.isPending());
        proactor.abandon();
        // What was sent comes first.
        assertTrue(peer.read(Integer.MAX_VALUE).length >= sent, "what was sent arrives");
    }

    private static void takenAhead(Bench bench, Consumer<Proactor> wayOut) {
        Proactor proactor = bench.openAlone();
        TcpListener listener = proactor.listen(Bench.ANY_PORT);
        Overlapped accept = listener.accept(new Overlapped());
        List<Peer> peers = peers(bench, listener);
        driven(proactor, accept);
        proactor.alertableWait(STEP);
        proactor.poll();
        wayOut.accept(proactor);
        allLearnOfTheEnd(peers);
    }

    /** They are in the system's queue, or the driver's, when the end comes. */
    private static void acceptedAndNotTold(Bench bench, Consumer<Proactor> wayOut) {
        Proactor proactor = bench.openAlone();
        TcpListener listener = proactor.listen(Bench.ANY_PORT);
        for (int i = 0; i < 3; i++) {
            listener.accept(new Overlapped());
        }
        proactor.poll();
        List<Peer> peers = peers(bench, listener);
        wayOut.accept(proactor);
        allLearnOfTheEnd(peers);
    }

    private static List<Peer> cancelledAccept(
            Bench bench, Proactor proactor, TcpListener listener) {
        Overlapped accept = listener.accept(new Overlapped());
        proactor.poll();
        accept.cancel();
        List<Peer> peers = peers(bench, listener);
        driven(proactor, accept);
        proactor.alertableWait(STEP);
        proactor.poll();
        return peers;
    }

    private static List<Peer> peers(Bench bench, TcpListener listener) {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < PEERS; i++) {
            peers.add(bench.connectPeer(listener.address()));
        }
        return peers;
    }

    private static void allLearnOfTheEnd(List<Peer> peers) {
        for (Peer peer : peers) {
            assertTrue(peer.readOne() < 0, "there was nothing to read but the end");
        }
    }

    private static Overlapped driven(Proactor proactor, Overlapped operation) {
        while (operation.isPending()) {
            proactor.alertableWait(STEP);
        }
        return operation;
    }
}
