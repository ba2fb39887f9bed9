package io.overlapped.bench.server;

import java.util.concurrent.locks.LockSupport;

/** A virtual thread that a platform thread wakes and waits for, with nothing but parks. */
final class Wakes {
    private final Thread woken = Thread.ofVirtual().unstarted(this::answer);
    private volatile Thread waker = Thread.currentThread();
    private volatile boolean isAsked;
    private volatile boolean isOver;

    Wakes() {
        woken.start();
    }

    /** Wakes it so many times, on a thread of its own, and returns afterwards. */
    void run(int count) throws InterruptedException {
        Thread.ofPlatform().daemon().name("waker").start(() -> wake(count)).join();
    }

    /** Ends the virtual thread. */
    void end() throws InterruptedException {
        isOver = true;
        LockSupport.unpark(woken);
        woken.join();
    }

    private void wake(int count) {
        waker = Thread.currentThread();
        for (int i = 0; i < count; i++) {
            awaitParked();
            isAsked = true;
            LockSupport.unpark(woken);
            while (isAsked) {
                LockSupport.park();
            }
        }
    }

    /** As an await is, which is over only when a packet has come: else nobody need be woken. */
    @SuppressWarnings("ThreadPriorityCheck") // A hint: with one core, it lets the other run.
    private void awaitParked() {
        while (woken.getState() != Thread.State.WAITING) {
            Thread.yield();
        }
    }

    private void answer() {
        while (!isOver) {
            if (isAsked) {
                Thread asking = waker;
                isAsked = false;
                LockSupport.unpark(asking);
            } else {
                LockSupport.park();
            }
        }
    }
}
