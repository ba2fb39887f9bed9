package io.overlapped.lab.model;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Finds whole packets in what one client sends, however it was split or joined on its way.
 *
 * <p>Packets that arrived together leave together, so that they cost one send. What is not whole is
 * kept until the rest comes; a client between two packets holds no memory.
 *
 * <p>Threads: one at a time.
 */
final class Packets {
    /** Bytes of the length in front of each packet. */
    static final int HEADER_BYTES = 2;

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private ByteBuffer kept = NONE;

    /** Takes all of {@code arrived}; tells of whole packets, if there are any now. */
    void feed(ByteBuffer arrived, Consumer<ByteBuffer> whole) {
        if (!kept.hasRemaining()) {
            cut(arrived, whole);
            if (arrived.hasRemaining()) {
                kept = ByteBuffer.allocate(needed(arrived)).put(arrived).flip();
            }
            return;
        }
        while (arrived.hasRemaining() && kept.hasRemaining()) {
            completeKept(arrived);
            cut(kept, whole);
        }
        if (!kept.hasRemaining()) {
            kept = NONE;
            if (arrived.hasRemaining()) {
                feed(arrived, whole);
            }
        }
    }

    /** Adds to the packet that is kept what it lacks, no more. */
    private void completeKept(ByteBuffer arrived) {
        int end = kept.limit();
        if (needed(kept) > kept.capacity()) {
            kept = ByteBuffer.allocate(needed(kept)).put(kept).flip();
        }
        int count = Math.min(needed(kept) - end, arrived.remaining());
        kept.limit(end + count).put(end, arrived, arrived.position(), count);
        arrived.position(arrived.position() + count);
    }

    /** Bytes of the packet that begins here; only its length's, while that is not known. */
    private static int needed(ByteBuffer packet) {
        return packet.remaining() < HEADER_BYTES
                ? HEADER_BYTES
                : HEADER_BYTES + Short.toUnsignedInt(packet.getShort(packet.position()));
    }

    private static void cut(ByteBuffer bytes, Consumer<ByteBuffer> whole) {
        int end = bytes.position();
        ByteBuffer rest = bytes.duplicate();
        while (rest.remaining() >= HEADER_BYTES && rest.remaining() >= needed(rest)) {
            end += needed(rest);
            rest.position(end);
        }
        if (end > bytes.position()) {
            whole.accept(bytes.slice(bytes.position(), end - bytes.position()));
            bytes.position(end);
        }
    }
}
