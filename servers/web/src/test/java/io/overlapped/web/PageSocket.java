package io.overlapped.web;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A WebSocket as a page would open it, with the JDK's client. */
final class PageSocket implements WebSocket.Listener, AutoCloseable {
    private static final int TIMEOUT_SECONDS = 60;

    /** Status and reason of a close. */
    record Close(int code, String reason) {}

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Close> close = new CompletableFuture<>();
    private final boolean reads;
    private ByteArrayOutputStream arriving = new ByteArrayOutputStream();
    private WebSocket socket;

    private PageSocket(boolean reads) {
        this.reads = reads;
    }

    static PageSocket open(InetSocketAddress server, String path) {
        return open(server, path, true, List.of());
    }

    /** One that came through proxies, each of which has added whom it had it from. */
    static PageSocket openThrough(InetSocketAddress server, String path, String... addresses) {
        return open(server, path, true, List.of(addresses));
    }

    /** One that never asks for a message. */
    static PageSocket openWithoutReading(InetSocketAddress server, String path) {
        return open(server, path, false, List.of());
    }

    private static PageSocket open(
            InetSocketAddress server, String path, boolean reads, List<String> forwardedFor) {
        PageSocket page = new PageSocket(reads);
        String host = server.getAddress().getHostAddress() + ":" + server.getPort();
        WebSocket.Builder builder =
                page.client.newWebSocketBuilder().header("Origin", "http://" + host);
        forwardedFor.forEach(address -> builder.header("X-Forwarded-For", address));
        page.socket =
                builder.buildAsync(URI.create("ws://" + host + path), page)
                        .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                        .join();
        return page;
    }

    /** A frame of this type with this body. */
    static byte[] frame(int type, byte... body) {
        ByteBuffer frame = ByteBuffer.allocate(3 + body.length).order(ByteOrder.LITTLE_ENDIAN);
        return frame.putShort((short) (1 + body.length)).put((byte) type).put(body).array();
    }

    @Override
    public void onOpen(WebSocket opened) {
        if (reads) {
            opened.request(1);
        }
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] piece = new byte[data.remaining()];
        data.get(piece);
        arriving.writeBytes(piece);
        if (last) {
            messages.add(arriving.toByteArray());
            arriving = new ByteArrayOutputStream();
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        close.complete(new Close(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        close.completeExceptionally(error);
    }

    /** Sends a whole message. */
    void send(byte... message) {
        sendPart(true, message);
    }

    /** Sends a fragment of a message. */
    void sendPart(boolean last, byte... part) {
        sent(socket.sendBinary(ByteBuffer.wrap(part), last)).join();
    }

    void sendText(String text) {
        sent(socket.sendText(text, true)).join();
    }

    void sendClose() {
        sent(socket.sendClose(WebSocket.NORMAL_CLOSURE, "")).join();
    }

    /** Whether the sockets on the way took the message before the timeout. */
    boolean trySend(byte[] message, Duration timeout) throws InterruptedException {
        try {
            socket.sendBinary(ByteBuffer.wrap(message), true)
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }

    private static CompletableFuture<WebSocket> sent(CompletableFuture<WebSocket> sending) {
        return sending.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    byte[] nextMessage() throws InterruptedException {
        byte[] message = messages.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message within " + TIMEOUT_SECONDS + " s");
        }
        return message;
    }

    /** How the server closed it. */
    Close closed() throws Exception {
        return close.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    boolean isOpen() {
        return !close.isDone();
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }
}
