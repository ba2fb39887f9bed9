package io.overlapped.lab.model;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_READ;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Objects;

/**
 * What the system does for WSAAsyncSelect and WSAEventSelect, on a thread of its own: it watches
 * sockets and says of each what may be done with it.
 *
 * <p>As there, it says a thing once. After {@code FD_READ} it is silent until the program has read,
 * which {@link #enable} stands for.
 *
 * <p>Threads: any.
 */
final class NetworkEvents implements Closeable {
    static final int FD_ACCEPT = OP_ACCEPT;
    static final int FD_READ = OP_READ;
    static final int FD_WRITE = SelectionKey.OP_WRITE;

    /** Who is told. */
    interface Target {
        /** Called on the system's thread; must not wait. */
        void happened(int events);
    }

    private final Selector selector;
    private final Thread thread;
    private volatile boolean closed;

    NetworkEvents() throws IOException {
        selector = Selector.open();
        thread = Thread.ofPlatform().name("lab system").start(this::run);
    }

    /** {@code WSAAsyncSelect} or {@code WSAEventSelect}: from now on the target is told. */
    void select(SelectableChannel channel, int events, Target target) throws IOException {
        channel.register(selector, events, target);
        selector.wakeup();
    }

    /** The program has read, accepted, or could not write: the event can happen again. */
    void enable(SelectableChannel channel, int events) {
        SelectionKey key = channel.keyFor(selector);
        if (key != null) {
            try {
                key.interestOpsOr(events);
            } catch (CancelledKeyException e) {
                // The client is gone meanwhile; the wake-up below gives its descriptor back.
            }
        }
        selector.wakeup();
    }

    private void run() {
        while (!closed) {
            try {
                selector.select(NetworkEvents::tell);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private static void tell(SelectionKey key) {
        try {
            int ready = key.readyOps();
            key.interestOpsAnd(~ready);
            ((Target) Objects.requireNonNull(key.attachment(), "no target")).happened(ready);
        } catch (CancelledKeyException e) {
            // The client is gone meanwhile.
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        selector.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
