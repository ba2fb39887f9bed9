package io.overlapped.lab.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

final class PacketsTest {
    private static final int STREAMS = 300;

    @Test
    void anyPiecesBecomeTheSameWholePackets() {
        for (long seed = 1; seed <= STREAMS; seed++) {
            RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            byte[] stream = stream(random);
            byte[] unfinished = {1, 0, 7};
            ByteBuffer all = ByteBuffer.wrap(Peer.join(stream, unfinished));
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            Packets packets = new Packets();
            while (all.hasRemaining()) {
                int count = Math.min(1 + random.nextInt(700), all.remaining());
                packets.feed(take(all, count), bytes -> whole.writeBytes(copy(bytes)));
            }
            assertArrayEquals(stream, whole.toByteArray(), "seed " + seed);
        }
    }

    private static byte[] stream(RandomGenerator random) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < 20; i++) {
            byte[] payload = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(600)];
            random.nextBytes(payload);
            stream.writeBytes(Peer.packet(payload));
        }
        return stream.toByteArray();
    }

    private static ByteBuffer take(ByteBuffer all, int count) {
        ByteBuffer piece = all.slice(all.position(), count);
        all.position(all.position() + count);
        return piece;
    }

    /** What is told is made of whole packets alone. */
    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        int at = 0;
        while (at < copy.length) {
            at += 2 + Short.toUnsignedInt(ByteBuffer.wrap(copy).getShort(at));
        }
        if (at != copy.length) {
            throw new AssertionError("a part of a packet was told");
        }
        return copy;
    }
}
