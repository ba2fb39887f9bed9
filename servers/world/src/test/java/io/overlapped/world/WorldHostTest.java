package io.overlapped.world;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldHostTest {
    private final WorldHost host = new WorldHost(WorldRules.board(), 50);
    private final Encoded courseWire = new Encoded(new CourseWire());
    private final Encoded nativeWire = new Encoded(new NativeWire(1024));
    private final Packet packet = new Packet();

    /** One client on a fake link. */
    private final class Client {
        final boolean course;
        final FakeLink link;
        final Visitor visitor;

        Client(WorldHost host, boolean course) {
            this.course = course;
            link = new FakeLink(course);
            visitor = host.connect(course ? courseWire : nativeWire, link);
        }

        Client login(String name) {
            packet.clear();
            if (course) {
                CourseClientWire.login(packet, name.getBytes(UTF_8));
            } else {
                NativeClientWire.hello(packet, 1, name.getBytes(UTF_8));
            }
            visitor.received(packet.segment());
            return this;
        }

        void move(Direction direction, int moveTime) {
            packet.clear();
            if (course) {
                CourseClientWire.move(packet, direction, moveTime);
            } else {
                NativeClientWire.move(packet, direction, moveTime);
            }
            visitor.received(packet.segment());
        }
    }

    @Test
    void theTwoWiresShareOneWorld() {
        Client ada = new Client(host, true).login("Ada");
        Client bob = new Client(host, false).login("Bob");
        host.tick();
        assertEquals(2, ada.link.view.others().size());
        assertEquals(2, bob.link.view.others().size());
        ada.move(ada.link.view.own().y() == 0 ? Direction.DOWN : Direction.UP, 7);
        host.tick();
        int adaId = id(ada);
        assertTrue(
                ada.link.events.stream()
                        .anyMatch(e -> e instanceof Event.Moved m && m.moveTime() == 7));
        assertTrue(
                bob.link.events.stream()
                        .anyMatch(
                                e ->
                                        e instanceof Event.Moved m
                                                && m.id() == adaId
                                                && m.moveTime() == 0));
        ada.visitor.closed();
        host.tick();
        assertEquals(new Event.Left(adaId), bob.link.events.getLast());
    }

    @Test
    void aClientGetsOneFlushATickHoweverMuchHappened() {
        Client ada = new Client(host, true).login("Ada");
        host.tick();
        int before = ada.link.flushes;
        for (int i = 0; i < 30; i++) {
            ada.move(i % 2 == 0 ? Direction.UP : Direction.DOWN, i);
        }
        host.tick();
        assertEquals(before + 1, ada.link.flushes);
        assertEquals(
                30,
                ada.link.events.stream()
                        .filter(e -> e instanceof Event.Moved m && m.id() == id(ada))
                        .count());
    }

    @Test
    void theCourseConversationHasItsOrder() {
        new Client(host, false).login("Bob");
        host.tick();
        Client ada = new Client(host, true).login("Ada");
        host.tick();
        assertInstanceOf(Event.LoggedIn.class, ada.link.events.get(0));
        assertInstanceOf(Event.Avatar.class, ada.link.events.get(1));
        assertInstanceOf(Event.Entered.class, ada.link.events.get(2));
        assertInstanceOf(Event.Entered.class, ada.link.events.get(3));
        assertEquals(4, ada.link.events.size());
    }

    @Test
    void aRefusedNameMayTryAgain() {
        new Client(host, false).login("Ada");
        Client other = new Client(host, true).login("ada");
        host.tick();
        assertEquals(
                new Event.Refused(0, Refusal.NAME_TAKEN.reason()), other.link.events.getLast());
        other.login("");
        assertEquals(
                new Event.Refused(0, Refusal.NAME_EMPTY.reason()), other.link.events.getLast());
        other.login("Bob");
        host.tick();
        assertNotNull(other.link.view.own());
        assertNull(other.link.ended);
        assertEquals(Map.of(Refusal.NAME_TAKEN, 1L, Refusal.NAME_EMPTY, 1L), host.refusals());
    }

    @Test
    void aWrongVersionIsRefusedAndEnded() {
        for (int version : new int[] {0, 2, 0xFFFF}) {
            Client client = new Client(host, false);
            NativeClientWire.hello(packet.clear(), version, "Ada".getBytes(UTF_8));
            client.visitor.received(packet.segment());
            assertEquals(Refusal.VERSION, client.link.endedBy);
        }
    }

    @Test
    void packetsOutOfTurnEndTheirClientAlone() {
        Client ada = new Client(host, true).login("Ada");
        host.tick();
        Client early = new Client(host, true);
        early.move(Direction.UP, 1);
        assertEquals(WireError.OUT_OF_TURN, early.link.ended);
        Client twice = new Client(host, false).login("Bob");
        twice.login("Bob");
        assertEquals(WireError.OUT_OF_TURN, twice.link.ended);
        ada.login("Ada");
        assertEquals(WireError.OUT_OF_TURN, ada.link.ended);
    }

    @Test
    void aPingIsAnsweredAtOnceAtAnyTime() {
        Client client = new Client(host, false);
        NativeClientWire.ping(packet.clear(), 99);
        client.visitor.received(packet.segment());
        assertEquals(List.of(new Event.Pong(99)), client.link.events);
    }

    @Test
    void aClientThatGoesWhileItJoinsLeavesNothingBehind() {
        Client ada = new Client(host, true).login("Ada");
        Client bob = new Client(host, true).login("Bob");
        ada.visitor.closed();
        host.tick();
        host.tick();
        assertEquals(1, host.world().playerCount());
        assertEquals(1, bob.link.view.others().size());
        assertEquals(1, host.connected());
        assertTrue(ada.link.events.isEmpty());
        new Client(host, true).login("Ada");
        host.tick();
        assertEquals(2, host.world().playerCount());
    }

    @Test
    void nothingIsSentToAClientThatIsGone() {
        Client ada = new Client(host, true).login("Ada");
        Client bob = new Client(host, true).login("Bob");
        host.tick();
        ada.visitor.closed();
        ada.visitor.closed();
        int before = ada.link.events.size();
        bob.move(Direction.DOWN, 1);
        bob.move(Direction.UP, 2);
        host.tick();
        host.tick();
        assertEquals(before, ada.link.events.size());
        assertFalse(ada.visitor.isInside());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyClientsBytesGiveTheTruthAfterRandomTraffic(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        WorldRules rules =
                WorldRules.board()
                        .withSize(30, 30)
                        .withMaxPlayers(12)
                        .withViewRadius(random.nextInt(1, 12))
                        .withNpcs(20, 3)
                        .withNpcsSleep(random.nextBoolean())
                        .withSeed(seed);
        WorldHost many = new WorldHost(rules, 50);
        List<Client> clients = new ArrayList<>();
        int names = 0;
        try {
            for (int step = 0; step < 500; step++) {
                for (int i = random.nextInt(6); i > 0; i--) {
                    int choice = random.nextInt(10);
                    if (clients.isEmpty() || choice == 0) {
                        clients.add(new Client(many, random.nextBoolean()));
                    } else {
                        Client one = clients.get(random.nextInt(clients.size()));
                        if (choice == 1) {
                            one.visitor.closed();
                            clients.remove(one);
                        } else if (one.visitor.isInside()) {
                            one.move(Direction.of(random.nextInt(4)), step);
                        } else if (one.link.ended == null) {
                            one.login("player " + names++);
                        }
                    }
                }
                many.tick();
                assertTruth(many, clients);
            }
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError("seed " + seed, failure);
        }
        assertTrue(many.joins() > 10, "nothing happened: seed " + seed);
    }

    private static void assertTruth(WorldHost host, List<Client> clients) {
        Map<Integer, Piece> pieces = new HashMap<>();
        host.world().forEachPiece(piece -> pieces.put(piece.id(), piece));
        int inside = 0;
        for (Client client : clients) {
            if (client.visitor.isInside()) {
                inside++;
                WorldView.Seen own = client.link.view.own();
                assertNotNull(own);
                Piece piece = pieces.get(own.id());
                assertEquals(piece.x() + "," + piece.y(), own.x() + "," + own.y());
                Map<Integer, String> truth = new HashMap<>();
                for (Piece other : pieces.values()) {
                    if (host.world().sees(piece, other)) {
                        truth.put(other.id(), other.name() + other.x() + "," + other.y());
                    }
                }
                Map<Integer, String> seen = new HashMap<>();
                for (WorldView.Seen other : client.link.view.others()) {
                    seen.put(other.id(), other.name() + other.x() + "," + other.y());
                }
                assertEquals(truth, seen);
            }
        }
        assertEquals(inside, host.world().playerCount());
    }

    private static int id(Client client) {
        return client.link.view.own().id();
    }
}
