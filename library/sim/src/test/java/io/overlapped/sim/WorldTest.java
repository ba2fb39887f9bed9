package io.overlapped.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Overlapped;
import io.overlapped.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Worlds of an echo server and its clients. */
class WorldTest {
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final int SEEDS = 150;

    @Test
    void withoutFaultsEveryClientStaysConnectedAndIsAnswered() {
        EchoWorld echo = new EchoWorld(1, Faults.none(), 5);
        try (World world = echo.world) {
            world.run(Duration.ofSeconds(5));
            assertEquals(0, world.faultCount());
        }
        for (EchoWorld.Client client : echo.clients) {
            assertEquals(1, client.connections);
            assertTrue(client.messages > 1000, () -> client.messages + " messages");
        }
    }

    @Test
    void theSameSeedGivesTheSameWorldAndAnotherAnother() {
        assertEquals(run(7).hash, run(7).hash);
        assertNotEquals(run(7).hash, run(8).hash);
    }

    @Test
    void aSeedReplaysItsTraceToTheLine() {
        List<String> first = trace(11);
        List<String> second = trace(11);
        assertTrue(first.size() > 100, () -> first.size() + " lines");
        assertEquals(first, second);
    }

    @Test
    void noByteIsWrongAndEveryoneIsAnsweredOnceFaultsEndInEverySwarm() {
        Map<Fault, Long> struck = new EnumMap<>(Fault.class);
        for (long seed = 0; seed < SEEDS; seed++) {
            run(seed).faults.forEach((fault, count) -> struck.merge(fault, count, Long::sum));
        }
        for (Fault fault : Fault.values()) {
            boolean reachable = fault != Fault.HANDLER;
            assertEquals(reachable, struck.get(fault) > 0, () -> fault + " in " + struck);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void oneKindOfFaultAloneIsSurvived(Fault fault) {
        double rate = fault.isTimed() ? fault.swarmMost() * 5 : fault.swarmMost();
        Outcome outcome = run(3, Faults.none().with(fault, rate));
        outcome.faults.forEach(
                (other, count) -> assertTrue(other == fault || count == 0, () -> other + " too"));
    }

    @Test
    void whatIsStartedFromOutsideAHostIsNotForgotten() {
        try (World world = new World(1)) {
            Host host = world.host("host", Host::proactor);
            boolean[] ran = new boolean[1];
            world.after(
                    Duration.ofSeconds(1),
                    () -> host.proactor().post(new Overlapped(_ -> ran[0] = true)));
            world.run(Duration.ofMillis(1001));
            assertTrue(ran[0]);
        }
    }

    @Test
    void aConnectNeedsTheWayThereAndTheWayBack() {
        try (World world = new World(1)) {
            Host server = world.host("server", h -> h.proactor().listen(h.address(7)));
            Host client = world.host("client", h -> {});
            world.run(Duration.ofMillis(1));
            world.cut(server, client);
            Overlapped connect = client.proactor().connect(new Overlapped(), server.address(7));
            world.run(Duration.ofSeconds(20));
            assertTrue(connect.isPending());
            world.mend(server, client);
            assertTrue(world.runUntil(() -> !connect.isPending(), Duration.ofSeconds(30)));
            assertEquals(Status.OK, connect.status());
        }
    }

    private record Outcome(long hash, Map<Fault, Long> faults) {}

    private static Outcome run(long seed) {
        return run(seed, Faults.swarm());
    }

    private static Outcome run(long seed, Faults faults) {
        EchoWorld echo = new EchoWorld(seed, faults, 4);
        try (World world = echo.world) {
            world.run(TIME);
            world.heal();
            long[] before = echo.clients.stream().mapToLong(c -> c.messages).toArray();
            boolean all =
                    world.runUntil(
                            () -> {
                                for (int i = 0; i < before.length; i++) {
                                    if (echo.clients.get(i).messages == before[i]) {
                                        return false;
                                    }
                                }
                                return true;
                            },
                            Duration.ofMinutes(5));
            assertTrue(all, () -> "seed " + seed + ": somebody is never answered again");
            world.close();
            return new Outcome(world.hash(), world.faultCounts());
        }
    }

    private static List<String> trace(long seed) {
        List<String> lines = new ArrayList<>();
        EchoWorld echo = new EchoWorld(seed, Faults.swarm(), 3);
        try (World world = echo.world) {
            world.trace(lines::add);
            world.run(Duration.ofSeconds(1));
        }
        return lines;
    }
}
