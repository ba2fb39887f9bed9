package io.overlapped.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * A server of sessions on one driver, with plain sockets as its clients. Its end checks what must
 * hold after every test: each session was closed exactly once and last, and no buffer is leased.
 */
final class Site implements AutoCloseable {
    static final Framing FRAMING = Framing.lengthPrefixed(1024);

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    /** What a handler was told; checks the order in which it is. */
    static class Log implements SessionHandler {
        final List<String> events = new ArrayList<>();
        final Map<Long, CloseReason> closed = new ConcurrentHashMap<>();
        final List<String> faults = new ArrayList<>();
        private final Map<Long, String> states = new ConcurrentHashMap<>();

        @Override
        public void opened(Session session) {
            move(session, null, "open");
            session.authenticated();
        }

        @Override
        public void received(Session session, MemorySegment frame) {
            move(session, "open", "open");
        }

        @Override
        public void writable(Session session) {
            move(session, "open", "open");
        }

        @Override
        public void closing(Session session, CloseReason reason, String detail) {
            move(session, "open", "closing");
        }

        @Override
        public void closed(Session session, CloseReason reason, String detail) {
            String before = states.put(session.id(), "closed");
            if ("closed".equals(before)) {
                fault(session + " was closed twice");
            }
            closed.put(session.id(), reason);
        }

        private void move(Session session, String from, String to) {
            String before = states.put(session.id(), to);
            if (from == null ? before != null : !from.equals(before)) {
                fault(session + " went from " + before + " to " + to);
            }
        }

        final synchronized void fault(String what) {
            faults.add(what);
        }

        synchronized List<String> faults() {
            return List.copyOf(faults);
        }
    }

    final Proactor proactor;
    final SessionServer server;
    private final Log log;
    private final List<Socket> sockets = new ArrayList<>();

    Site(String driver, Framing framing, Limits limits, Log log) {
        this(Options.defaults().withDriver(driver), framing, limits, log);
    }

    Site(Options options, Framing framing, Limits limits, Log log) {
        this.log = log;
        proactor = Proactor.start(options);
        server =
                SessionServer.open(
                        proactor, new InetSocketAddress(LOOPBACK, 0), framing, limits, log);
    }

    InetSocketAddress address() {
        return server.address();
    }

    /** A client of the old kind. */
    Socket connect() throws IOException {
        Socket socket = new Socket(address().getAddress(), address().getPort());
        socket.setSoTimeout((int) Duration.ofNanos(PATIENCE_NANOS).toMillis());
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        return socket;
    }

    long closed(CloseReason reason) {
        return server.report().closed(reason);
    }

    void awaitClosed(CloseReason reason, long count) {
        await(() -> closed(reason) >= count, () -> reason + " in " + server.report());
    }

    /** Waits until nothing is open or ending. */
    void awaitQuiet() {
        await(
                () -> server.report().open() == 0 && server.report().ending() == 0,
                () -> "quiet: " + server.report());
    }

    static void await(BooleanSupplier condition, java.util.function.Supplier<String> what) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError("did not come: " + what.get());
            }
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close();
        SessionReport report = server.report();
        assertEquals(0, report.open(), report::toString);
        assertEquals(0, report.ending(), report::toString);
        await(() -> proactor.buffers().leased() == 0, () -> leased() + " buffers leased");
        proactor.close();
        assertEquals(List.of(), log.faults());
        assertTrue(
                report.accepted() >= report.closedTotal(),
                () -> "more closed than accepted: " + report);
    }

    private int leased() {
        return proactor.buffers().leased();
    }

    /** Runs on the proactor's thread, and brings back the result or what was thrown. */
    <T> T on(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Overlapped _ =
                proactor.post(
                        new Overlapped(
                                _ -> {
                                    try {
                                        result.complete(work.call());
                                    } catch (Throwable e) {
                                        result.completeExceptionally(e);
                                    }
                                }));
        return result.join();
    }
}
