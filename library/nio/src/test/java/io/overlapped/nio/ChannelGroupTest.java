package io.overlapped.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChannelGroupTest {
    private static final long TIMEOUT_NANOS = 60_000_000_000L;

    private static final InheritableThreadLocal<String> INHERITED = new InheritableThreadLocal<>();

    /** What the group's thread has of the one that opened the group. */
    private record Poller(
            Thread thread, @Nullable String inherited, @Nullable ClassLoader contextClassLoader) {}

    @Test
    void itsThreadInheritsNothingOfWhoeverOpensIt() throws Exception {
        try (URLClassLoader odd = new URLClassLoader(new URL[0])) {
            Poller poller = inThread(odd, ChannelGroupTest::meetPollerOfNewGroup);
            assertEquals(Thread.NORM_PRIORITY, poller.thread.getPriority());
            assertNotSame(odd, poller.contextClassLoader);
            assertNull(poller.inherited);
            assertTrue(poller.thread.isDaemon(), "no JVM lives for it");
        }
    }

    @Test
    void anInterruptOfWhoeverOpensAndEndsItIsKept() throws Exception {
        Thread.currentThread().interrupt();
        ChannelGroup group = ChannelGroup.open();
        assertTrue(Thread.currentThread().isInterrupted());
        group.leave(TIMEOUT_NANOS);
        assertTrue(Thread.interrupted());
        assertTrue(group.channels.isShutdown());
    }

    @Test
    void itEndsWithItsLastUser() throws Exception {
        ChannelGroup group = ChannelGroup.open();
        group.join();
        group.leave(TIMEOUT_NANOS);
        AsynchronousSocketChannel.open(group.channels).close();
        assertFalse(group.channels.isShutdown());
        group.leave(TIMEOUT_NANOS);
        assertTrue(group.channels.isShutdown());
    }

    private static Poller meetPollerOfNewGroup() throws Exception {
        ChannelGroup group = ChannelGroup.open();
        CompletableFuture<Poller> met = new CompletableFuture<>();
        try (var listener = AsynchronousServerSocketChannel.open(group.channels)) {
            listener.bind(DriverHarness.loopback()).accept(null, new Meeting(met));
            InetSocketAddress bound = (InetSocketAddress) listener.getLocalAddress();
            try (Socket _ = new Socket(bound.getAddress(), bound.getPort())) {
                return met.get(TIMEOUT_NANOS, TimeUnit.NANOSECONDS);
            }
        } finally {
            group.leave(TIMEOUT_NANOS);
            assertTrue(met.join().thread.join(java.time.Duration.ofNanos(TIMEOUT_NANOS)));
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // that is what it is about
    private static <T> T inThread(ClassLoader contextClassLoader, Callable<T> work)
            throws Exception {
        FutureTask<T> task =
                new FutureTask<>(
                        () -> {
                            INHERITED.set("the opener's");
                            return work.call();
                        });
        Thread odd = Thread.ofPlatform().priority(Thread.MAX_PRIORITY).unstarted(task);
        odd.setContextClassLoader(contextClassLoader);
        odd.start();
        return task.get();
    }

    private record Meeting(CompletableFuture<Poller> met)
            implements CompletionHandler<AsynchronousSocketChannel, @Nullable Void> {
        @Override
        public void completed(AsynchronousSocketChannel child, @Nullable Void unused) {
            NioSocket.closeQuietly(child);
            Thread current = Thread.currentThread();
            met.complete(new Poller(current, INHERITED.get(), current.getContextClassLoader()));
        }

        @Override
        public void failed(Throwable failure, @Nullable Void unused) {
            met.completeExceptionally(failure);
        }
    }
}
