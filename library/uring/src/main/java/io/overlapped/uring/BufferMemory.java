package io.overlapped.uring;

import io.overlapped.spi.Probe;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory for buffers that costs only what was used of it: mapped, so that the system gives a page
 * when it is first written to. Plain memory of an arena is cleared, and so all of it is there at
 * once. Mapped memory is aligned to pages.
 *
 * <p>Threads: one at a time, as the pool that grows.
 */
final class BufferMemory implements Probe {
    private final Libc libc = new Libc(Arena.ofAuto());

    @Override
    public MemorySegment allocate(Arena arena, long bytes, long alignmentBytes) {
        long address = libc.mmap(bytes, Abi.MAP_PRIVATE | Abi.MAP_ANONYMOUS, -1, 0);
        if (address < 0) {
            return arena.allocate(bytes, alignmentBytes);
        }
        return MemorySegment.ofAddress(address)
                .reinterpret(bytes, arena, _ -> libc.munmap(address, bytes));
    }
}
