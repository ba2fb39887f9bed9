package io.overlapped.uring;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sockets by number. A number is used again only after its socket was closed, and then under
 * another generation.
 *
 * <p>Threads: any.
 */
final class SocketTable {
    private static final int INITIAL = 64;

    private final Object lock = new Object();
    private volatile @Nullable UringSocket[] sockets = new UringSocket[INITIAL];
    private int[] free = new int[INITIAL];
    private int freeCount;
    private int used;
    private int generations;

    UringSocket add(int fd) {
        synchronized (lock) {
            int index = freeCount > 0 ? free[--freeCount] : used++;
            if (index == sockets.length) {
                sockets = Arrays.copyOf(sockets, 2 * index);
                free = Arrays.copyOf(free, 2 * index);
            }
            UringSocket socket = new UringSocket(index, ++generations, fd);
            sockets[index] = socket;
            return socket;
        }
    }

    void remove(UringSocket socket) {
        synchronized (lock) {
            sockets[socket.index] = null;
            free[freeCount++] = socket.index;
        }
    }

    @Nullable UringSocket get(int index) {
        @Nullable UringSocket[] now = sockets;
        return index < now.length ? now[index] : null;
    }

    UringSocket require(int index) {
        UringSocket socket = get(index);
        if (socket == null) {
            throw new AssertionError("no socket " + index);
        }
        return socket;
    }

    /** All there are, for the end. */
    @Nullable UringSocket[] all() {
        return sockets;
    }
}
