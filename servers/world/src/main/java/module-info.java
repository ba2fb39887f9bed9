import org.jspecify.annotations.NullMarked;

/** A board that many players share. */
@NullMarked
module io.overlapped.world {
    requires static org.jspecify;
    requires transitive io.overlapped.session;

    exports io.overlapped.world;
}
