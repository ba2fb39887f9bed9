package io.overlapped.simulate;

import io.overlapped.session.Limits;
import io.overlapped.sim.Host;
import io.overlapped.sim.World;
import io.overlapped.world.WorldClient;
import io.overlapped.world.WorldOptions;
import io.overlapped.world.WorldRules;
import io.overlapped.world.WorldServer;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * The board game. Each move a player asks for moves its piece once, in order; a piece moves by one
 * cell and only when it can be seen; and what a player sees is what is there.
 */
final class BoardWorkload implements Workload {
    private static final int[] SIDES = {8, 24, 100};

    private final UnaryOperator<WorldClient.Listener> eyes;

    BoardWorkload() {
        this(UnaryOperator.identity());
    }

    /**
     * @param eyes what stands between a client and its checker
     */
    BoardWorkload(UnaryOperator<WorldClient.Listener> eyes) {
        this.eyes = eyes;
    }

    @Override
    public String name() {
        return "world";
    }

    @Override
    public Scene open(World world, Verdict verdict, int clients) {
        int side = SIDES[world.random().nextInt(SIDES.length)];
        int view = side == SIDES[0] ? WorldRules.EVERYWHERE : 5;
        WorldRules rules =
                WorldRules.board()
                        .withSize(side, side)
                        .withMaxPlayers(16 * clients + 64)
                        .withViewRadius(view)
                        .withNpcs(3, 20)
                        .withSeed(world.random().nextLong());
        Board board = new Board(world, verdict, rules);
        for (int i = 1; i <= clients; i++) {
            board.add(new Player(board, "client-" + i, eyes));
        }
        return board;
    }

    static WorldServer open(Host host, WorldRules rules) {
        // A player that is cut off comes again and again, and each time counts.
        Limits.Admission many = new Limits.Admission(10_000, 1_000, 1_000_000, Duration.ofDays(1));
        WorldOptions options = WorldOptions.of(rules).withLimits(Limits.game().withAdmission(many));
        WorldServer server = WorldServer.open(host.proactor(), options);
        server.listenCourse(host.address(Scene.PORT));
        return server;
    }
}
