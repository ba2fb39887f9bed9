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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The end of a channel group, whose own thread is waited for, as it is that thread which closes the
 * group's descriptors. Nobody tells which thread it is but a handler that it runs.
 *
 * <p>Threads: any one.
 */
final class GroupEnd {
    private final AsynchronousChannelGroup group;
    private final long start = System.nanoTime();
    private final long timeoutNanos;

    private GroupEnd(AsynchronousChannelGroup group, long timeoutNanos) {
        this.group = group;
        this.timeoutNanos = timeoutNanos;
    }

    /** Waits at most so long, or not at all for 0. */
    static void of(AsynchronousChannelGroup group, long timeoutNanos) {
        GroupEnd end = new GroupEnd(group, timeoutNanos);
        boolean interrupted = Thread.interrupted();
        try {
            Thread poller = timeoutNanos > 0 ? end.meetPoller() : null;
            group.shutdownNow();
            if (poller != null && end.left() > 0) {
                var _ = poller.join(Duration.ofNanos(end.left()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Has it run a handler; null if that cannot be: then it closes its descriptors unwatched. */
    private @Nullable Thread meetPoller() {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var listener = AsynchronousServerSocketChannel.open(group).bind(loopback)) {
            Meeting meeting = new Meeting();
            listener.accept(null, meeting);
            InetSocketAddress bound = (InetSocketAddress) listener.getLocalAddress();
            try (Socket _ = new Socket(bound.getAddress(), bound.getPort())) {
                return meeting.poller.get(left(), TimeUnit.NANOSECONDS);
            }
        } catch (IOException | RuntimeException | ExecutionException | TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private long left() {
        return timeoutNanos - (System.nanoTime() - start);
    }

    private static final class Meeting
            implements CompletionHandler<AsynchronousSocketChannel, @Nullable Void> {
        final CompletableFuture<@Nullable Thread> poller = new CompletableFuture<>();

        @Override
        public void completed(AsynchronousSocketChannel child, @Nullable Void unused) {
            NioSocket.closeQuietly(child);
            poller.complete(Thread.currentThread());
        }

        @Override
        public void failed(Throwable failure, @Nullable Void unused) {
            poller.complete(null);
        }
    }
}
