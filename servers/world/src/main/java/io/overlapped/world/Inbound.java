package io.overlapped.world;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.function.ToIntFunction;

/**
 * Puts packets together from bytes that come in any pieces; keeps nothing while no packet is
 * incomplete.
 */
final class Inbound {
    /** Takes whole packets. */
    interface Sink {
        /** Returns whether more are wanted. */
        boolean packet(MemorySegment packet);

        /** The bytes cannot be a packet: {@link Wire#TOO_LONG} or {@link Wire#TOO_SHORT}. */
        void broken(int how);
    }

    private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

    private final ToIntFunction<MemorySegment> packetBytes;
    private MemorySegment held = NOTHING;

    /**
     * @param packetBytes the length of the packet that bytes begin with, or a constant of {@link
     *     Wire}
     */
    Inbound(ToIntFunction<MemorySegment> packetBytes) {
        this.packetBytes = packetBytes;
    }

    /** Whether a packet has begun that is not complete. */
    boolean isPartial() {
        return held.byteSize() > 0;
    }

    void received(MemorySegment bytes, Sink sink) {
        MemorySegment all = joined(bytes);
        int size = packetBytes.applyAsInt(all);
        while (size > 0) {
            boolean more = sink.packet(all.asSlice(0, size));
            all = all.asSlice(size);
            if (!more) {
                held = NOTHING;
                return;
            }
            size = packetBytes.applyAsInt(all);
        }
        if (size == Wire.INCOMPLETE) {
            held = all.byteSize() == 0 ? NOTHING : MemorySegment.ofArray(all.toArray(JAVA_BYTE));
        } else {
            held = NOTHING;
            sink.broken(size);
        }
    }

    private MemorySegment joined(MemorySegment bytes) {
        if (held.byteSize() == 0) {
            return bytes;
        }
        MemorySegment both =
                MemorySegment.ofArray(new byte[(int) (held.byteSize() + bytes.byteSize())]);
        MemorySegment.copy(held, 0, both, 0, held.byteSize());
        MemorySegment.copy(bytes, 0, both, held.byteSize(), bytes.byteSize());
        return both;
    }
}
