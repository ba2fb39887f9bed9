package io.overlapped.spi;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A driver's sockets by number. A number is used again only after its socket was taken out, the one
 * that became free last first.
 *
 * <p>Threads: any. A look-up takes no lock.
 *
 * @param <S> what a driver knows of a socket
 */
public final class SocketTable<S> {
    private static final int INITIAL = 64;

    private volatile @Nullable Object[] sockets = new Object[INITIAL];
    private int[] free = new int[INITIAL];
    private int freeCount;
    private int used;

    public SocketTable() {}

    /** Returns its number. */
    public synchronized int add(S socket) {
        int number = freeCount > 0 ? free[--freeCount] : used++;
        if (number == sockets.length) {
            sockets = Arrays.copyOf(sockets, 2 * number);
            free = Arrays.copyOf(free, 2 * number);
        }
        sockets[number] = socket;
        return number;
    }

    public synchronized void remove(int number) {
        sockets[number] = null;
        free[freeCount++] = number;
    }

    /** Takes it out if it is there still; whether it was. */
    @SuppressWarnings("ReferenceEquality") // a socket is itself alone
    public synchronized boolean remove(int number, S socket) {
        boolean there = number < sockets.length && sockets[number] == socket;
        if (there) {
            remove(number);
        }
        return there;
    }

    /** Takes all out, for the end; the action gets each. */
    @SuppressWarnings("unchecked") // nothing else is put in
    public void removeAll(Consumer<? super S> action) {
        @Nullable Object[] all;
        synchronized (this) {
            all = sockets;
            sockets = new Object[INITIAL];
            free = new int[INITIAL];
            freeCount = 0;
            used = 0;
        }
        for (Object socket : all) {
            if (socket != null) {
                action.accept((S) socket);
            }
        }
    }

    /** How many there are. */
    public synchronized int count() {
        return used - freeCount;
    }

    /** Null if there is none of this number. */
    @SuppressWarnings("unchecked") // nothing else is put in
    public @Nullable S get(int number) {
        @Nullable Object[] now = sockets;
        return number >= 0 && number < now.length ? (S) now[number] : null;
    }

    /**
     * The socket of this number, which there must be.
     *
     * @throws IllegalStateException if there is none
     */
    public S require(int number) {
        S socket = get(number);
        if (socket == null) {
            throw new IllegalStateException("there is no socket " + number);
        }
        return socket;
    }

    /** Visits those there are; the action may take out the one it is given. */
    @SuppressWarnings("unchecked") // nothing else is put in
    public void forEach(Consumer<? super S> action) {
        @Nullable Object[] now;
        synchronized (this) {
            now = Arrays.copyOf(sockets, used);
        }
        for (Object socket : now) {
            if (socket != null) {
                action.accept((S) socket);
            }
        }
    }
}
