import org.jspecify.annotations.NullMarked;

/** Frames, bounded output, limits and groups over streams. */
@NullMarked
module io.overlapped.session {
    requires static org.jspecify;
    requires transitive io.overlapped;

    exports io.overlapped.session;
}
