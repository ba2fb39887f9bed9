package io.overlapped;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Numbers as they lie in buffers: anywhere, in either order. */
final class Numbers {
    private static final ValueLayout.OfShort SHORT_BIG =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort SHORT_LITTLE =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT_BIG =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT_LITTLE =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG_BIG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG_LITTLE =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Numbers() {}

    static ValueLayout.OfShort shorts(ByteOrder order) {
        return order.equals(ByteOrder.BIG_ENDIAN) ? SHORT_BIG : SHORT_LITTLE;
    }

    static ValueLayout.OfInt ints(ByteOrder order) {
        return order.equals(ByteOrder.BIG_ENDIAN) ? INT_BIG : INT_LITTLE;
    }

    static ValueLayout.OfLong longs(ByteOrder order) {
        return order.equals(ByteOrder.BIG_ENDIAN) ? LONG_BIG : LONG_LITTLE;
    }

    /** The number, if so many bits hold it, with a sign or without. */
    static int requireBits(int value, int bits) {
        int min = -1 << (bits - 1);
        int max = (1 << bits) - 1;
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    value
                            + " does not fit into "
                            + bits
                            + " bits: it must be "
                            + min
                            + " to "
                            + max);
        }
        return value;
    }
}
