package io.overlapped.world;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Numbers and text in bytes that came in. */
final class Fields {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Fields() {}

    static int u8(MemorySegment bytes, long at) {
        return bytes.get(JAVA_BYTE, at) & 0xFF;
    }

    static int u16(MemorySegment bytes, long at) {
        return bytes.get(SHORT, at) & 0xFFFF;
    }

    static int i16(MemorySegment bytes, long at) {
        return bytes.get(SHORT, at);
    }

    static int i32(MemorySegment bytes, long at) {
        return bytes.get(INT, at);
    }

    static long i64(MemorySegment bytes, long at) {
        return bytes.get(LONG, at);
    }

    static byte[] bytes(MemorySegment bytes, long at, int count) {
        return bytes.asSlice(at, count).toArray(JAVA_BYTE);
    }

    /** The bytes before the first NUL, or all of them. */
    static byte[] untilNul(MemorySegment bytes, long at, int size) {
        int count = 0;
        while (count < size && bytes.get(JAVA_BYTE, at + count) != 0) {
            count++;
        }
        return bytes(bytes, at, count);
    }

    static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
