package io.overlapped.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that come by way of somebody of ours: whom the limits for an address count. */
class HopsTest {
    private static final int USERS = 80;

    /** The first frame is the address of whoever the hop speaks for; it is answered. */
    private static final class Told extends Sessions {
        @Override
        public void received(Session session, MemorySegment frame) {
            super.received(session, frame);
            String address = Frames.text(session.framing().payload(frame));
            if (session.countAs(InetAddress.ofLiteral(address))) {
                assertEquals(InetAddress.ofLiteral(address), session.peerAddress());
                session.send(Frames.text("welcome"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void eightyUsersComeThroughOneHop(String driver) throws IOException {
        for (Limits limits :
                List.of(
                        Limits.behindProxy(),
                        Limits.library().withHops(Networks.LOOPBACK),
                        Limits.trusted())) {
            try (Site site = new Site(driver, Site.FRAMING, limits, new Sessions())) {
                for (int i = 0; i < USERS; i++) {
                    site.connect();
                }
                Site.await(
                        () -> site.server.report().open() == USERS,
                        () -> site.server.report().toString());
                assertEquals(0, site.closed(CloseReason.TOO_MANY_FROM_ADDRESS));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void withoutAHopTheirAddressHasTooMany(String driver) throws IOException {
        try (Site site = new Site(driver, Site.FRAMING, Limits.library(), new Sessions())) {
            for (int i = 0; i < USERS; i++) {
                site.connect();
            }
            site.awaitClosed(CloseReason.TOO_MANY_FROM_ADDRESS, USERS - 64);
            assertEquals(64, site.server.report().open());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void aHostileAddressIsLimitedBehindAHopThatTellsIt(String driver) throws IOException {
        Limits limits = limits(3, 1_000, Networks.LOOPBACK);
        try (Site site = new Site(driver, Site.FRAMING, limits, new Told())) {
            Socket first = welcome(site, "203.0.113.9");
            welcome(site, "203.0.113.9");
            welcome(site, "203.0.113.9");
            for (int i = 0; i < 5; i++) {
                turnedAway(site, "203.0.113.9");
            }
            site.awaitClosed(CloseReason.TOO_MANY_FROM_ADDRESS, 5);
            for (int i = 1; i <= 50; i++) {
                welcome(site, "198.51.100." + i);
            }
            // An IPv6 address is its /64, behind a hop too.
            for (int i = 1; i <= 3; i++) {
                welcome(site, "2001:db8::" + i);
            }
            turnedAway(site, "2001:db8::4");
            // What ends makes room, though it was turned away by its real address.
            first.close();
            site.awaitClosed(CloseReason.PEER_CLOSED, 1);
            Site.await(() -> site.server.report().ending() == 0, () -> "gone");
            welcome(site, "203.0.113.9");
            turnedAway(site, "203.0.113.9");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void aHostileAddressCannotBeginAgainAndAgainBehindAHop(String driver) throws IOException {
        for (Networks hops : List.of(Networks.LOOPBACK, Networks.ALL)) {
            Limits limits = limits(1_000, 4, hops);
            try (Site site = new Site(driver, Site.FRAMING, limits, new Told())) {
                for (int i = 0; i < 4; i++) {
                    welcome(site, "203.0.113.9").close();
                }
                turnedAway(site, "203.0.113.9");
                welcome(site, "203.0.113.10");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void whoIsNoHopIsNotBelieved(String driver) throws IOException {
        Limits limits = limits(3, 1_000, Networks.of("10.0.0.0/8"));
        try (Site site = new Site(driver, Site.FRAMING, limits, new Told())) {
            turnedAway(site, "203.0.113.9");
            site.awaitClosed(CloseReason.NOT_A_HOP, 1);
            site.awaitQuiet();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uring", "nio"})
    void whoSpeaksForAnotherAfterAnotherIsCountedAsTheLast(String driver) throws IOException {
        Limits limits = limits(1, 1_000, Networks.LOOPBACK);
        try (Site site = new Site(driver, Site.FRAMING, limits, new Told())) {
            Socket socket = welcome(site, "203.0.113.1");
            say(socket, "203.0.113.2");
            assertEquals("welcome", heard(socket));
            welcome(site, "203.0.113.1");
            turnedAway(site, "203.0.113.2");
        }
    }

    @Test
    void networksAreWrittenAsUsual() {
        Networks networks = Networks.of("10.0.0.0/8", "192.0.2.128/25", "2001:db8::/33", "::1");
        for (String inside :
                List.of("10.1.2.3", "192.0.2.128", "192.0.2.255", "2001:db8:7fff::1", "::1")) {
            assertTrue(networks.contains(InetAddress.ofLiteral(inside)), inside);
        }
        for (String outside :
                List.of("11.0.0.0", "192.0.2.127", "192.0.3.129", "2001:db8:8000::1", "::2")) {
            assertFalse(networks.contains(InetAddress.ofLiteral(outside)), outside);
        }
        assertTrue(Networks.ALL.contains(InetAddress.ofLiteral("203.0.113.9")));
        assertTrue(Networks.ALL.contains(InetAddress.ofLiteral("2001:db8::1")));
        assertFalse(Networks.NONE.contains(InetAddress.ofLiteral("127.0.0.1")));
        assertEquals("10.0.0.0/8 192.0.2.1", Networks.of("10.0.0.0/8", "192.0.2.1").toString());
        assertEquals("none", Networks.NONE.toString());
        for (String wrong :
                List.of(
                        "",
                        "10/8",
                        "10.1",
                        "10.0.0.0/33",
                        "::/129",
                        "10.0.0.0/-1",
                        "10.0.0/x",
                        "example.org")) {
            assertThrows(IllegalArgumentException.class, () -> Networks.of(wrong), wrong);
        }
    }

    private static Limits limits(int atOnce, int begun, Networks hops) {
        return Limits.library()
                .withAdmission(
                        new Limits.Admission(1_000, atOnce, begun, Duration.ofMinutes(10), hops));
    }

    private static Socket welcome(Site site, String address) throws IOException {
        Socket socket = site.connect();
        say(socket, address);
        assertEquals("welcome", heard(socket), address);
        return socket;
    }

    private static void turnedAway(Site site, String address) throws IOException {
        Socket socket = site.connect();
        say(socket, address);
        assertEquals("", heard(socket), address);
        socket.close();
    }

    private static void say(Socket socket, String address) throws IOException {
        socket.getOutputStream().write(Frames.framed(address));
    }

    /** A payload, or nothing at the end of the stream. */
    private static String heard(Socket socket) throws IOException {
        byte[] header = socket.getInputStream().readNBytes(2);
        return header.length == 0
                ? ""
                : new String(
                        socket.getInputStream().readNBytes(header[0]),
                        java.nio.charset.StandardCharsets.UTF_8);
    }
}
