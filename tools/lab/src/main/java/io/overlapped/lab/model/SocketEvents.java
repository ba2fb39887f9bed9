package io.overlapped.lab.model;

import org.jspecify.annotations.Nullable;

/**
 * An array of events, one a socket, that one thread waits for: WSAEVENT and
 * WSAWaitForMultipleEvents.
 *
 * <p>Threads: any set and wake; one waits.
 */
final class SocketEvents {
    /** WSA_MAXIMUM_WAIT_EVENTS: how many events one wait can be for. */
    static final int MAXIMUM_WAIT_EVENTS = 64;

    private final @Nullable ReactorClient[] clients = new ReactorClient[MAXIMUM_WAIT_EVENTS];
    private final int[] happened = new int[MAXIMUM_WAIT_EVENTS];
    private int count;
    private boolean woken;

    /** A place for one more socket, or −1 if all are taken. */
    synchronized int freeIndex() {
        for (int index = 0; index < MAXIMUM_WAIT_EVENTS; index++) {
            if (clients[index] == null) {
                return index;
            }
        }
        return -1;
    }

    synchronized void put(int index, ReactorClient client) {
        clients[index] = client;
        happened[index] = 0;
        count++;
    }

    @SuppressWarnings("ReferenceEquality") // a client is itself alone
    synchronized void remove(int index, ReactorClient client) {
        if (clients[index] == client) {
            clients[index] = null;
            count--;
        }
    }

    synchronized int count() {
        return count;
    }

    synchronized @Nullable ReactorClient client(int index) {
        return clients[index];
    }

    /** Sets an event: this happened to its socket. */
    synchronized void set(int index, int events) {
        happened[index] |= events;
        notifyAll();
    }

    /** Makes the wait return without an event. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** {@code WSAWaitForMultipleEvents}: the lowest index whose event is set; −1 when woken. */
    synchronized int waitForAny() throws InterruptedException {
        while (true) {
            if (woken) {
                woken = false;
                return -1;
            }
            for (int index = 0; index < MAXIMUM_WAIT_EVENTS; index++) {
                if (happened[index] != 0) {
                    return index;
                }
            }
            wait();
        }
    }

    /** {@code WSAEnumNetworkEvents}: what happened to a socket; resets its event. */
    synchronized int enumerate(int index) {
        int events = happened[index];
        happened[index] = 0;
        return events;
    }
}
