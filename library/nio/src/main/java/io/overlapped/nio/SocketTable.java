package io.overlapped.nio;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sockets by number. A number is used again only after its socket was closed.
 *
 * <p>Threads: any.
 */
final class SocketTable {
    private volatile @Nullable NioSocket[] sockets = new NioSocket[64];
    private int[] free = new int[64];
    private int freeCount;
    private int used;

    synchronized int add(NioSocket socket) {
        int index = freeCount > 0 ? free[--freeCount] : used++;
        if (index == sockets.length) {
            sockets = Arrays.copyOf(sockets, 2 * index);
            free = Arrays.copyOf(free, 2 * index);
        }
        socket.index = index;
        sockets[index] = socket;
        return index;
    }

    synchronized void remove(NioSocket socket) {
        sockets[socket.index] = null;
        free[freeCount++] = socket.index;
    }

    synchronized @Nullable NioSocket[] all() {
        return sockets.clone();
    }

    @Nullable NioSocket get(int index) {
        @Nullable NioSocket[] now = sockets;
        return index >= 0 && index < now.length ? now[index] : null;
    }

    NioSocket require(int index) {
        NioSocket socket = get(index);
        if (socket == null) {
            throw new AssertionError("no socket " + index);
        }
        return socket;
    }
}
