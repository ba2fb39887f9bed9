package io.overlapped.nio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The end of a channel group: waits for the last handlers, shuts the group down, and waits for the
 * group's own thread, as it is that thread which closes the group's descriptors.
 *
 * <p>Threads: the one that drives.
 */
final class GroupEnd {
    private final AsynchronousChannelGroup group;
    private final HandlerQueue handlers;
    private final long start = System.nanoTime();
    private final long timeoutNanos;

    private GroupEnd(AsynchronousChannelGroup group, HandlerQueue handlers, long timeoutNanos) {
        this.group = group;
        this.handlers = handlers;
        this.timeoutNanos = timeoutNanos;
    }

    /**
     * @param quiet whether no handler is to come, of channels that are closed
     */
    static void of(
            AsynchronousChannelGroup group,
            HandlerQueue handlers,
            BooleanSupplier quiet,
            long timeoutNanos) {
        GroupEnd end = new GroupEnd(group, handlers, timeoutNanos);
        end.runHandlersUntil(quiet);
        end.meetPoller();
        end.shutdownGroup();
    }

    private void runHandlersUntil(BooleanSupplier done) {
        handlers.runHandlers();
        while (!done.getAsBoolean() && left() > 0) {
            handlers.await(left());
            handlers.runHandlers();
        }
    }

    /** The group's thread is known by the first handler it brings; has it bring one. */
    private void meetPoller() {
        if (handlers.poller() != null) {
            return;
        }
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var listener = AsynchronousServerSocketChannel.open(group).bind(loopback)) {
            listener.accept(null, new Accepted());
            InetSocketAddress bound = (InetSocketAddress) listener.getLocalAddress();
            try (Socket _ = new Socket(bound.getAddress(), bound.getPort())) {
                runHandlersUntil(() -> handlers.poller() != null);
            }
        } catch (IOException | RuntimeException e) {
            // Then nobody waits for the thread, and it closes its descriptors a little later.
        }
        handlers.runHandlers();
    }

    private void shutdownGroup() {
        try {
            group.shutdownNow();
            Thread poller = handlers.poller();
            if (poller != null && left() > 0) {
                var _ = poller.join(Duration.ofNanos(left()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long left() {
        return timeoutNanos - (System.nanoTime() - start);
    }

    private static final class Accepted
            implements CompletionHandler<AsynchronousSocketChannel, @Nullable Void> {
        @Override
        public void completed(AsynchronousSocketChannel child, @Nullable Void unused) {
            NioSocket.closeQuietly(child);
        }

        @Override
        public void failed(Throwable failure, @Nullable Void unused) {}
    }
}
