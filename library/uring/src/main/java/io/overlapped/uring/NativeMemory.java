package io.overlapped.uring;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory that is known by its address alone. The one place where bounds are given to an address, or
 * taken away; an address lives inside one statement of whoever uses it.
 */
final class NativeMemory {
    /** All memory of the process, indexed by address. */
    static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private NativeMemory() {}

    /** What was mapped at {@code address}, valid until {@code arena} is closed. */
    static MemorySegment mapped(long address, long bytes, Arena arena) {
        return MemorySegment.ofAddress(address).reinterpret(bytes, arena, null);
    }
}
