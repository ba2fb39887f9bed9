package io.overlapped.world;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes on their way out: little-endian numbers and text, in an array that grows as needed and is
 * used again.
 *
 * <p>Threads: one.
 */
final class Packet {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private byte[] bytes = new byte[128];
    private MemorySegment memory = MemorySegment.ofArray(bytes);
    private int length;

    int length() {
        return length;
    }

    /** What was written, in place until the next change. */
    MemorySegment segment() {
        return memory.asSlice(0, length);
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    Packet clear() {
        length = 0;
        return this;
    }

    Packet u8(int value) {
        bytes[room(1)] = (byte) value;
        return this;
    }

    Packet u16(int value) {
        int at = room(2);
        SHORT.set(bytes, at, (short) value);
        return this;
    }

    Packet u32(int value) {
        int at = room(4);
        INT.set(bytes, at, value);
        return this;
    }

    Packet u64(long value) {
        int at = room(8);
        LONG.set(bytes, at, value);
        return this;
    }

    /** Writes over two bytes that are there already. */
    Packet u16At(int at, int value) {
        SHORT.set(bytes, at, (short) value);
        return this;
    }

    /** A count of one byte and the text, cut between code points to 255 bytes. */
    Packet str8(byte[] utf8) {
        int count = cut(utf8, 255);
        u8(count);
        int at = room(count);
        System.arraycopy(utf8, 0, bytes, at, count);
        return this;
    }

    /** A field of fixed size: text cut between code points, and at least one NUL. */
    Packet padded(byte[] utf8, int size) {
        int count = cut(utf8, size - 1);
        int at = room(size);
        System.arraycopy(utf8, 0, bytes, at, count);
        Arrays.fill(bytes, at + count, at + size, (byte) 0);
        return this;
    }

    private static int cut(byte[] utf8, int max) {
        if (utf8.length <= max) {
            return utf8.length;
        }
        int end = max;
        while (end > 0 && (utf8[end] & 0xC0) == 0x80) {
            end--;
        }
        return end;
    }

    /** Makes room for so many bytes at the end; returns where they begin. */
    private int room(int count) {
        int at = length;
        length += count;
        if (length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length, bytes.length * 2));
            memory = MemorySegment.ofArray(bytes);
        }
        return at;
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }
}
