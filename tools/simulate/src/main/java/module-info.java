import org.jspecify.annotations.NullMarked;

/** The servers in simulated worlds, with clients that check what they are told. */
@NullMarked
module io.overlapped.simulate {
    requires static org.jspecify;
    requires io.overlapped.chat;
    requires io.overlapped.echo;
    requires transitive io.overlapped.sim;
    requires io.overlapped.world;

    exports io.overlapped.simulate;
}
