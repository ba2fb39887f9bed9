package io.overlapped.simulate;

import io.overlapped.sim.Host;
import io.overlapped.sim.World;
import io.overlapped.world.WorldRules;
import io.overlapped.world.WorldServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The scene of the board game: its server is there to be compared with. */
final class Board extends Scene {
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Served served;
    private final WorldRules rules;
    private final List<Player> players = new ArrayList<>();
    private Duration nextLook = Duration.ZERO;

    Board(World world, Verdict verdict, WorldRules rules) {
        this(world, verdict, rules, new Served());
    }

    private Board(World world, Verdict verdict, WorldRules rules, Served served) {
        super(world, verdict, host -> served.open(host, rules));
        this.served = served;
        this.rules = rules;
    }

    WorldRules rules() {
        return rules;
    }

    void add(Player player) {
        players.add(player);
        super.add(player);
    }

    /** Compared now and then only, as that goes through all pieces. */
    @Override
    boolean isSettled() {
        if (world().now().compareTo(nextLook) < 0 || !super.isSettled()) {
            return false;
        }
        nextLook = world().now().plus(LOOK);
        for (Player player : players) {
            if (!player.seesWhatIsThere(served.now)) {
                return false;
            }
        }
        return true;
    }

    /** The server of the present boot. */
    private static final class Served {
        private @Nullable WorldServer now;

        Runnable open(Host host, WorldRules rules) {
            WorldServer server = BoardWorkload.open(host, rules);
            now = server;
            return server::close;
        }
    }
}
