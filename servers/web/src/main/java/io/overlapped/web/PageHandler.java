package io.overlapped.web;

import io.overlapped.web.PageFiles.PageFile;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.jspecify.annotations.Nullable;

/**
 * Answers every request: the page's files, its WebSockets, and whether the server is well.
 *
 * <p>Threads: Jetty's.
 */
final class PageHandler extends Handler.Abstract.NonBlocking {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";
    private static final List<HttpField> SECURITY =
            List.of(
                    new PreEncodedHttpField(
                            "Content-Security-Policy",
                            "default-src 'self'; connect-src 'self'; object-src 'none';"
                                    + " base-uri 'none'; form-action 'none';"
                                    + " frame-ancestors 'none'"),
                    new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
                    new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
                    new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"),
                    new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"));

    private final PageFiles files = new PageFiles();
    private final ServerWebSocketContainer sockets;
    private final Bridge bridge;
    private final Map<String, Route> routes;
    private final WebOptions options;

    PageHandler(
            ServerWebSocketContainer sockets,
            Bridge bridge,
            Map<String, Route> routes,
            WebOptions options) {
        this.sockets = sockets;
        this.bridge = bridge;
        this.routes = routes;
        this.options = options;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        SECURITY.forEach(response.getHeaders()::add);
        String host = request.getHeaders().get(HttpHeader.HOST);
        String path = Request.getPathInContext(request);
        Route route = routes.get(path);
        if (!SameOrigin.isHostTrusted(host, options.address().getHostString())) {
            say(
                    response,
                    callback,
                    HttpStatus.MISDIRECTED_REQUEST_421,
                    "Ask for this server by its address or as localhost, not as another name.");
        } else if (route != null) {
            upgrade(route, host, request, response, callback);
        } else if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            say(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "Use GET or HEAD.");
        } else if (path.equals("/healthz")) {
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            answer(response, callback, HttpStatus.OK_200, JSON, utf8(health()));
        } else {
            file(files.at(path), request, response, callback);
        }
        return true;
    }

    private void upgrade(
            Route route,
            @Nullable String host,
            Request request,
            Response response,
            Callback callback) {
        if (!SameOrigin.isSameOrigin(request.getHeaders().get(HttpHeader.ORIGIN), host)) {
            say(
                    response,
                    callback,
                    HttpStatus.FORBIDDEN_403,
                    "Only the page that this server serves may open this WebSocket;"
                            + " the Origin of the request is another one.");
            return;
        }
        InetAddress told =
                options.tellsAddresses() ? PageAddress.of(request, options.hops()) : null;
        boolean upgraded =
                sockets.upgrade(
                        (_, upgrade, _) -> {
                            // The frames are small, and compressing them would only add delay.
                            upgrade.setExtensions(List.of());
                            return new Tunnel(bridge, route, told);
                        },
                        request,
                        response,
                        callback);
        if (!upgraded) {
            response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
            say(
                    response,
                    callback,
                    HttpStatus.UPGRADE_REQUIRED_426,
                    "This is a WebSocket; the page that uses it is at /");
        }
    }

    private static void file(
            @Nullable PageFile file, Request request, Response response, Callback callback) {
        if (file == null) {
            say(response, callback, HttpStatus.NOT_FOUND_404, "Nothing is here; the page is at /");
            return;
        }
        // The browser may keep a file but asks each time whether it is still the same.
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
        response.getHeaders().put(HttpHeader.ETAG, file.tag());
        String known = request.getHeaders().get(HttpHeader.IF_NONE_MATCH);
        if (known != null && known.contains(file.tag())) {
            response.setStatus(HttpStatus.NOT_MODIFIED_304);
            callback.succeeded();
            return;
        }
        answer(response, callback, HttpStatus.OK_200, file.type(), file.content());
    }

    private String health() {
        return "{\"status\":\"ok\",\"driver\":\"%s\",\"sockets\":%d}\n"
                .formatted(bridge.driver(), bridge.openCount());
    }

    private static void say(Response response, Callback callback, int status, String words) {
        answer(response, callback, status, TEXT, utf8(words + "\n"));
    }

    private static void answer(
            Response response, Callback callback, int status, String type, ByteBuffer content) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.remaining());
        response.write(true, content, callback);
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
