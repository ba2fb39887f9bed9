package io.overlapped.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the page's server answers over plain HTTP, and whom it refuses. */
final class PageTest {
    private static final InetSocketAddress NOWHERE =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private static final Pattern REFERENCE =
            Pattern.compile("(?:src|href)=\"([^\"]+)\"|from '\\./([^']+)'");

    private final HttpClient client = HttpClient.newHttpClient();
    private WebServer web;

    @BeforeEach
    void open() throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        web = WebServer.open(new WebOptions(any, NOWHERE, NOWHERE).withDriver("nio"));
    }

    @AfterEach
    void close() throws Exception {
        web.close();
        client.shutdownNow();
    }

    @Test
    void everyFileThatThePageNamesIsThereWithItsType() throws Exception {
        assertTrue(get("/").body().contains("<canvas"));
        int seen = 0;
        for (String from : List.of("/", "/app.js", "/board.js", "/chat.js", "/link.js")) {
            Matcher reference = REFERENCE.matcher(get(from).body());
            while (reference.find()) {
                String name = reference.group(1) == null ? reference.group(2) : reference.group(1);
                HttpResponse<String> file = get("/" + name);
                assertEquals(200, file.statusCode(), name);
                assertEquals(type(name), file.headers().firstValue("Content-Type").orElse(""));
                seen++;
            }
        }
        assertTrue(seen >= 10, "only " + seen + " references found");
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> "unknown";
        };
    }

    @Test
    void thePageMayUseNothingFromElsewhere() throws Exception {
        String policy = get("/").headers().firstValue("Content-Security-Policy").orElse("");
        assertTrue(policy.startsWith("default-src 'self'; connect-src 'self';"), policy);
        assertEquals("nosniff", get("/").headers().firstValue("X-Content-Type-Options").get());
        for (String file : List.of("/", "/style.css", "/app.js")) {
            assertFalse(get(file).body().contains("https://"), file);
        }
    }

    @Test
    void anUnchangedFileIsNotSentAgain() throws Exception {
        String tag = get("/app.js").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again =
                client.send(
                        request("/app.js").header("If-None-Match", tag).build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
    }

    @Test
    void itSaysThatItIsWell() throws Exception {
        assertEquals(
                "{\"status\":\"ok\",\"driver\":\"nio\",\"sockets\":0}\n", get("/healthz").body());
    }

    @Test
    void whatIsNotThereIsSaidToBeMissing() throws Exception {
        assertEquals(404, get("/module-info.class").statusCode());
        assertEquals(404, get("/page/index.html").statusCode());
        assertTrue(raw("GET /../pom.xml HTTP/1.1", "Host: 127.0.0.1").startsWith("HTTP/1.1 4"));
    }

    @Test
    void otherMethodsAreRefused() throws Exception {
        HttpResponse<String> answer =
                client.send(
                        request("/").POST(HttpRequest.BodyPublishers.ofString("x")).build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(405, answer.statusCode());
        assertEquals("GET, HEAD", answer.headers().firstValue("Allow").orElse(""));
    }

    @Test
    void aPlainRequestForAWebSocketIsToldWhatItIs() throws Exception {
        HttpResponse<String> answer =
                client.send(
                        request("/world").header("Origin", origin()).build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(426, answer.statusCode());
    }

    @Test
    void aNameThatSomebodyPointedHereIsRefused() throws Exception {
        assertTrue(raw("GET / HTTP/1.1", "Host: evil.example").startsWith("HTTP/1.1 421 "));
        assertTrue(
                upgrade("/world", "evil.example", "http://evil.example")
                        .startsWith("HTTP/1.1 421 "));
    }

    @Test
    void aPageOfAnotherSiteCannotOpenAWebSocket() throws Exception {
        String host = "127.0.0.1:" + web.address().getPort();
        for (String origin :
                List.of("http://evil.example", "null", "http://127.0.0.1:1", "file://")) {
            assertTrue(upgrade("/chat", host, origin).startsWith("HTTP/1.1 403 "), origin);
        }
        assertEquals(0, web.socketCount());
        assertTrue(upgrade("/chat", host, "http://" + host).startsWith("HTTP/1.1 101 "));
    }

    @Test
    void aWebSocketWithoutAnOriginIsRefused() throws Exception {
        String answer =
                raw(
                        "GET /world HTTP/1.1",
                        "Host: 127.0.0.1",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
    }

    @Test
    void addressesAndLocalhostAreTrustedAndOtherNamesAreNot() {
        for (String host :
                List.of("localhost", "LOCALHOST:80", "127.0.0.1:8080", "[::1]:9", "10.0.0.7")) {
            assertTrue(SameOrigin.isHostTrusted(host, "127.0.0.1"), host);
        }
        for (String host :
                List.of("", "localhost.evil.example", "1.2.3.4.evil.example", "evil", "a:b")) {
            assertFalse(SameOrigin.isHostTrusted(host, "127.0.0.1"), host);
        }
        assertTrue(SameOrigin.isHostTrusted("board.school.example:8080", "board.school.example"));
        assertFalse(SameOrigin.isHostTrusted(null, "127.0.0.1"));
    }

    @Test
    void aPortInUseIsReportedAsSuch() {
        IOException failure =
                assertThrows(
                        IOException.class,
                        () -> WebServer.open(new WebOptions(web.address(), NOWHERE, NOWHERE)));
        Throwable cause = failure;
        while (cause != null && !(cause instanceof BindException)) {
            cause = cause.getCause();
        }
        assertTrue(cause instanceof BindException, failure.toString());
    }

    private String origin() {
        return "http://127.0.0.1:" + web.address().getPort();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin() + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private String upgrade(String path, String host, String origin) throws IOException {
        return raw(
                "GET " + path + " HTTP/1.1",
                "Host: " + host,
                "Origin: " + origin,
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    }

    /** The beginning of the answer to a request made by hand. */
    private String raw(String... lines) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", web.address().getPort())) {
            socket.setSoTimeout(60_000);
            String request = String.join("\r\n", lines) + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(20), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void aLimitThatCannotBeKeptIsRefused() {
        PageLimits usual = PageLimits.DEFAULTS;
        for (Runnable limits :
                List.<Runnable>of(
                        () -> usual.withSockets(0),
                        () -> usual.withSockets(32_001),
                        () -> usual.withIdle(Duration.ZERO),
                        () -> usual.withIdle(Duration.ofSeconds(Long.MAX_VALUE)),
                        () -> usual.withStall(Duration.ofSeconds(-1), Duration.ofSeconds(1)))) {
            assertThrows(IllegalArgumentException.class, limits::run);
        }
    }
}
