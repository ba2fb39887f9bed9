import org.jspecify.annotations.NullMarked;

/** A seeded world of hosts, each with a driver, in which every bad thing happens and replays. */
@NullMarked
module io.overlapped.sim {
    requires transitive io.overlapped;
    requires static org.jspecify;

    exports io.overlapped.sim;
}
