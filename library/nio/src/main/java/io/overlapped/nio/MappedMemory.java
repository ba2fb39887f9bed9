package io.overlapped.nio;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.overlapped.spi.Probe;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;

/**
 * Memory straight from the system: it costs what was used of it, and goes back at once when it is
 * freed. Plain memory is cleared, so all of it is there at once, and what is freed of it stays with
 * the C library; direct buffers stay until the garbage collector happens to run.
 *
 * <p>Its buffers belong to no arena: a channel that was reset or closed never lets go of the arena
 * of what it was reading into, which could then not be closed.
 *
 * <p>Linux only, and only where the module is given native access.
 *
 * <p>Threads: any.
 */
final class MappedMemory implements BlockMemory, Probe {
    // asm-generic/mman-common.h
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    private static final long FAILED = -1;

    /** Whether it can be had here. */
    static boolean isAvailable() {
        return SystemOptions.obstacle() == null;
    }

    @Override
    @SuppressWarnings("restricted") // asked for in isAvailable() before
    public ByteBuffer allocate(int bytes) {
        long address = map(bytes);
        if (address == FAILED) {
            throw new OutOfMemoryError("the system has no " + bytes + " bytes");
        }
        return MemorySegment.ofAddress(address).reinterpret(bytes).asByteBuffer();
    }

    @Override
    public void free(ByteBuffer memory) {
        MemorySegment all = MemorySegment.ofBuffer(memory.duplicate().clear());
        unmap(all.address(), all.byteSize());
    }

    @Override
    public Probe probe() {
        return this;
    }

    /** Mapped memory is aligned to pages. */
    @Override
    @SuppressWarnings("restricted") // asked for in isAvailable() before
    public MemorySegment allocate(Arena arena, long bytes, long alignmentBytes) {
        long address = map(bytes);
        if (address == FAILED) {
            return arena.allocate(bytes, alignmentBytes);
        }
        return MemorySegment.ofAddress(address)
                .reinterpret(bytes, arena, _ -> unmap(address, bytes));
    }

    private static long map(long bytes) {
        try {
            return (long)
                    Natives.MMAP.invokeExact(
                            0L, bytes, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0L);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static void unmap(long address, long bytes) {
        try {
            if ((int) Natives.MUNMAP.invokeExact(address, bytes) != 0) {
                throw new AssertionError("munmap of what was mapped");
            }
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Bound on first use, as that needs native access. */
    private static final class Natives {
        static final MethodHandle MMAP =
                bind(
                        "mmap",
                        FunctionDescriptor.of(
                                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT,
                                JAVA_LONG));
        static final MethodHandle MUNMAP =
                bind("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));

        @SuppressWarnings("restricted") // asked for in isAvailable() before
        private static MethodHandle bind(String name, FunctionDescriptor type) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
        }
    }
}
