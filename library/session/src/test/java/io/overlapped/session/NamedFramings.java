package io.overlapped.session;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Every framing that has a name, with small limits; and one that a stranger wrote. */
final class NamedFramings {
    private NamedFramings() {}

    static List<Framing> all() {
        List<Framing> all =
                new ArrayList<>(
                        List.of(
                                Framing.lengthPrefixed(300),
                                Framing.sizePrefixed(5, 25),
                                Framing.nulTerminated(40),
                                Framing.lines(40),
                                Framing.delimited(30, bytes("\r\n")),
                                Framing.delimited(30, bytes("\r\n\r\n")),
                                Framing.delimited(70, new byte[] {(byte) 0xff, 0, (byte) 0xff}),
                                Framing.varintPrefixed(0, 100),
                                Framing.varintPrefixed(1, 127),
                                Framing.varintPrefixed(0, 300),
                                Framing.varintPrefixed(3, 16_384),
                                Framing.records(100),
                                new Netstrings(120)));
        for (int prefixBytes = 1; prefixBytes <= 4; prefixBytes++) {
            for (var order : List.of(BIG_ENDIAN, LITTLE_ENDIAN)) {
                int most = prefixBytes == 1 ? 255 : 300;
                all.add(Framing.lengthPrefixed(prefixBytes, order, 0, most));
                all.add(Framing.lengthPrefixed(prefixBytes, order, 7, most));
                all.add(Framing.sizePrefixed(prefixBytes, order, prefixBytes, most));
                all.add(Framing.sizePrefixed(prefixBytes, order, prefixBytes + 3, most));
            }
        }
        return all;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A length in digits, a colon, so many bytes, a comma: {@code 5:hello,}. */
    record Netstrings(int max) implements Framing {
        @Override
        public int frameBytes(MemorySegment bytes, long start, long end, int seen) {
            int length = 0;
            for (long at = start; at < end; at++) {
                byte b = bytes.get(ValueLayout.JAVA_BYTE, at);
                if (b == ':' && at > start) {
                    return (int) (at - start) + length + 2;
                }
                length = 10 * length + b - '0';
                if (b < '0' || b > '9' || length > max) {
                    return b < '0' || b > '9' ? MALFORMED : TOO_LONG;
                }
            }
            return INCOMPLETE;
        }

        @Override
        public int frameBytesMax() {
            return headerBytes() + max + 1;
        }

        @Override
        public int headerBytes() {
            return headerBytes(max);
        }

        @Override
        public int headerBytes(int payloadBytes) {
            return Integer.toString(payloadBytes).length() + 1;
        }

        @Override
        public int trailerBytes() {
            return 1;
        }

        @Override
        public void writeHeader(MemorySegment target, long at, int payloadBytes) {
            byte[] header = bytes(payloadBytes + ":");
            MemorySegment.copy(header, 0, target, ValueLayout.JAVA_BYTE, at, header.length);
        }

        @Override
        public void writeTrailer(MemorySegment target, long at) {
            target.set(ValueLayout.JAVA_BYTE, at, (byte) ',');
        }

        @Override
        public MemorySegment payload(MemorySegment frame) {
            int header = 1;
            while (frame.get(ValueLayout.JAVA_BYTE, header - 1) != ':') {
                header++;
            }
            return frame.asSlice(header, frame.byteSize() - header - 1);
        }
    }
}
