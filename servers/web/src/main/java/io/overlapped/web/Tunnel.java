package io.overlapped.web;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.Status;
import io.overlapped.TcpStream;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket of a page and the stream behind it.
 *
 * <p>Both directions are bounded. From the page, the next message is asked for when the one before
 * has been sent to the server; to the page, the next receive is started when all that the one
 * before brought has been written. So whoever does not read stops whoever writes, and what is held
 * here is one message and one receive.
 *
 * <p>It is public for Jetty alone, which calls it by reflection.
 *
 * <p>Threads: Jetty's for what comes from the page, one at a time; the proactor's for what comes
 * from the server; {@link #end} on any.
 */
@SuppressWarnings("exports") // whoever reads this class has Jetty
public final class Tunnel implements Session.Listener {
    private final Bridge bridge;
    private final Route route;
    private final @Nullable InetAddress told;
    private final Pace pace;
    private final ToPage toPage;

    private final Overlapped sending = new Overlapped(_ -> sent());
    private final AtomicBoolean demanded = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Deadline deadline = new Deadline();

    private volatile @Nullable Session session;
    private volatile @Nullable TcpStream stream;

    /** The message that is arriving. Guarded by this. */
    private @Nullable IoBuffer message;

    /**
     * @param told the page's address, to be told to the server behind; null for nobody's
     */
    Tunnel(Bridge bridge, Route route, @Nullable InetAddress told) {
        this.bridge = bridge;
        this.route = route;
        this.told = told;
        PageLimits limits = bridge.limits();
        pace = new Pace(limits.messageBurst(), limits.messagesPerSecond(), System.nanoTime());
        toPage = new ToPage(this);
    }

    Route route() {
        return route;
    }

    Deadline deadline() {
        return deadline;
    }

    boolean isEnded() {
        return ended.get();
    }

    // ---- from the page: Jetty's threads

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        if (!bridge.admit(this)) {
            end(PageClose.TOO_MANY);
            return;
        }
        deadline.set(Deadline.Wait.CONNECT, bridge.limits().connectTimeout());
        bridge.connect(new Overlapped(this::connected), route.server(), this);
    }

    @Override
    public void onWebSocketPartialText(String payload, boolean last) {
        demanded.set(false);
        if (isEnded()) {
            demand();
        } else {
            end(PageClose.TEXT_MESSAGE);
        }
    }

    @Override
    public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
        demanded.set(false);
        boolean more = take(payload, last);
        callback.succeed();
        if (more || isEnded()) {
            // After the end this finds the page's answer to the close, behind what it sent before.
            demand();
        }
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        end(bridge.reasonOf(cause), String.valueOf(cause.getMessage()));
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason, Callback callback) {
        end(PageClose.DONE);
        dropMessage();
        bridge.forget(this);
        callback.succeed();
    }

    /** Takes a piece of a message; whether the page may go on before it has been sent. */
    private synchronized boolean take(ByteBuffer payload, boolean last) {
        if (isEnded()) {
            return false;
        }
        IoBuffer buffer = message;
        if (buffer == null) {
            buffer = bridge.tryTakeBuffer();
            if (buffer == null) {
                end(PageClose.NO_BUFFERS);
                return false;
            }
            message = buffer;
        }
        if (buffer.readable() + payload.remaining() > route.messageBytesMax()) {
            end(
                    PageClose.TOO_LONG,
                    "a message is longer than the " + route.messageBytesMax() + " bytes allowed");
            return false;
        }
        buffer.append(MemorySegment.ofBuffer(payload));
        if (!last) {
            deadline.setIfNone(Deadline.Wait.MESSAGE, bridge.limits().messageTimeout());
            return true;
        }
        deadline.clear(Deadline.Wait.MESSAGE);
        PageClose wrong = fault(buffer);
        if (wrong != null) {
            end(wrong);
            return false;
        }
        message = null;
        send(buffer);
        return false;
    }

    private @Nullable PageClose fault(IoBuffer buffer) {
        int bytes = buffer.readable();
        if (bytes == 0) {
            return PageClose.EMPTY_MESSAGE;
        } else if (!isOneFrame(buffer)) {
            return PageClose.LENGTH_MISMATCH;
        } else if (OnBehalf.is(buffer.byteAt(2))) {
            return PageClose.ON_BEHALF;
        }
        return pace.take(System.nanoTime()) ? null : PageClose.RATE;
    }

    private static boolean isOneFrame(IoBuffer buffer) {
        int bytes = buffer.readable();
        if (bytes < 3) {
            return false;
        }
        return 2 + ((buffer.byteAt(0) & 0xff) | (buffer.byteAt(1) & 0xff) << 8) == bytes;
    }

    private void send(IoBuffer buffer) {
        TcpStream to = stream;
        if (to == null) {
            throw new IllegalStateException("a message before it was asked for");
        }
        deadline.set(Deadline.Wait.SEND, bridge.limits().stallTimeout());
        if (!bridge.start(() -> to.send(sending, buffer))) {
            buffer.close();
            end(PageClose.STOPPING);
        }
    }

    private synchronized void dropMessage() {
        IoBuffer buffer = message;
        message = null;
        if (buffer != null) {
            buffer.close();
        }
    }

    // ---- from the server: the proactor's thread

    private void connected(Overlapped o) {
        if (o.status() != Status.OK) {
            end(PageClose.SERVER_UNREACHABLE);
            return;
        }
        TcpStream connected = o.stream();
        stream = connected;
        if (isEnded()) {
            connected.close();
            return;
        }
        deadline.clear(Deadline.Wait.CONNECT);
        if (told != null && !tell(connected, told)) {
            return;
        }
        toPage.start(connected);
        demand();
    }

    /** Says whose the stream is, before the page can say anything. */
    private boolean tell(TcpStream server, InetAddress address) {
        IoBuffer buffer = bridge.tryTakeBuffer();
        if (buffer == null) {
            end(PageClose.NO_BUFFERS);
            return false;
        }
        buffer.append(OnBehalf.frame(address));
        if (!bridge.start(() -> server.send(new Overlapped(_ -> buffer.close()), buffer))) {
            buffer.close();
            end(PageClose.STOPPING);
            return false;
        }
        return true;
    }

    private void sent() {
        sending.buffer().close();
        if (sending.status() == Status.OK) {
            deadline.clear(Deadline.Wait.SEND);
            demand();
        }
        // Otherwise the receive brings the server's last words before it finds the end, and ends
        // this tunnel; if it does not, the deadline does.
    }

    // ---- for both

    Bridge bridge() {
        return bridge;
    }

    @Nullable Session session() {
        return session;
    }

    void end(PageClose reason) {
        end(reason, reason.text());
    }

    /** Closes both sides for this reason; does nothing the second time. */
    void end(PageClose reason, String text) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        bridge.count(reason, route, text);
        TcpStream open = stream;
        if (open != null) {
            open.close();
        }
        deadline.set(Deadline.Wait.CLOSE, bridge.limits().closeTimeout());
        Session page = session;
        if (page == null) {
            return;
        }
        if (reason == PageClose.SLOW_PAGE) {
            page.disconnect();
            bridge.forget(this);
        } else {
            String words = Closing.fitting(text.isEmpty() ? reason.text() : text);
            page.close(reason.code(), words, Callback.from(this::demand, _ -> {}));
        }
    }

    /** The time for something is over. */
    void expired(Deadline.Wait what) {
        switch (what) {
            case CONNECT -> end(PageClose.SERVER_UNREACHABLE);
            case MESSAGE -> end(PageClose.FRAME_DEADLINE);
            case SEND -> end(PageClose.SERVER_STALLED);
            case WRITE -> end(PageClose.SLOW_PAGE);
            case CLOSE -> {
                Session page = session;
                if (page != null) {
                    page.disconnect();
                }
                bridge.forget(this);
            }
        }
    }

    /** Asks for what the page sends next, unless that has been asked for already. */
    private void demand() {
        Session page = session;
        if (page != null && page.isOpen() && demanded.compareAndSet(false, true)) {
            page.demand();
        }
    }
}
