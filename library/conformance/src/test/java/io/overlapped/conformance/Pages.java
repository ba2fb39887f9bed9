package io.overlapped.conformance;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Memory of Linux in whole pages, none of which can be touched but those somebody has taken.
 *
 * <p>Threads: any.
 */
@SuppressWarnings("restricted") // memory that a buffer would not get otherwise
final class Pages {
    static final long PAGE_BYTES = 4096;

    private static final int PROT_NONE = 0;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;

    private static final MethodHandle MMAP =
            call("mmap", ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle MUNMAP = call("munmap", JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle MPROTECT =
            call("mprotect", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

    // By address: how many buffers that are taken have bytes on each page.
    private final NavigableMap<Long, int[]> takenOn = new TreeMap<>();

    /** Pages nobody can touch yet, until {@code arena} is closed. */
    synchronized MemorySegment allocate(Arena arena, long bytes) {
        int count = (int) ((bytes + PAGE_BYTES - 1) / PAGE_BYTES);
        long length = count * PAGE_BYTES;
        MemorySegment mapped =
                (MemorySegment)
                        invoke(
                                MMAP,
                                MemorySegment.NULL,
                                length,
                                PROT_NONE,
                                MAP_PRIVATE_ANONYMOUS,
                                -1,
                                0L);
        if (mapped.address() == -1) {
            throw new IllegalStateException("mmap failed for " + length + " bytes");
        }
        takenOn.put(mapped.address(), new int[count]);
        return mapped.reinterpret(length, arena, memory -> free(memory.address(), length))
                .asSlice(0, bytes);
    }

    synchronized void take(MemorySegment buffer) {
        add(buffer, 1, 1, PROT_READ_WRITE);
    }

    synchronized void release(MemorySegment buffer) {
        add(buffer, -1, 0, PROT_NONE);
    }

    /** Changes the protection of those pages whose count becomes {@code edge}. */
    private void add(MemorySegment buffer, int change, int edge, int protection) {
        Map.Entry<Long, int[]> entry = takenOn.floorEntry(buffer.address());
        if (entry == null || buffer.address() >= end(entry)) {
            return; // Closed after its proactor: the pages are gone.
        }
        long slab = entry.getKey();
        int[] counts = entry.getValue();
        int first = (int) ((buffer.address() - slab) / PAGE_BYTES);
        int last = (int) ((buffer.address() + buffer.byteSize() - 1 - slab) / PAGE_BYTES);
        for (int page = first; page <= last; page++) {
            counts[page] += change;
            if (counts[page] == edge) {
                protect(slab + page * PAGE_BYTES, protection);
            }
        }
    }

    private static long end(Map.Entry<Long, int[]> slab) {
        return slab.getKey() + slab.getValue().length * PAGE_BYTES;
    }

    private static void protect(long address, int protection) {
        Object result = invoke(MPROTECT, MemorySegment.ofAddress(address), PAGE_BYTES, protection);
        if ((int) result != 0) {
            throw new IllegalStateException("mprotect failed");
        }
    }

    private synchronized void free(long address, long length) {
        takenOn.remove(address);
        Object result = invoke(MUNMAP, MemorySegment.ofAddress(address), length);
        if ((int) result != 0) {
            throw new IllegalStateException("munmap failed");
        }
    }

    private static MethodHandle call(
            String name,
            java.lang.foreign.MemoryLayout result,
            java.lang.foreign.MemoryLayout... arguments) {
        SymbolLookup libc = Linker.nativeLinker().defaultLookup();
        return Linker.nativeLinker()
                .downcallHandle(libc.findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    private static Object invoke(MethodHandle handle, Object... arguments) {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
