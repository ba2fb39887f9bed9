package io.overlapped;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The sockets that are not gone, linked through themselves, so that the end finds them all. */
final class OpenSockets {
    private @Nullable TcpSocket first;

    boolean isEmpty() {
        return first == null;
    }

    void add(TcpSocket socket) {
        if (socket.isGone()) {
            return;
        }
        socket.following = first;
        if (first != null) {
            first.previous = socket;
        }
        first = socket;
    }

    void remove(TcpSocket socket) {
        TcpSocket before = socket.previous;
        TcpSocket after = socket.following;
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
        for (TcpSocket socket = first; socket != null; socket = socket.following) {
            socket.forEachPending(action);
        }
    }

    /** Nothing calls the driver for any of them from now on. */
    void leave() {
        for (TcpSocket socket = first; socket != null; socket = socket.following) {
            socket.leave();
        }
    }

    void closeAll() {
        TcpSocket socket = first;
        while (socket != null) {
            TcpSocket after = socket.following;
            socket.closeNow();
            socket = after;
        }
    }
}
