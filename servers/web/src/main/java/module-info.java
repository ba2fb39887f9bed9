import org.jspecify.annotations.NullMarked;

/** The page of the world and the chat. */
@NullMarked
module io.overlapped.web {
    requires static org.jspecify;
    requires transitive io.overlapped.chat;
    requires transitive io.overlapped.world;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.websocket.server;

    exports io.overlapped.web;
}
