package io.overlapped.web;

import io.overlapped.IoBuffer;
import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.exceptions.MessageTooLargeException;
import org.eclipse.jetty.websocket.api.exceptions.ProtocolException;
import org.eclipse.jetty.websocket.api.exceptions.WebSocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * All tunnels, the proactor of their streams, and what watches over their deadlines.
 *
 * <p>Threads: any.
 */
final class Bridge implements AutoCloseable {
    private static final Duration SWEEP_INTERVAL = Duration.ofMillis(250);
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int BUFFERS_PROVIDED = 32;

    private final PageLimits limits;
    private final Proactor proactor;
    private final Set<Tunnel> tunnels = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final CloseCounts counts = new CloseCounts();
    private final Overlapped sweep = new Overlapped(_ -> sweep());
    private volatile boolean stopping;

    Bridge(String driver, PageLimits limits) {
        this.limits = limits;
        // A message that arrives or is being sent, and a receive that is being cut, for each.
        int buffers = BUFFERS_PROVIDED + 2 * limits.socketsMax();
        proactor =
                Proactor.start(
                        Options.defaults()
                                .withDriver(driver)
                                .withBuffers(buffers, BUFFER_BYTES, BUFFERS_PROVIDED));
        proactor.timer(sweep, SWEEP_INTERVAL);
    }

    PageLimits limits() {
        return limits;
    }

    /** Name of the driver its streams run on. */
    String driver() {
        return proactor.report().driver();
    }

    int openCount() {
        return open.get();
    }

    int buffersLeased() {
        return proactor.buffers().leased();
    }

    Map<String, Long> closes() {
        return counts.all();
    }

    /** Whether there is room for one more; it is watched over from now on in any case. */
    boolean admit(Tunnel tunnel) {
        tunnels.add(tunnel);
        return open.incrementAndGet() <= limits.socketsMax() && !stopping;
    }

    void forget(Tunnel tunnel) {
        if (tunnels.remove(tunnel)) {
            open.decrementAndGet();
        }
    }

    void count(PageClose reason, Route route, String detail) {
        counts.add(reason, route.path(), detail);
    }

    @Nullable IoBuffer tryTakeBuffer() {
        return proactor.buffers().tryTake();
    }

    void connect(Overlapped o, InetSocketAddress server, Tunnel tunnel) {
        if (!start(() -> proactor.connect(o, server))) {
            tunnel.end(PageClose.STOPPING);
        }
    }

    /** Starts an operation; false if the proactor is closed, as at the end of the program. */
    boolean start(Runnable operation) {
        try {
            operation.run();
            return true;
        } catch (IllegalStateException e) {
            if (stopping) {
                return false;
            }
            throw e;
        }
    }

    PageClose reasonOf(Throwable cause) {
        return switch (cause) {
            case MessageTooLargeException _ -> PageClose.TOO_LONG;
            case ProtocolException _ -> PageClose.PROTOCOL;
            case WebSocketTimeoutException _ -> PageClose.IDLE;
            case java.io.IOException _ -> PageClose.DONE;
            default -> PageClose.PROTOCOL;
        };
    }

    private void sweep() {
        for (Tunnel tunnel : tunnels) {
            Deadline.Wait missed = tunnel.deadline().missed();
            if (missed != null) {
                tunnel.deadline().clear(missed);
                tunnel.expired(missed);
            }
        }
        if (!stopping) {
            proactor.timer(sweep, SWEEP_INTERVAL);
        }
    }

    /** Tells every page that the server stops. */
    void stop() {
        stopping = true;
        tunnels.forEach(tunnel -> tunnel.end(PageClose.STOPPING));
    }

    @Override
    public void close() {
        stop();
        proactor.close();
    }
}
