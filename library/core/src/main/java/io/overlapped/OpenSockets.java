package io.overlapped;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The sockets that are not gone, linked through themselves, so that the end finds them all. */
final class OpenSockets {
    private @Nullable Endpoint first;

    boolean isEmpty() {
        return first == null;
    }

    void add(Endpoint socket) {
        if (socket.isGone()) {
            return;
        }
        socket.following = first;
        if (first != null) {
            first.previous = socket;
        }
        first = socket;
    }

    void remove(Endpoint socket) {
        Endpoint before = socket.previous;
        Endpoint after = socket.following;
        if (before != null) {
            before.following = after;
        } else if (first == socket) {
            first = after;
        }
        if (after != null) {
            after.previous = before;
        }
        socket.previous = null;
        socket.following = null;
    }

    void forEachPending(Consumer<Overlapped> action) {
        for (Endpoint socket = first; socket != null; socket = socket.following) {
            socket.forEachPending(action);
        }
    }

    /** Nothing calls the driver for any of them from now on. */
    void leave() {
        for (Endpoint socket = first; socket != null; socket = socket.following) {
            socket.leave();
        }
    }

    /** Closes those that accept, and ends the others as they fall idle. */
    void drain() {
        Endpoint socket = first;
        while (socket != null) {
            Endpoint after = socket.following;
            socket.drain();
            socket = after;
        }
    }

    void closeAll() {
        Endpoint socket = first;
        while (socket != null) {
            Endpoint after = socket.following;
            socket.closeNow();
            socket = after;
        }
    }
}
