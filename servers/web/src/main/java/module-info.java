import org.jspecify.annotations.NullMarked;

/** The page of the world and the chat. */
@NullMarked
module io.overlapped.web {
    requires static org.jspecify;
    requires io.overlapped;
    requires transitive io.overlapped.session;
    requires org.eclipse.jetty.http;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.util;
    requires org.eclipse.jetty.websocket.api;
    requires org.eclipse.jetty.websocket.server;

    exports io.overlapped.web;
}
