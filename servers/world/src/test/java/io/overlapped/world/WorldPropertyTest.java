package io.overlapped.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldPropertyTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void eachMirrorEqualsTheTruthAfterRandomJoinsMovesAndLeaves(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        WorldRules rules = rules(random, seed);
        World world = new World(rules);
        Mirrors mirrors = new Mirrors();
        Set<Integer> in = new TreeSet<>();
        for (int step = 0; step < 400; step++) {
            List<Input> inputs = inputs(random, in, rules.maxPlayers());
            try {
                for (Input input : inputs) {
                    if (input instanceof Input.Leave leave) {
                        // The leave itself must tell nobody who is gone.
                        stepOne(world, mirrors, leave);
                    } else {
                        world.step(List.of(input), mirrors);
                    }
                }
                world.step(List.of(), mirrors);
                mirrors.assertHold(world);
            } catch (Throwable failure) {
                throw new AssertionError("seed " + seed + " step " + step + ": " + inputs, failure);
            }
        }
        assertEquals(in.size(), world.playerCount());
        assertTrue(mirrors.log.size() > 400, "nothing happened: seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void theSameSeedAndInputsGiveTheSameChanges(long seed) {
        assertEquals(logOf(seed), logOf(seed));
    }

    private static List<String> logOf(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        WorldRules rules = rules(random, seed);
        World world = new World(rules);
        Mirrors mirrors = new Mirrors();
        Set<Integer> in = new TreeSet<>();
        for (int step = 0; step < 100; step++) {
            for (Input input : inputs(random, in, rules.maxPlayers())) {
                if (input instanceof Input.Leave leave) {
                    stepOne(world, mirrors, leave);
                } else {
                    world.step(List.of(input), mirrors);
                }
            }
        }
        return mirrors.log;
    }

    private static void stepOne(World world, Mirrors mirrors, Input.Leave leave) {
        mirrors.forget(leave.client());
        world.step(List.of(leave), mirrors);
    }

    private static WorldRules rules(SplittableRandom random, long seed) {
        boolean board = random.nextBoolean();
        WorldRules rules = WorldRules.board().withSeed(seed);
        if (board) {
            return rules.withNpcs(random.nextInt(4), 3);
        }
        return rules.withSize(random.nextInt(1, 120), random.nextInt(1, 60))
                .withMaxPlayers(random.nextInt(1, 60))
                .withViewRadius(random.nextInt(0, 9))
                .withNpcs(random.nextInt(80), 2)
                .withNpcsSleep(random.nextBoolean());
    }

    private static List<Input> inputs(SplittableRandom random, Set<Integer> in, int players) {
        List<Input> inputs = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            int client = random.nextInt(players);
            if (!in.contains(client)) {
                inputs.add(new Input.Join(client, "player " + client));
                in.add(client);
            } else if (random.nextInt(12) == 0) {
                inputs.add(new Input.Leave(client));
                in.remove(client);
            } else {
                Direction way = Direction.of(random.nextInt(4));
                inputs.add(new Input.Move(client, way, random.nextInt()));
            }
        }
        return inputs;
    }
}
