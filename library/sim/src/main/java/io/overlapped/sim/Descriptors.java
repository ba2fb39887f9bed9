package io.overlapped.sim;

import io.overlapped.spi.Errno;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sockets by descriptor. As in a kernel a new one gets the lowest number that is free, so that what
 * comes late for an old one would meet it.
 */
final class Descriptors {
    private final int max;
    private final BitSet used = new BitSet();
    private @Nullable SimSocket[] sockets = new SimSocket[16];
    private int count;

    Descriptors(int max) {
        this.max = max;
    }

    int count() {
        return count;
    }

    int tryAdd(SimSocket socket) {
        if (count == max) {
            return -Errno.EMFILE;
        }
        int number = used.nextClearBit(0);
        used.set(number);
        if (number == sockets.length) {
            sockets = Arrays.copyOf(sockets, 2 * number);
        }
        sockets[number] = socket;
        socket.descriptor = number;
        count++;
        return number;
    }

    /** Null if there is none. */
    @Nullable SimSocket find(int descriptor) {
        return descriptor < sockets.length ? sockets[descriptor] : null;
    }

    SimSocket get(int descriptor) {
        SimSocket socket = find(descriptor);
        if (socket == null) {
            throw new IllegalStateException("descriptor " + descriptor + " is closed");
        }
        return socket;
    }

    void remove(SimSocket socket) {
        sockets[socket.descriptor] = null;
        used.clear(socket.descriptor);
        count--;
    }

    List<SimSocket> all() {
        List<SimSocket> all = new ArrayList<>();
        for (SimSocket socket : sockets) {
            if (socket != null) {
                all.add(socket);
            }
        }
        return all;
    }
}
