package io.overlapped.cli;

import io.overlapped.Options;
import io.overlapped.world.WorldOptions;
import io.overlapped.world.WorldRules;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the world is like, for the commands that serve one. */
final class BoardOptions {
    private static final int NPC_MOVE_MILLIS = 1000;

    private static final int CROWD = 1000;
    private static final int BUFFERS_A_PLAYER = 4;
    private static final int BUFFERS_MAX = 65_536;

    /** Small, as a player has one, with little in it; sixteen hold all the output it may have. */
    private static final int CROWD_BUFFER_BYTES = 4096;

    @Option(
            names = "--size",
            paramLabel = "CELLS",
            description = "Width and height of the world in cells (default: 8).")
    @Nullable Integer size;

    @Option(names = "--width", paramLabel = "CELLS", description = "Width alone.")
    @Nullable Integer width;

    @Option(names = "--height", paramLabel = "CELLS", description = "Height alone.")
    @Nullable Integer height;

    @Option(
            names = "--players",
            paramLabel = "COUNT",
            description = "How many can play at once, up to 10000 (default: ${DEFAULT-VALUE}).")
    int players = WorldRules.board().maxPlayers();

    @Option(
            names = "--npcs",
            paramLabel = "COUNT",
            description = "Pieces that wander by themselves (default: ${DEFAULT-VALUE}).")
    int npcs = WorldRules.board().npcs();

    @Option(
            names = "--tick-millis",
            paramLabel = "MILLIS",
            description =
                    "Time from one step of the world to the next (default: ${DEFAULT-VALUE}).")
    int tickMillis = WorldOptions.TICK_MILLIS_DEFAULT;

    @Option(
            names = "--view",
            paramLabel = "CELLS",
            description =
                    "How far a player sees (default: the whole world up to 64 cells, 5 beyond).")
    @Nullable Integer view;

    /**
     * The world these options describe, which listens nowhere yet.
     *
     * @throws UserError if one of them is out of its range
     */
    WorldOptions options() {
        int side = size == null ? WorldRules.board().width() : size;
        int across = width == null ? side : width;
        int down = height == null ? side : height;
        int radius = view == null ? usualView(Math.max(across, down)) : view;
        try {
            int npcMoveTicks = Math.clamp(NPC_MOVE_MILLIS / Math.max(1, tickMillis), 1, 1000);
            return WorldOptions.of(
                            WorldRules.board()
                                    .withSize(across, down)
                                    .withMaxPlayers(players)
                                    .withViewRadius(radius)
                                    .withNpcs(npcs, npcMoveTicks))
                    .withTickMillis(tickMillis);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    String.valueOf(e.getMessage()), "'./overlapped world serve --help' has more");
        }
    }

    /** Options of a proactor for this world: a crowd needs many small buffers in one tick. */
    Options proactorOptions(String driver) {
        Options options = Options.defaults().withDriver(driver);
        return players <= CROWD
                ? options
                : options.withBuffers(
                        Math.min(BUFFERS_MAX, BUFFERS_A_PLAYER * players),
                        CROWD_BUFFER_BYTES,
                        CROWD);
    }

    private static int usualView(int longestSide) {
        return longestSide <= 64 ? WorldRules.EVERYWHERE : 5;
    }
}
