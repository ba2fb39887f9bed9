package io.overlapped.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorldTest {
    private final Mirrors mirrors = new Mirrors();

    @Test
    void theNpcWandersWhileNobodyDoesAnything() {
        World world = new World(WorldRules.board());
        step(world, new Input.Join(0, "watcher"));
        Set<Mirrors.Cell> cells = new HashSet<>();
        for (int i = 0; i < 400; i++) {
            step(world);
            cells.add(mirrors.of(0).others.get(WorldRules.FIRST_NPC_ID));
        }
        assertTrue(cells.size() > 3, "cells visited: " + cells);
        mirrors.assertHold(world);
    }

    @Test
    void aMoveIntoTheBorderStaysPutAndIsAnswered() {
        World world = new World(WorldRules.board().withNpcs(0, 1));
        step(world, new Input.Join(0, "mover"), new Input.Join(1, "other"));
        for (int i = 1; i <= 9; i++) {
            step(world, new Input.Move(0, Direction.UP, i));
        }
        assertEquals(0, mirrors.of(0).own.y());
        assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9), mirrors.of(0).answers);
        int before = mirrors.log.size();
        step(world, new Input.Move(0, Direction.UP, 10));
        assertEquals(before + 1, mirrors.log.size(), "only the mover hears of it");
    }

    @Test
    void everyMoveOfOneTickIsAnsweredInOrder() {
        World world = new World(WorldRules.board());
        step(world, new Input.Join(0, "mover"));
        List<Input> moves = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            moves.add(new Input.Move(0, Direction.of(i % 4), 1000 - i));
        }
        world.step(moves, mirrors);
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            expected.add(1000 - i);
        }
        assertEquals(expected, mirrors.of(0).answers);
    }

    @Test
    void theEleventhPlayerIsRefused() {
        World world = new World(WorldRules.board());
        for (int i = 0; i < 11; i++) {
            step(world, new Input.Join(i, "player " + i));
        }
        assertEquals(Refusal.FULL, mirrors.refusals.get(10));
        assertEquals(10, world.playerCount());
        mirrors.forget(3);
        step(world, new Input.Leave(3), new Input.Join(10, "player 10"));
        assertNotNull(world.pieceOf(10));
        mirrors.assertHold(world);
    }

    @Test
    void aTakenNameIsRefusedWhateverItsCaseAndIsFreeAfterTheLeave() {
        World world = new World(WorldRules.board());
        step(world, new Input.Join(0, "Zoé"), new Input.Join(1, "zoÉ"));
        assertEquals(Refusal.NAME_TAKEN, mirrors.refusals.get(1));
        mirrors.forget(0);
        step(world, new Input.Leave(0), new Input.Join(1, "zoe\u0301"));
        assertNotNull(world.pieceOf(1));
    }

    @Test
    void anIdIsGivenAgainOnlyAfterAllOthers() {
        PlayerIds ids = new PlayerIds();
        assertEquals(1, ids.take());
        for (int i = 2; i < 10_000; i++) {
            ids.give(i - 1);
            assertEquals(i, ids.take());
        }
        assertEquals(0, ids.take());
        assertEquals(1, ids.take());
    }

    @Test
    void allTenThousandIdsCanBeInUse() {
        PlayerIds ids = new PlayerIds();
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertTrue(seen.add(ids.take()));
        }
        ids.give(5_000);
        assertEquals(5_000, ids.take());
    }

    @Test
    void sleepingNpcsStandStillUntilSomebodySeesThem() {
        WorldRules rules = WorldRules.board().withSize(400, 400).withViewRadius(5);
        World world = new World(rules.withNpcs(5_000, 2));
        List<String> before = places(world);
        for (int i = 0; i < 20; i++) {
            step(world);
        }
        assertEquals(before, places(world));
        step(world, new Input.Join(0, "watcher"));
        List<String> asleep = places(world);
        int seen = mirrors.of(0).others.size();
        assertTrue(seen > 0, "the place is empty: choose another seed");
        for (int i = 0; i < 4; i++) {
            step(world);
        }
        List<String> awake = places(world);
        assertNotEquals(asleep, awake);
        int moved = 0;
        for (int i = 0; i < awake.size(); i++) {
            moved += awake.get(i).equals(asleep.get(i)) ? 0 : 1;
        }
        assertTrue(moved <= seen, moved + " moved, " + seen + " were seen");
        mirrors.assertHold(world);
    }

    @Test
    void npcsFallAsleepAgainWhenTheLastWatcherLeaves() {
        WorldRules rules = WorldRules.board().withSize(40, 40).withViewRadius(40);
        World world = new World(rules.withNpcs(50, 2).withNpcsSleep(true));
        step(world, new Input.Join(0, "watcher"));
        step(world);
        mirrors.forget(0);
        step(world, new Input.Leave(0));
        step(world);
        step(world);
        List<String> before = places(world);
        for (int i = 0; i < 10; i++) {
            step(world);
        }
        assertEquals(before, places(world));
    }

    @Test
    void theWideWorldWithManySleepersSteps() {
        WorldRules rules =
                WorldRules.board().withSize(2_000, 2_000).withViewRadius(5).withMaxPlayers(10_000);
        World world = new World(rules.withNpcs(200_000, 20));
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            inputs.add(new Input.Join(i, "player " + i));
        }
        world.step(inputs, mirrors);
        for (int i = 0; i < 40; i++) {
            int way = i;
            List<Input> moves = new ArrayList<>();
            for (int client = 0; client < 500; client++) {
                moves.add(new Input.Move(client, Direction.of((client + way) % 4), way));
            }
            world.step(moves, mirrors);
        }
        mirrors.assertHold(world);
    }

    @Test
    void playersBeginOnFreeCellsWhileThereAreMany() {
        World world = new World(WorldRules.board().withSize(100, 100));
        for (int i = 0; i < 10; i++) {
            step(world, new Input.Join(i, "player " + i));
        }
        Set<String> cells = new HashSet<>();
        world.forEachPiece(piece -> cells.add(piece.x() + "," + piece.y()));
        assertEquals(11, cells.size());
    }

    @Test
    void leavingTwiceOrWithoutAPieceDoesNothing() {
        World world = new World(WorldRules.board());
        step(world, new Input.Leave(7), new Input.Leave(700));
        assertEquals(0, world.playerCount());
    }

    @Test
    void misuseIsRefused() {
        World world = new World(WorldRules.board());
        step(world, new Input.Join(0, "one"));
        assertThrows(IllegalArgumentException.class, () -> step(world, new Input.Join(0, "again")));
        assertThrows(
                IllegalArgumentException.class,
                () -> step(world, new Input.Move(5, Direction.UP, 0)));
        assertThrows(IllegalArgumentException.class, () -> WorldRules.board().withSize(0, 8));
        assertThrows(
                IllegalArgumentException.class, () -> WorldRules.board().withMaxPlayers(10_001));
    }

    @Test
    void aPlayerDoesNotSeeItself() {
        World world = new World(WorldRules.board());
        step(world, new Input.Join(0, "one"));
        Piece own = world.pieceOf(0);
        assertNotNull(own);
        assertFalse(world.sees(own, own));
    }

    private void step(World world, Input... inputs) {
        world.step(List.of(inputs), mirrors);
    }

    private static List<String> places(World world) {
        List<String> places = new ArrayList<>();
        world.forEachPiece(
                piece -> {
                    if (piece.kind() == Kind.NPC) {
                        places.add(piece.toString());
                    }
                });
        return places;
    }
}
