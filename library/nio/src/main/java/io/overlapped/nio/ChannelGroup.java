package io.overlapped.nio;

import java.io.IOException;
import java.nio.channels.AsynchronousChannelGroup;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A driver's group of channels. A handler runs on the thread that has its outcome, see {@link
 * ChannelOperation}, so the group needs no threads but the one that polls, and serves whatever
 * driver a channel of it has come to. It lives as long as its driver or one of those channels.
 *
 * <p>Threads: any.
 */
final class ChannelGroup {
    final AsynchronousChannelGroup channels;

    /** Its driver, and every stream that may leave it. */
    private final AtomicInteger users = new AtomicInteger(1);

    private ChannelGroup(AsynchronousChannelGroup channels) {
        this.channels = channels;
    }

    /**
     * Opens it on a thread of its own, as the JDK makes the group's thread out of the one that asks
     * for it: of its priority, for one.
     */
    @SuppressWarnings("ThreadPriorityCheck") // the usual one, whoever asks
    static ChannelGroup open() throws IOException {
        FutureTask<AsynchronousChannelGroup> opening =
                new FutureTask<>(
                        () -> AsynchronousChannelGroup.withThreadPool(new InlineExecutor()));
        Thread opener =
                Thread.ofPlatform()
                        .name("overlapped-nio-opener")
                        .daemon(true)
                        .priority(Thread.NORM_PRIORITY)
                        .inheritInheritableThreadLocals(false)
                        .unstarted(opening);
        opener.setContextClassLoader(ClassLoader.getSystemClassLoader());
        opener.start();
        return new ChannelGroup(result(opening));
    }

    /** One more user, while there is one. */
    void join() {
        users.getAndIncrement();
    }

    /**
     * One user less, whose channels are closed. With the last one the group ends.
     *
     * @param timeoutNanos how long the end of its thread is waited for; 0 not to wait
     */
    void leave(long timeoutNanos) {
        if (users.decrementAndGet() == 0) {
            GroupEnd.of(channels, timeoutNanos);
        }
    }

    private static AsynchronousChannelGroup result(FutureTask<AsynchronousChannelGroup> opening)
            throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return opening.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
