package io.overlapped.spi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What a driver may do about the memory that operations use, and about routines, beside moving
 * bytes: a driver may want memory of its own making, a guard protects buffers that nobody has, and
 * a simulation refuses buffers and makes routines fail.
 *
 * <p>Threads: {@link #allocate}, {@link #taking} and {@link #released} on any thread that takes or
 * gives back a buffer, several at once; {@link #routine} on the proactor's own.
 */
public interface Probe {
    /** Plain memory; refuses nothing. */
    Probe NONE = new Probe() {};

    /** Memory for some buffers, which lives as long as {@code arena}. */
    default MemorySegment allocate(Arena arena, long bytes, long alignmentBytes) {
        return arena.allocate(bytes, alignmentBytes);
    }

    /**
     * A free buffer is about to be taken, by the program or to be provided to the driver.
     *
     * @return false to refuse it, as if none were free; the proactor asks again in its next pass
     */
    default boolean taking(MemorySegment buffer) {
        return true;
    }

    /** Nobody has this buffer any more. */
    default void released(MemorySegment buffer) {}

    /** A program's routine is about to run; what this throws, the routine throws. */
    default void routine() {}
}
