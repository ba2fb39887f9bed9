package io.overlapped.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Options;
import io.overlapped.Proactor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Good players among hostile ones, on real sockets, from a seed. */
@Timeout(300)
class WorldChaosTest {
    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

    private final List<RawClient> clients = new ArrayList<>();
    private Proactor proactor;
    private WorldServer server;
    private InetSocketAddress courseAddress;
    private InetSocketAddress nativeAddress;

    @AfterEach
    void close() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        server.close();
        proactor.close();
    }

    @ParameterizedTest
    @CsvSource({"uring, 1", "uring, 2", "nio, 1", "nio, 2"})
    void goodPlayersAgreeOnTheWorldAfterHostileOnesCameAndWent(String driver, long seed)
            throws IOException {
        proactor = Proactor.start(Options.defaults().withDriver(driver));
        WorldRules rules = WorldRules.board().withMaxPlayers(40).withNpcs(0, 1).withSeed(seed);
        server = WorldServer.open(proactor, WorldOptions.of(rules).withTickMillis(5));
        courseAddress = server.listenCourse(ANY);
        nativeAddress = server.listenNative(ANY);
        SplittableRandom random = new SplittableRandom(seed);
        List<RawClient> good = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            good.add(client(i % 2 == 0).in("good " + i));
        }
        Map<RawClient, Integer> moves = new TreeMap<>((a, b) -> Integer.compare(a.id(), b.id()));
        try {
            for (int step = 0; step < 300; step++) {
                RawClient one = good.get(random.nextInt(good.size()));
                one.send(one.moveBytes(Direction.of(random.nextInt(4)), step));
                moves.merge(one, 1, Integer::sum);
                if (random.nextInt(3) == 0) {
                    beHostile(random, step);
                }
                if (step % 20 == 0) {
                    // So slowly that the limit on packets a second is kept.
                    int expected = moves.get(one);
                    one.until(() -> answers(one) == expected);
                }
            }
            agree(good, moves);
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError("driver " + driver + " seed " + seed, failure);
        }
        assertTrue(server.counts().size() > 3, "closed for: " + server.counts());
    }

    /** Comes, sends part of something or nonsense, and goes in one way or another. */
    private void beHostile(SplittableRandom random, int step) throws IOException {
        RawClient hostile = client(random.nextBoolean());
        byte[] bytes =
                Streams.join(
                        hostile.loginBytes("hostile " + step),
                        hostile.moveBytes(Direction.UP, step));
        switch (random.nextInt(4)) {
            case 0 -> random.nextBytes(bytes);
            case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 2 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            default -> bytes = hostile.loginBytes("hostile " + step);
        }
        hostile.send(bytes);
        switch (random.nextInt(3)) {
            case 0 -> hostile.reset();
            case 1 -> hostile.close();
            default -> hostile.socket().shutdownOutput();
        }
    }

    private void agree(List<RawClient> good, Map<RawClient, Integer> moves) {
        for (RawClient one : good) {
            int expected = moves.getOrDefault(one, 0);
            one.until(() -> answers(one) == expected);
        }
        for (RawClient one : good) {
            one.until(() -> one.view.others().size() == good.size() - 1);
            for (RawClient other : good) {
                one.until(
                        () -> {
                            WorldView.Seen seen =
                                    other == one ? other.view.own() : seen(one, other);
                            WorldView.Seen own = other.view.own();
                            return seen != null && seen.x() == own.x() && seen.y() == own.y();
                        });
            }
        }
        assertEquals(good.size(), server.players());
    }

    private static WorldView.Seen seen(RawClient by, RawClient other) {
        return by.view.others().stream()
                .filter(piece -> piece.id() == other.id())
                .findFirst()
                .orElse(null);
    }

    private static int answers(RawClient client) {
        int count = 0;
        for (Event event : client.events) {
            if (event instanceof Event.Moved moved && moved.id() == client.id()) {
                count++;
            }
        }
        return count;
    }

    private RawClient client(boolean course) throws IOException {
        RawClient client = new RawClient(course ? courseAddress : nativeAddress, course);
        clients.add(client);
        return client;
    }
}
