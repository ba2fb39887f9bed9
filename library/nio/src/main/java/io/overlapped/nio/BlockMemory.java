package io.overlapped.nio;

import io.overlapped.spi.Probe;
import java.nio.ByteBuffer;

/**
 * Where the driver's memory comes from.
 *
 * <p>Threads: the one that drives; what {@link #probe} returns, as a probe.
 */
@FunctionalInterface
interface BlockMemory {
    /** What goes back to the system, where that can be had. */
    static BlockMemory best() {
        return MappedMemory.isAvailable() ? new MappedMemory() : ByteBuffer::allocateDirect;
    }

    /**
     * Direct memory.
     *
     * @throws OutOfMemoryError when there is none
     */
    ByteBuffer allocate(int bytes);

    /** Frees what {@link #allocate} returned, and nobody uses any more. */
    default void free(ByteBuffer memory) {
        // The garbage collector's.
    }

    /** What the proactor's buffers are made of. */
    default Probe probe() {
        return Probe.NONE;
    }
}
