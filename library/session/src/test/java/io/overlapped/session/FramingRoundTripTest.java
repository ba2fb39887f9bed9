package io.overlapped.session;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one side puts in frames comes out on the other, at every length and however it is cut. */
class FramingRoundTripTest {
    /** Beyond this many lengths only those near a border are tried. */
    private static final int LENGTHS_ALL = 700;

    private static final int NEAR = 3;

    static List<Framing> framings() {
        return NamedFramings.all();
    }

    @ParameterizedTest
    @MethodSource("framings")
    void everyLengthUpToTheLimitComesOutAsItWentInAndNoneBeyond(Framing framing) {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> sent = new ArrayList<>();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        int refused = 0;
        for (int length : lengths(framing.payloadBytesMax())) {
            byte[] payload = payload(random, length);
            try {
                MemorySegment frame = framing.encode(MemorySegment.ofArray(payload));
                assertTrue(frame.byteSize() <= framing.frameBytesMax());
                stream.writeBytes(frame.toArray(JAVA_BYTE));
                sent.add(payload);
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        // Those of its own range were taken, and the one beyond it was not.
        assertEquals(framing.payloadBytesMax(), sent.getLast().length);
        assertTrue(refused >= 1, refused + " lengths were refused");
        byte[] bytes = stream.toByteArray();
        for (IntUnaryOperator cut :
                List.<IntUnaryOperator>of(
                        _ -> 1,
                        left -> left,
                        left -> random.nextInt(1, Math.min(left, 9) + 1),
                        left -> random.nextInt(1, left + 1))) {
            List<byte[]> received = received(framing, bytes, cut);
            assertEquals(sent.size(), received.size(), () -> "seed " + seed);
            for (int i = 0; i < sent.size(); i++) {
                assertArrayEquals(sent.get(i), received.get(i), () -> "seed " + seed);
            }
        }
    }

    private static int[] lengths(int most) {
        return IntStream.rangeClosed(0, most + 1)
                .filter(
                        length ->
                                most < LENGTHS_ALL
                                        || length <= NEAR
                                        || most - length <= NEAR
                                        || Math.abs(length - 127) <= NEAR
                                        || Math.abs(length - 16_383) <= NEAR)
                .toArray();
    }

    /** Nothing that ends a frame, and yet each byte that may begin such an end. */
    private static byte[] payload(SplittableRandom random, int length) {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (i < length - 4 && random.nextInt(5) == 0 ? '\r' : 'a' + i % 26);
        }
        return payload;
    }

    private static List<byte[]> received(Framing framing, byte[] bytes, IntUnaryOperator cut) {
        List<byte[]> payloads = new ArrayList<>();
        Reassembly reassembly = new Reassembly(framing);
        for (int at = 0; at < bytes.length; ) {
            int end = at + cut.applyAsInt(bytes.length - at);
            byte[] piece = Arrays.copyOfRange(bytes, at, end);
            reassembly.feed(MemorySegment.ofArray(piece));
            int length = reassembly.next();
            while (length > 0) {
                payloads.add(framing.payload(reassembly.frame()).toArray(JAVA_BYTE));
                length = reassembly.next();
            }
            assertEquals(Framing.INCOMPLETE, length, framing::toString);
            Arrays.fill(piece, (byte) 0x55);
            at = end;
        }
        assertEquals(0, reassembly.partialBytes(), framing::toString);
        return payloads;
    }
}
