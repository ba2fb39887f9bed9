package io.overlapped.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/**
 * Serves the page, and bridges its WebSockets to the world and the chat.
 *
 * <p>{@code /} is the page, {@code /world} and {@code /chat} are its WebSockets, {@code /healthz}
 * says in JSON that the server is well.
 *
 * <p>Threads: any.
 */
public final class WebServer implements AutoCloseable {
    private static final int THREADS_MAX = 16;
    private static final int THREADS_MIN = 4;
    private static final Duration HTTP_IDLE_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration SHUTDOWN_IDLE_TIMEOUT = Duration.ofMillis(100);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);
    private static final int REQUEST_HEADER_BYTES = 8 * 1024;

    private final Server server;
    private final ServerConnector connector;
    private final Bridge bridge;

    private WebServer(Server server, ServerConnector connector, Bridge bridge) {
        this.server = server;
        this.connector = connector;
        this.bridge = bridge;
    }

    /**
     * Opens the server; it is ready when this returns. The servers behind need not be: a page is
     * told when they do not answer.
     *
     * @throws IOException if it cannot listen at the address
     * @throws io.overlapped.OverlappedException if the driver cannot run
     */
    public static WebServer open(WebOptions options) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX, THREADS_MIN);
        threads.setName("web");
        Server server = new Server(threads);
        server.setStopTimeout(STOP_TIMEOUT.toMillis());
        ServerConnector connector = connector(server, options.address());
        // First the address, as it is what fails most often.
        connector.open();
        Bridge bridge = null;
        try {
            bridge = new Bridge(options.driver(), options.limits());
            server.setHandler(handler(server, bridge, options));
            server.start();
            return new WebServer(server, connector, bridge);
        } catch (Exception e) {
            connector.close();
            if (bridge != null) {
                bridge.close();
            }
            if (e instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IOException("the page's server cannot start: " + e.getMessage(), e);
        }
    }

    private static ServerConnector connector(Server server, InetSocketAddress address) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(REQUEST_HEADER_BYTES);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setIdleTimeout(HTTP_IDLE_TIMEOUT.toMillis());
        connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_TIMEOUT.toMillis());
        server.addConnector(connector);
        return connector;
    }

    private static PageHandler handler(Server server, Bridge bridge, WebOptions options) {
        ServerWebSocketContainer sockets = ServerWebSocketContainer.ensure(server);
        sockets.setIdleTimeout(options.limits().idleTimeout());
        Map<String, Route> routes = new LinkedHashMap<>();
        for (Route route : List.of(Route.world(options.world()), Route.chat(options.chat()))) {
            routes.put(route.path(), route);
        }
        return new PageHandler(sockets, bridge, routes, options);
    }

    /** Where it listens, with the port that was chosen if 0 was asked for. */
    public InetSocketAddress address() {
        return new InetSocketAddress(connector.getHost(), connector.getLocalPort());
    }

    /** Name of the driver on which the streams to the world and the chat run. */
    public String driver() {
        return bridge.driver();
    }

    /** WebSockets that are open. */
    public int socketCount() {
        return bridge.openCount();
    }

    /** Buffers that messages occupy at the moment. */
    int buffersLeased() {
        return bridge.buffersLeased();
    }

    /** How many WebSockets were closed, by the name of the reason. */
    public Map<String, Long> closes() {
        return bridge.closes();
    }

    /** Tells every page that the server stops, and closes all of it. */
    @Override
    public void close() throws IOException {
        bridge.stop();
        try {
            server.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IOException("the page's server did not stop: " + e.getMessage(), e);
        } finally {
            bridge.close();
        }
    }
}
