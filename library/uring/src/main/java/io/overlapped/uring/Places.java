package io.overlapped.uring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.overlapped.spi.IoVector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory for what an operation points to besides its buffers: a message header with its pieces, or
 * a socket address. A place belongs to one operation from its start to its completion, as the
 * kernel may read it until then.
 */
final class Places {
    private static final int IOVECS = 64;
    private static final int PLACE_BYTES = IOVECS + IoVector.PIECES_MAX * Abi.iovec_BYTES;
    private static final int CHUNK = 64;

    private final Arena arena;
    private final List<MemorySegment> chunks = new ArrayList<>();
    private int[] free = new int[CHUNK];
    private int freeCount;

    Places(Arena arena) {
        this.arena = arena;
    }

    int take() {
        if (freeCount == 0) {
            grow();
        }
        return free[--freeCount];
    }

    void give(int place) {
        free[freeCount++] = place;
    }

    /** Writes a message header for {@code pieces}; returns its address. */
    long message(int place, IoVector pieces) {
        MemorySegment at = memory(place);
        for (int i = 0; i < pieces.count(); i++) {
            long iovec = IOVECS + (long) i * Abi.iovec_BYTES;
            long base = pieces.memory(i).address() + pieces.start(i);
            at.set(JAVA_LONG, iovec + Abi.iovec_base, base);
            at.set(JAVA_LONG, iovec + Abi.iovec_len, pieces.bytes(i));
        }
        at.asSlice(0, Abi.msghdr_BYTES).fill((byte) 0);
        at.set(JAVA_LONG, Abi.msghdr_iov, at.address() + IOVECS);
        at.set(JAVA_LONG, Abi.msghdr_iovlen, pieces.count());
        return at.address();
    }

    long messageAddress(int place) {
        return memory(place).address();
    }

    int pieceCount(int place) {
        return (int) memory(place).get(JAVA_LONG, Abi.msghdr_iovlen);
    }

    long pieceAddress(int place, int piece) {
        return memory(place)
                .get(JAVA_LONG, IOVECS + (long) piece * Abi.iovec_BYTES + Abi.iovec_base);
    }

    int pieceBytes(int place, int piece) {
        return memory(place).get(JAVA_INT, IOVECS + (long) piece * Abi.iovec_BYTES + Abi.iovec_len);
    }

    /** Writes a socket address; returns where. */
    MemorySegment address(int place, InetSocketAddress address) {
        return SocketAddresses.write(address, memory(place));
    }

    private MemorySegment memory(int place) {
        return chunks.get(place / CHUNK).asSlice((long) (place % CHUNK) * PLACE_BYTES, PLACE_BYTES);
    }

    private void grow() {
        int first = chunks.size() * CHUNK;
        chunks.add(arena.allocate((long) CHUNK * PLACE_BYTES, Long.BYTES));
        if (free.length < first + CHUNK) {
            free = java.util.Arrays.copyOf(free, Math.max(2 * free.length, first + CHUNK));
        }
        for (int i = first + CHUNK - 1; i >= first; i--) {
            free[freeCount++] = i;
        }
    }
}
