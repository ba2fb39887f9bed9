package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Status;
import io.overlapped.StreamOption;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * What systems answer differently, and every driver alike: wildcards, values that are none, and the
 * calls that come after an end. {@link DifferentialTest} looks for more.
 */
class OddCallsTest {

    // ---- addresses

    @Conformance(mixed = true)
    void theWildcardOfVersionFourIsNotReachedByVersionSix(Bench b) {
        TcpListener listener = b.server.listen(new InetSocketAddress("0.0.0.0", 0));
        int port = listener.address().getPort();
        assertEquals("0.0.0.0", listener.address().getAddress().getHostAddress());
        b.ok(b.client.connect(new Overlapped(), new InetSocketAddress("127.0.0.1", port)));
        b.ended(
                b.client.connect(new Overlapped(), new InetSocketAddress("::1", port)),
                Status.REFUSED);
    }

    @Conformance(mixed = true)
    void theWildcardOfVersionSixIsReachedByBoth(Bench b) {
        TcpListener listener = b.server.listen(new InetSocketAddress("::", 0));
        int port = listener.address().getPort();
        for (String host : List.of("127.0.0.1", "::1")) {
            InetSocketAddress address = new InetSocketAddress(host, port);
            Overlapped accept = listener.accept(new Overlapped());
            b.ok(b.client.connect(new Overlapped(), address));
            b.ok(accept);
            assertEquals(address, accept.stream().localAddress());
            assertEquals(address.getAddress(), accept.stream().remoteAddress().getAddress());
        }
    }

    @Conformance(mixed = true)
    void aConnectToAWildcardReachesThisMachine(Bench b) {
        for (String host : List.of("0.0.0.0", "::")) {
            TcpListener listener = b.server.listen(new InetSocketAddress(host, 0));
            Overlapped connect = b.ok(b.client.connect(new Overlapped(), listener.address()));
            assertTrue(connect.stream().remoteAddress().getAddress().isLoopbackAddress());
        }
    }

    @Conformance
    void anAddressOfManyMachinesCannotBeListenedOn(Bench b) {
        for (String host : List.of("224.0.0.1", "ff02::1", "255.255.255.255")) {
            OverlappedException refusal =
                    assertThrows(
                            OverlappedException.class,
                            () -> b.server.listen(new InetSocketAddress(host, 0)));
            assertEquals(Status.ADDRESS_NOT_AVAILABLE, refusal.status(), host);
        }
    }

    @Conformance
    void aBacklogIsOneOrMore(Bench b) {
        for (int backlog : new int[] {Integer.MIN_VALUE, -1, 0}) {
            String said =
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> b.server.listen(Bench.ANY_PORT, backlog, false))
                            .getMessage();
            assertTrue(said.contains("1 or more"), said);
        }
        b.server.listen(Bench.ANY_PORT, Integer.MAX_VALUE, false);
    }

    @Conformance
    void aPeerIsKnownWhenItHasResetTheConnection(Bench b) {
        TcpListener listener = b.listener();
        var pair = b.pair(listener);
        InetSocketAddress near = pair.near().localAddress();
        reset(b, pair.near());
        b.ended(pair.far().receive(new Overlapped()), Status.RESET);
        assertEquals(near, pair.far().remoteAddress());
        assertEquals(listener.address(), pair.far().localAddress());
    }

    @Conformance
    void aPeerThatHadGoneBeforeItsAcceptIsKnown(Bench b) {
        TcpListener listener = b.listener();
        TcpStream near = b.ok(b.client.connect(new Overlapped(), listener.address())).stream();
        InetSocketAddress address = near.localAddress();
        reset(b, near);
        TcpStream far = b.ok(listener.accept(new Overlapped())).stream();
        assertEquals(address, far.remoteAddress());
        b.ended(far.receive(new Overlapped()), Status.RESET);
    }

    // ---- values

    @Conformance
    void aLingerThatWouldMakeTheProactorWaitIsRefused(Bench b) {
        var pair = b.pair();
        for (int seconds : new int[] {Integer.MIN_VALUE, -2, 1, 5, Integer.MAX_VALUE}) {
            String said = refusedValue(pair.near(), StreamOption.LINGER_SECONDS, seconds);
            assertTrue(said.contains("-1 or 0"), said);
        }
        assertEquals(-1, pair.near().get(StreamOption.LINGER_SECONDS));
    }

    @Conformance
    void aSwitchIsOneOrZero(Bench b) {
        var pair = b.pair();
        for (StreamOption option :
                List.of(
                        StreamOption.NO_DELAY,
                        StreamOption.KEEP_ALIVE,
                        StreamOption.REUSE_ADDRESS)) {
            for (int value : new int[] {Integer.MIN_VALUE, -1, 2, Integer.MAX_VALUE}) {
                String said = refusedValue(pair.near(), option, value);
                assertTrue(said.contains(option + " is " + value), said);
                assertTrue(said.contains("0 or 1"), said);
            }
        }
    }

    @Conformance
    void aSizeIsOneOrMoreAndCutToWhatTheSystemAllows(Bench b) {
        var pair = b.pair();
        for (StreamOption option :
                List.of(StreamOption.SEND_BUFFER_BYTES, StreamOption.RECEIVE_BUFFER_BYTES)) {
            for (int value : new int[] {Integer.MIN_VALUE, -1, 0}) {
                var _ = refusedValue(pair.near(), option, value);
            }
            pair.near().set(option, Integer.MAX_VALUE);
            assertTrue(pair.near().get(option) > 0);
            pair.near().set(option, 1);
            assertTrue(pair.near().get(option) > 1, "the system has a least size");
        }
    }

    @Conformance
    void acceptedStreamsInheritEveryOptionOfTheirListener(Bench b) {
        TcpListener listener = b.listener();
        listener.set(StreamOption.NO_DELAY, 0);
        listener.set(StreamOption.KEEP_ALIVE, 1);
        listener.set(StreamOption.LINGER_SECONDS, 0);
        listener.set(StreamOption.SEND_BUFFER_BYTES, 70_000);
        listener.set(StreamOption.USER_TIMEOUT_MILLIS, 7000);
        TcpStream heir = b.pair(listener).far();
        for (StreamOption option : StreamOption.values()) {
            if (option != StreamOption.RECEIVE_BUFFER_BYTES) {
                assertEquals(listener.get(option), heir.get(option), option::name);
            }
        }
    }

    @Conformance
    void optionsAreSetAndToldWhateverHasEnded(Bench b) {
        var pair = b.pair();
        b.ok(pair.near().shutdownOutput(new Overlapped()));
        setAndGet(pair.near());
        reset(b, pair.far());
        b.ended(pair.near().receive(new Overlapped()), Status.RESET);
        setAndGet(pair.near());
    }

    // ---- ends

    @Conformance(mixed = true)
    void everyReceiveAndSendAfterAResetTellsIt(Bench b) {
        var pair = b.pair();
        b.write(pair.near(), "last words");
        arrive(b);
        reset(b, pair.near());
        assertEquals("last words", b.text(pair.far(), 10));
        for (int i = 0; i < 3; i++) {
            b.ended(pair.far().receive(new Overlapped()), Status.RESET);
            b.ended(pair.far().send(new Overlapped(), b.filled(pair.far(), "x")), Status.RESET);
        }
    }

    @Conformance(mixed = true)
    void aResetThatASendHasFoundIsNoEndOfTheStream(Bench b) {
        var pair = b.pair();
        reset(b, pair.near());
        b.ended(pair.far().send(new Overlapped(), b.filled(pair.far(), "x")), Status.RESET);
        for (int i = 0; i < 3; i++) {
            b.ended(pair.far().receive(new Overlapped()), Status.RESET);
        }
    }

    @Conformance(mixed = true)
    void theEndOfTheStreamStaysItsEnd(Bench b) {
        var pair = b.pair();
        pair.near().close();
        b.readEnd(pair.far());
        b.write(pair.far(), "to nobody");
        Overlapped send = new Overlapped();
        b.until(
                () ->
                        b.done(pair.far().send(send, b.filled(pair.far(), "x"))).status()
                                != Status.OK);
        assertEquals(Status.RESET, send.status());
        b.readEnd(pair.far());
        b.readEnd(pair.far());
    }

    @Conformance
    void receivesInLineAllTellTheEnd(Bench b) {
        var pair = b.pair();
        List<Overlapped> receives =
                List.of(
                        pair.far().receive(new Overlapped()),
                        pair.far().receive(new Overlapped(), b.take(pair.far())),
                        pair.far().receive(new Overlapped()));
        reset(b, pair.near());
        receives.forEach(receive -> b.ended(receive, Status.RESET));
    }

    @Conformance
    void anOutputIsEndedAsOftenAsOneLikes(Bench b) {
        var pair = b.pair();
        b.ok(pair.near().shutdownOutput(new Overlapped()));
        b.ok(pair.near().shutdownOutput(new Overlapped()));
        reset(b, pair.far());
        b.ended(pair.near().receive(new Overlapped()), Status.RESET);
        b.ok(pair.near().shutdownOutput(new Overlapped()));
        b.ended(pair.near().send(new Overlapped(), b.filled(pair.near(), "x")), Status.BROKEN_PIPE);
    }

    @Conformance
    void anOutputCanBeEndedAfterAReset(Bench b) {
        var pair = b.pair();
        reset(b, pair.far());
        b.ended(pair.near().receive(new Overlapped()), Status.RESET);
        b.ok(pair.near().shutdownOutput(new Overlapped()));
    }

    /** Wherever they are: in the system, or with a driver that has read them ahead. */
    @Conformance(mixed = true)
    void aCloseWithBytesUnreadResetsThePeer(Bench b) {
        for (boolean received : new boolean[] {false, true}) {
            var pair = b.pair();
            b.write(pair.near(), "1");
            if (received) {
                b.read(pair.far(), 1);
                b.write(pair.near(), "2");
            }
            arrive(b);
            b.ok(pair.far().close(new Overlapped()));
            b.ended(pair.near().receive(new Overlapped()), Status.RESET);
        }
    }

    @Conformance(mixed = true)
    void whoWasNotAcceptedIsResetWhenTheListenerCloses(Bench b) {
        TcpListener listener = b.listener();
        b.pair(listener);
        Overlapped connect = b.ok(b.client.connect(new Overlapped(), listener.address()));
        b.ok(listener.close(new Overlapped()));
        b.ended(connect.stream().receive(new Overlapped()), Status.RESET);
    }

    private static void reset(Bench b, TcpStream stream) {
        stream.set(StreamOption.LINGER_SECONDS, 0);
        b.ok(stream.close(new Overlapped()));
        arrive(b);
    }

    /** What is on its way arrives: time passes in a simulated world only where somebody waits. */
    private static void arrive(Bench b) {
        b.ok(b.server.timer(new Overlapped(), Duration.ofMillis(5)));
    }

    private static void setAndGet(TcpStream stream) {
        for (int value : new int[] {0, 1}) {
            stream.set(StreamOption.NO_DELAY, value);
            assertEquals(value, stream.get(StreamOption.NO_DELAY));
            stream.set(StreamOption.KEEP_ALIVE, value);
            assertEquals(value, stream.get(StreamOption.KEEP_ALIVE));
        }
        stream.set(StreamOption.LINGER_SECONDS, 0);
        assertEquals(0, stream.get(StreamOption.LINGER_SECONDS));
        stream.set(StreamOption.USER_TIMEOUT_MILLIS, 9000);
        assertEquals(9000, stream.get(StreamOption.USER_TIMEOUT_MILLIS));
    }

    private static String refusedValue(TcpStream stream, StreamOption option, int value) {
        return assertThrows(IllegalArgumentException.class, () -> stream.set(option, value))
                .getMessage();
    }
}
