package io.overlapped.uring;

import static io.overlapped.uring.UringSocket.NO_BUFFER;

import io.overlapped.spi.SocketTable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The provided buffers: which are in the kernel's ring, which are spare, and which hold bytes that
 * arrived for a socket before it asked for them. Those of one socket are linked in order through
 * the buffers' numbers.
 */
final class Arrivals {
    private static final int NO_SOCKET = -1;

    private final @Nullable BufferRing ring;
    private final SocketTable<UringSocket> sockets;
    private @Nullable MemorySegment[] memory = new MemorySegment[0];
    private int[] following = new int[0];
    private int[] bytes = new int[0];
    private int[] offsets = new int[0];
    private int[] owners = new int[0];
    private int[] spares = new int[0];
    private int spareCount;
    private int inRing;
    private int keptCount;
    private long parkedCount;

    Arrivals(@Nullable BufferRing ring, SocketTable<UringSocket> sockets) {
        this.ring = ring;
        this.sockets = sockets;
    }

    boolean hasRing() {
        return ring != null;
    }

    /** As far as the completions seen so far tell. */
    boolean ringHasBuffers() {
        return inRing > 0;
    }

    int ringBuffers() {
        return inRing;
    }

    int spareBuffers() {
        return spareCount;
    }

    long parkedCount() {
        return parkedCount;
    }

    /** The kernel took a buffer out of the ring. */
    void taken() {
        inRing--;
    }

    void own(int buffer, MemorySegment itsMemory) {
        if (buffer >= memory.length) {
            grow(Math.max(buffer + 1, Math.max(64, 2 * memory.length)));
        }
        memory[buffer] = itsMemory;
    }

    long address(int buffer) {
        return memoryOf(buffer).address();
    }

    int capacity(int buffer) {
        return (int) memoryOf(buffer).byteSize();
    }

    void addSpare(int buffer) {
        spares[spareCount++] = buffer;
    }

    boolean hasSpare() {
        return spareCount > 0;
    }

    int takeSpare() {
        return spareCount == 0 ? NO_BUFFER : spares[--spareCount];
    }

    void sparesToRing() {
        BufferRing to = Objects.requireNonNull(ring);
        // One stays here while the ring has others: copies that are parked need it to leave.
        while (spareCount > (inRing > 0 ? 1 : 0)) {
            int buffer = spares[--spareCount];
            to.add(buffer, memoryOf(buffer));
            inRing++;
        }
    }

    boolean isEmpty(UringSocket socket) {
        return socket.firstArrived == NO_BUFFER && !isParked(socket);
    }

    /** Whether the oldest of what arrived was copied. */
    boolean isParked(UringSocket socket) {
        return socket.parked != null && !socket.parked.isEmpty();
    }

    void add(UringSocket socket, int buffer, int count) {
        bytes[buffer] = count;
        offsets[buffer] = 0;
        owners[buffer] = socket.index;
        keptCount++;
        following[buffer] = NO_BUFFER;
        if (socket.firstArrived == NO_BUFFER) {
            socket.firstArrived = buffer;
        } else {
            following[socket.lastArrived] = buffer;
        }
        socket.lastArrived = buffer;
        socket.arrivedCount++;
    }

    /** Has the first buffer begin with the bytes it still holds; returns how many. */
    int moveToFront(UringSocket socket) {
        int buffer = socket.firstArrived;
        int offset = offsets[buffer];
        int count = bytes[buffer] - offset;
        if (offset > 0) {
            MemorySegment.copy(memoryOf(buffer), offset, memoryOf(buffer), 0, count);
        }
        return count;
    }

    /** Takes the socket's first buffer out of its list. */
    int poll(UringSocket socket) {
        int buffer = socket.firstArrived;
        socket.firstArrived = following[buffer];
        owners[buffer] = NO_SOCKET;
        keptCount--;
        socket.arrivedCount--;
        return buffer;
    }

    /** Copies what arrived into the pieces at {@code place}; returns how much. */
    int copy(UringSocket socket, Places places, int place, IntConsumer emptied) {
        int total = 0;
        int count = places.pieceCount(place);
        for (int i = 0; i < count && !isEmpty(socket); i++) {
            long target = places.pieceAddress(place, i);
            total += copyTo(socket, target, places.pieceBytes(place, i), emptied);
        }
        return total;
    }

    /** Copies what arrived to the start of {@code buffer}; returns how much. */
    int fill(UringSocket socket, int buffer, IntConsumer emptied) {
        return copyTo(socket, address(buffer), capacity(buffer), emptied);
    }

    /** Copies everything that nobody has asked for yet, so that its buffers can be used again. */
    void park(IntConsumer emptied) {
        for (int buffer = 0; buffer < owners.length && keptCount > 0; buffer++) {
            UringSocket socket = owners[buffer] == NO_SOCKET ? null : sockets.get(owners[buffer]);
            while (socket != null && socket.firstArrived != NO_BUFFER) {
                parkFirst(socket, emptied);
            }
        }
    }

    private void parkFirst(UringSocket socket, IntConsumer emptied) {
        int first = socket.firstArrived;
        int count = bytes[first] - offsets[first];
        byte[] copy = new byte[count];
        MemorySegment.copy(memoryOf(first), ValueLayout.JAVA_BYTE, offsets[first], copy, 0, count);
        if (socket.parked == null) {
            socket.parked = new ArrayDeque<>();
        }
        socket.parked.add(copy);
        parkedCount++;
        int buffer = poll(socket);
        socket.arrivedCount++; // It still waits, as a copy.
        emptied.accept(buffer);
    }

    private int copyTo(UringSocket socket, long target, int room, IntConsumer emptied) {
        int copied = 0;
        while (copied < room && !isEmpty(socket)) {
            copied +=
                    isParked(socket)
                            ? copyParked(socket, target + copied, room - copied)
                            : copyBuffer(socket, target + copied, room - copied, emptied);
        }
        return copied;
    }

    private int copyParked(UringSocket socket, long target, int room) {
        ArrayDeque<byte[]> parked = Objects.requireNonNull(socket.parked);
        byte[] first = Objects.requireNonNull(parked.peek());
        int count = Math.min(room, first.length - socket.parkedOffset);
        MemorySegment.copy(
                first, socket.parkedOffset, NativeMemory.ALL, ValueLayout.JAVA_BYTE, target, count);
        socket.parkedOffset += count;
        if (socket.parkedOffset == first.length) {
            parked.poll();
            socket.parkedOffset = 0;
            socket.arrivedCount--;
        }
        return count;
    }

    private int copyBuffer(UringSocket socket, long target, int room, IntConsumer emptied) {
        int buffer = socket.firstArrived;
        int count = Math.min(room, bytes[buffer] - offsets[buffer]);
        MemorySegment.copy(memoryOf(buffer), offsets[buffer], NativeMemory.ALL, target, count);
        offsets[buffer] += count;
        if (offsets[buffer] == bytes[buffer]) {
            emptied.accept(poll(socket));
        }
        return count;
    }

    private MemorySegment memoryOf(int buffer) {
        return Objects.requireNonNull(memory[buffer]);
    }

    private void grow(int size) {
        int old = memory.length;
        memory = Arrays.copyOf(memory, size);
        following = Arrays.copyOf(following, size);
        bytes = Arrays.copyOf(bytes, size);
        offsets = Arrays.copyOf(offsets, size);
        owners = Arrays.copyOf(owners, size);
        spares = Arrays.copyOf(spares, size);
        Arrays.fill(owners, old, size, NO_SOCKET);
    }
}
