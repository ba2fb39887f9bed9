import org.jspecify.annotations.NullMarked;

/** A chat server and its clients. */
@NullMarked
module io.overlapped.chat {
    requires static org.jspecify;
    requires transitive io.overlapped.session;

    exports io.overlapped.chat;
}
