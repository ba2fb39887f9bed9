package io.overlapped.bench.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.overlapped.CompletionPort;
import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.TcpListener;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What an echo allocates on the server's side, in each style on uring, by the JVM's own counters:
 * all threads but the client's.
 *
 * <p>{@code -Dallocation.echoes=1000000} makes it a longer run.
 */
@Tag("long")
class AllocationTest {
    private static final int ECHOES = Integer.getInteger("allocation.echoes", 50_000);
    private static final int WARM_ECHOES = Integer.getInteger("allocation.warm", 60_000);
    private static final int COUNTS_MAX = 30;
    private static final int WAKE_COUNTS = 3;
    private static final int CONNECTIONS = 16;
    private static final int BYTES = 64;

    /** The most that an echo may allocate, in bytes. */
    private static final double ROUTINE_BYTES_MAX = 4;

    private static final double PORT_BYTES_MAX = 4;
    private static final double EVENT_BYTES_MAX = 4;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Opens a server, tells its listener, and serves until the proactor stops. */
    interface Server {
        void serve(CompletableFuture<TcpListener> opened);
    }

    @Test
    void routinesAllocateNothingToSpeakOf() throws Exception {
        judge("routine", ROUTINE_BYTES_MAX, AllocationTest::routine);
    }

    @Test
    void aPortAllocatesNothingToSpeakOf() throws Exception {
        judge("port", PORT_BYTES_MAX, AllocationTest::port);
    }

    @Test
    void eventsOnPlatformThreadsAllocateNothingToSpeakOf() throws Exception {
        ThreadFactory threads = Thread.ofPlatform().daemon().factory();
        judge("event (platform threads)", EVENT_BYTES_MAX, opened -> event(opened, threads));
    }

    @Test
    void eventsOnVirtualThreadsAllocateWhatTheJdkDoesToWakeThem() throws Exception {
        ThreadFactory threads = Thread.ofVirtual().factory();
        double wakes = bytesPerWake();
        System.out.printf("allocated per bare wake of a virtual thread: %.3f bytes%n", wakes);
        judge("event (virtual threads)", EVENT_BYTES_MAX + wakes, opened -> event(opened, threads));
    }

    private static void routine(CompletableFuture<TcpListener> opened) {
        try (Proactor proactor = Proactor.open(Ours.options("uring"))) {
            TcpListener listener = proactor.listen(Launch.anyPort());
            new Steps(proactor, Mode.ECHO, Overlapped::new).accept(listener);
            opened.complete(listener);
            proactor.run();
        }
    }

    private static void port(CompletableFuture<TcpListener> opened) {
        try (CompletionPort port = new CompletionPort();
                Proactor proactor = Proactor.open(Ours.options("uring"))) {
            TcpListener listener = proactor.listen(Launch.anyPort());
            new Steps(proactor, Mode.ECHO, step -> new Overlapped(port, step)).accept(listener);
            opened.complete(listener);
            // Daemon threads end with the tests; a port is told by nobody that its proactor stops.
            PortServer.work(port);
        }
    }

    private static void event(CompletableFuture<TcpListener> opened, ThreadFactory threads) {
        try (Proactor proactor = Proactor.start(Ours.options("uring"));
                TcpListener listener = proactor.listen(Launch.anyPort())) {
            opened.complete(listener);
            new EventServer(Mode.ECHO, threads, Proactor.FOREVER).accept(listener);
        }
    }

    private static void judge(String style, double bytesMax, Server server) throws Exception {
        var opened = new CompletableFuture<TcpListener>();
        Thread.ofPlatform()
                .daemon()
                .name("server")
                .start(
                        () -> {
                            try {
                                server.serve(opened);
                            } catch (OverlappedException e) {
                                opened.completeExceptionally(e);
                            }
                        });
        TcpListener listener;
        try {
            listener = opened.get();
        } catch (java.util.concurrent.ExecutionException e) {
            Assumptions.abort("uring does not run here: " + e.getCause());
            throw e;
        }
        double bytes = bytesPerEcho(listener.address(), bytesMax);
        listener.close();
        listener.proactor().stop();
        System.out.printf("allocated per echo, %s style: %.3f bytes%n", style, bytes);
        assertTrue(
                bytes <= bytesMax, style + ": " + bytes + " bytes an echo, more than " + bytesMax);
    }

    /**
     * The least of several counts, as soon as one is low enough: until the compiler is done, which
     * on a busy machine takes its time, objects are made that are left out later. What an echo
     * allocates is in every count.
     */
    private static double bytesPerEcho(InetSocketAddress address, double bytesMax)
            throws IOException {
        List<SocketChannel> channels = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            channels.add(SocketChannel.open(address));
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
        echo(channels, buffer, WARM_ECHOES);
        double least = Double.MAX_VALUE;
        for (int i = 0; i < COUNTS_MAX && least > bytesMax; i++) {
            long before = serverBytes();
            echo(channels, buffer, ECHOES);
            least = Math.min(least, (double) (serverBytes() - before) / ECHOES);
        }
        for (SocketChannel channel : channels) {
            channel.close();
        }
        return least;
    }

    /** What it allocates that a platform thread wakes a virtual one, without any of ours. */
    private static double bytesPerWake() throws InterruptedException {
        var wakes = new Wakes();
        wakes.run(WARM_ECHOES);
        double least = Double.MAX_VALUE;
        for (int i = 0; i < WAKE_COUNTS; i++) {
            long before = serverBytes();
            wakes.run(ECHOES);
            least = Math.min(least, (double) (serverBytes() - before) / ECHOES);
        }
        wakes.end();
        return least;
    }

    /** All threads but this one, which is the client. */
    private static long serverBytes() {
        return THREADS.getTotalThreadAllocatedBytes() - THREADS.getCurrentThreadAllocatedBytes();
    }

    private static void echo(List<SocketChannel> channels, ByteBuffer buffer, int count)
            throws IOException {
        for (int done = 0; done < count; done += channels.size()) {
            for (int i = 0; i < channels.size(); i++) {
                buffer.clear().putLong(0, done + i);
                channels.get(i).write(buffer);
            }
            for (int i = 0; i < channels.size(); i++) {
                buffer.clear();
                while (buffer.hasRemaining() && channels.get(i).read(buffer) > 0) {}
                assertEquals(done + i, buffer.getLong(0));
            }
        }
    }
}
