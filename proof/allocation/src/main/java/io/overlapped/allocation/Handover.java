package io.overlapped.allocation;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * A token that goes to another thread and comes back, with nothing but parks and unparks: what an
 * await costs by itself, in the JDK and not in the library.
 *
 * <p>Threads: the one that made it.
 */
final class Handover {
    private final Thread owner = Thread.currentThread();
    private final Thread peer;
    private volatile boolean isWithPeer;
    private volatile boolean isClosed;

    /**
     * @param threads makes the other thread
     */
    Handover(ThreadFactory threads) {
        peer = threads.newThread(this::giveBack);
        peer.start();
    }

    /** Gives the token to the other thread and waits until it is back. */
    void roundTrip() {
        awaitParked();
        isWithPeer = true;
        LockSupport.unpark(peer);
        while (isWithPeer) {
            LockSupport.park();
        }
    }

    /** As an await is, which is over only when a packet has come: else nobody need be woken. */
    @SuppressWarnings("ThreadPriorityCheck") // A hint: with one core, it lets the other run.
    private void awaitParked() {
        while (peer.getState() != Thread.State.WAITING) {
            Thread.yield();
        }
    }

    private void giveBack() {
        while (!isClosed) {
            if (isWithPeer) {
                isWithPeer = false;
                LockSupport.unpark(owner);
            } else {
                LockSupport.park();
            }
        }
    }

    /** Ends the other thread. */
    void close() throws InterruptedException {
        isClosed = true;
        LockSupport.unpark(peer);
        peer.join();
    }
}
