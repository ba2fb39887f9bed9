package io.overlapped.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Options;
import io.overlapped.Proactor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** The server on real sockets: each driver, each wire. */
@ParameterizedClass
@CsvSource({"uring, true", "uring, false", "nio, true", "nio, false"})
@Timeout(300)
class WorldServerTest {
    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

    @Parameter(0)
    String driver;

    @Parameter(1)
    boolean course;

    private Proactor proactor;
    private WorldServer server;
    private InetSocketAddress courseAddress;
    private InetSocketAddress nativeAddress;
    private final List<RawClient> clients = new ArrayList<>();

    @BeforeEach
    void open() {
        proactor = Proactor.start(Options.defaults().withDriver(driver).withChecked(true));
        WorldRules rules = WorldRules.board().withNpcs(1, 5);
        server = WorldServer.open(proactor, WorldOptions.of(rules).withTickMillis(10));
        courseAddress = server.listenCourse(ANY);
        nativeAddress = server.listenNative(ANY);
    }

    @AfterEach
    void close() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        server.close();
        proactor.close();
    }

    private RawClient client() throws IOException {
        return client(course);
    }

    private RawClient client(boolean onCourse) throws IOException {
        RawClient client = new RawClient(onCourse ? courseAddress : nativeAddress, onCourse);
        clients.add(client);
        return client;
    }

    @Test
    void everybodySeesAPieceAppearMoveAndVanish() throws IOException {
        RawClient ada = client().in("Ada");
        RawClient bob = client(!course).in("Bob");
        ada.until(() -> ada.sees(bob.id()));
        bob.until(() -> bob.sees(ada.id()));
        int x = bob.view.own().x();
        Direction way = x == 0 ? Direction.RIGHT : Direction.LEFT;
        bob.send(bob.moveBytes(way, 1234));
        int expected = x == 0 ? 1 : x - 1;
        bob.until(() -> bob.view.own().x() == expected);
        ada.until(
                () ->
                        ada.view.others().stream()
                                .anyMatch(p -> p.id() == bob.id() && p.x() == expected));
        bob.close();
        ada.until(() -> !ada.sees(bob.id()));
    }

    @Test
    void theMoverAloneGetsItsMoveTimeBack() throws IOException {
        RawClient ada = client().in("Ada");
        RawClient bob = client().in("Bob");
        ada.until(() -> ada.sees(bob.id()));
        bob.send(bob.moveBytes(Direction.UP, 77));
        bob.send(bob.moveBytes(Direction.DOWN, 78));
        bob.until(() -> movesOf(bob, bob.id()).size() == 2);
        assertEquals(List.of(77, 78), movesOf(bob, bob.id()));
        ada.until(() -> !movesOf(ada, bob.id()).isEmpty());
        assertEquals(Set.of(0), new HashSet<>(movesOf(ada, bob.id())));
    }

    @Test
    void theWorldGoesOnWhileEveryClientIsSilent() throws IOException {
        RawClient ada = client().in("Ada");
        ada.until(() -> movesOf(ada, WorldRules.FIRST_NPC_ID).size() >= 10);
    }

    @Test
    void aPieceVanishesAfterAReset() throws IOException {
        RawClient ada = client().in("Ada");
        RawClient bob = client().in("Bob");
        int bobId = bob.id();
        ada.until(() -> ada.sees(bobId));
        bob.reset();
        ada.until(() -> !ada.sees(bobId));
        client().in("Bob");
    }

    @Test
    void packetsArriveInPiecesOfOneByte() throws IOException {
        RawClient ada = client();
        for (byte one : ada.loginBytes("Ada")) {
            ada.send(new byte[] {one});
        }
        ada.until(() -> ada.view.own() != null);
        for (byte one : ada.moveBytes(Direction.UP, 5)) {
            ada.send(new byte[] {one});
        }
        ada.until(() -> movesOf(ada, ada.id()).equals(List.of(5)));
    }

    @Test
    void packetsMayArriveTogether() throws IOException {
        RawClient ada = client().in("Ada");
        byte[] many = {};
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            many = Streams.join(many, ada.moveBytes(Direction.of(i % 4), i));
            expected.add(i);
        }
        ada.send(many);
        ada.until(() -> movesOf(ada, ada.id()).size() == 50);
        assertEquals(expected, movesOf(ada, ada.id()));
    }

    @Test
    void theEleventhPlayerIsRefusedAndComesInWhenOneGoes() throws IOException {
        for (int i = 0; i < 10; i++) {
            client().in("player " + i);
        }
        RawClient late = client();
        late.send(late.loginBytes("late"));
        late.until(() -> !late.events.isEmpty());
        Event.Refused refused = assertInstanceOf(Event.Refused.class, late.events.getFirst());
        assertEquals(Refusal.FULL.reason(), refused.reason());
        clients.get(3).close();
        RawClient watcher = clients.get(0);
        watcher.until(
                () -> watcher.view.others().stream().noneMatch(p -> p.name().equals("player 3")));
        late.send(late.loginBytes("late"));
        late.until(() -> late.view.own() != null);
    }

    @Test
    void badNamesAreRefusedWithTheirReasonAndMayBeTriedAgain() throws IOException {
        client().in("Ada");
        RawClient other = client();
        other.send(other.loginBytes("ADA"));
        other.until(() -> other.events.size() == 1);
        other.send(other.loginBytes(" "));
        other.until(() -> other.events.size() == 2);
        other.send(other.loginBytes("a\u0007"));
        other.until(() -> other.events.size() == 3);
        byte[] malformed = other.loginBytes("xx");
        malformed[malformed.length - (course ? 20 : 2)] = (byte) 0xFF;
        other.send(malformed);
        other.until(() -> other.events.size() == 4);
        List<String> reasons =
                other.events.stream().map(e -> ((Event.Refused) e).reason()).toList();
        assertEquals(
                List.of(
                        Refusal.NAME_TAKEN.reason(),
                        Refusal.NAME_EMPTY.reason(),
                        Refusal.NAME_MALFORMED.reason(),
                        Refusal.NAME_MALFORMED.reason()),
                reasons);
        other.in("Bob");
    }

    @Test
    void malformedPacketsEndTheirClientAndNobodyElse() throws IOException {
        RawClient ada = client().in("Ada");
        List<byte[]> bad = course ? badCourse() : badNative();
        for (byte[] bytes : bad) {
            RawClient hostile = client().in("hostile");
            int id = hostile.id();
            ada.until(() -> ada.sees(id));
            hostile.send(bytes);
            hostile.untilEnd();
            ada.until(() -> !ada.sees(id));
            if (!course) {
                assertInstanceOf(Event.Closing.class, hostile.events.getLast());
            }
        }
        int before = movesOf(ada, ada.id()).size();
        ada.send(ada.moveBytes(Direction.UP, 1));
        ada.until(() -> movesOf(ada, ada.id()).size() == before + 1);
    }

    private static List<byte[]> badCourse() {
        byte[] oldLogin = new byte[25];
        oldLogin[0] = 25;
        return List.of(
                new byte[] {0},
                new byte[] {1},
                new byte[] {(byte) 255},
                new byte[] {5, 1, 0, 0, 0},
                new byte[] {5, 9, 0, 0, 0},
                new byte[] {13, 1, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0},
                oldLogin);
    }

    private static List<byte[]> badNative() {
        return List.of(
                new byte[] {0, 0},
                new byte[] {(byte) 255, (byte) 255},
                new byte[] {1, 0, 0},
                new byte[] {1, 0, 65},
                new byte[] {1, 0, 2},
                new byte[] {7, 0, 2, 0, 0, 0, 0, 0, 0},
                new byte[] {6, 0, 2, 4, 0, 0, 0, 0},
                new byte[] {4, 0, 1, 1, 0, 0});
    }

    @Test
    void clientsThatResetAtAnyByteLeaveNothingBehind() throws IOException {
        RawClient ada = client().in("Ada");
        RawClient model = client();
        byte[] bytes = Streams.join(model.loginBytes("gone"), model.moveBytes(Direction.LEFT, 1));
        for (int count = 0; count <= bytes.length; count++) {
            RawClient gone = client();
            gone.send(Arrays.copyOf(bytes, count));
            gone.reset();
        }
        ada.until(() -> server.connected() == 2);
        ada.until(() -> ada.view.others().size() == 1);
    }

    @Test
    void aHalfClosedClientIsGoneToo() throws IOException {
        RawClient ada = client().in("Ada");
        RawClient bob = client().in("Bob");
        int bobId = bob.id();
        ada.until(() -> ada.sees(bobId));
        bob.socket().shutdownOutput();
        ada.until(() -> !ada.sees(bobId));
        bob.untilEnd();
    }

    @Test
    void idsAreNotGivenAgainSoon() throws IOException {
        int first = client().in("one").id();
        clients.getLast().close();
        int second = client().in("two").id();
        assertNotEquals(first, second);
        assertTrue(first < WorldRules.FIRST_NPC_ID && second < WorldRules.FIRST_NPC_ID);
    }

    @Test
    void aClosedServerEndsItsClientsAndFreesItsPorts() throws IOException {
        RawClient ada = client().in("Ada");
        server.close();
        ada.untilEnd();
        if (!course) {
            assertInstanceOf(Event.Closing.class, ada.events.getLast());
        }
        server = WorldServer.open(proactor, WorldOptions.of(WorldRules.board()));
        server.listenCourse(courseAddress);
        new RawClient(courseAddress, true).in("Ada").close();
    }

    private static List<Integer> movesOf(RawClient client, int id) {
        List<Integer> times = new ArrayList<>();
        for (Event event : client.events) {
            if (event instanceof Event.Moved moved && moved.id() == id) {
                times.add(moved.moveTime());
            }
        }
        return times;
    }
}
