package io.overlapped.world;

import io.overlapped.session.Framing;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes packets out of bytes that arrive in pieces, as a session does. */
final class Streams {
    private Streams() {}

    /** What the packets of these pieces say; ends with the name of a framing error, if any. */
    static List<String> requests(Wire wire, byte[]... pieces) {
        List<String> seen = new ArrayList<>();
        byte[] held = {};
        for (byte[] piece : pieces) {
            held = join(held, piece);
            int size = frameBytes(wire.framing(), MemorySegment.ofArray(held));
            while (size > 0) {
                MemorySegment packet = MemorySegment.ofArray(Arrays.copyOf(held, size));
                seen.add(describe(wire.request(packet)));
                held = Arrays.copyOfRange(held, size, held.length);
                size = frameBytes(wire.framing(), MemorySegment.ofArray(held));
            }
            if (size != Framing.INCOMPLETE) {
                seen.add(Framing.errorName(size));
                return seen;
            }
        }
        return seen;
    }

    /** The length of the first frame when all of it is there, or what the framing says. */
    static int frameBytes(Framing framing, MemorySegment bytes) {
        if (bytes.byteSize() == 0) {
            return Framing.INCOMPLETE;
        }
        int size = framing.frameBytes(bytes, 0, bytes.byteSize(), 0);
        return size <= bytes.byteSize() ? size : Framing.INCOMPLETE;
    }

    static String describe(Request request) {
        return switch (request) {
            case Request.Hello hello ->
                    "hello " + hello.version() + " " + Arrays.toString(hello.name());
            case Request.Malformed malformed -> malformed.why().name();
            default -> request.toString();
        };
    }

    static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }

    /** Checks that the packets are the same wherever the bytes are split in two or in three. */
    static void assertSameWhereverSplit(Wire wire, byte[] bytes) {
        List<String> whole = requests(wire, bytes);
        for (int i = 0; i <= bytes.length; i++) {
            byte[] first = Arrays.copyOf(bytes, i);
            for (int j = i; j <= bytes.length; j++) {
                List<String> split =
                        requests(
                                wire,
                                first,
                                Arrays.copyOfRange(bytes, i, j),
                                Arrays.copyOfRange(bytes, j, bytes.length));
                if (!whole.equals(split)) {
                    throw new AssertionError(
                            "split at " + i + " and " + j + ": " + split + " not " + whole);
                }
            }
        }
    }
}
