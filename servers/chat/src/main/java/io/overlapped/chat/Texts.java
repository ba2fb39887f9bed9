package io.overlapped.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;

/** UTF-8 as it goes over the wires. */
final class Texts {
    /** The longest message, its end mark not counted. */
    static final int BYTES_MAX = 4000;

    static final Charset CHARSET = UTF_8;

    private static final int REPLACEMENT = 0xfffd;
    private static final int CONTINUATION_MASK = 0xc0;
    private static final int CONTINUATION = 0x80;
    private static final int CONTINUATIONS_MAX = 3;

    private Texts() {}

    static byte[] encoded(String text) {
        return text.getBytes(UTF_8);
    }

    /** The text; empty if the bytes are not UTF-8. */
    static Optional<String> decoded(byte[] utf8) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Whether it may be said: 1 to 4,000 bytes, no control characters but tab and line feed. */
    static boolean isSayable(byte[] utf8) {
        return utf8.length > 0
                && utf8.length <= BYTES_MAX
                && decoded(utf8).filter(t -> t.codePoints().allMatch(Texts::isShown)).isPresent();
    }

    /** The nearest to these bytes that may be said; empty if nothing is left. */
    static byte[] sayable(byte[] raw) {
        StringBuilder text = new StringBuilder();
        new String(raw, UTF_8)
                .codePoints()
                .map(codePoint -> isShown(codePoint) ? codePoint : REPLACEMENT)
                .forEach(text::appendCodePoint);
        byte[] utf8 = encoded(text.toString());
        return Arrays.copyOf(utf8, cut(utf8, 0, BYTES_MAX));
    }

    /**
     * Where to cut so that no code point is torn, as far as the bytes are UTF-8.
     *
     * @return the end of the longest piece from {@code start} with at most {@code bytesMax} bytes
     */
    static int cut(byte[] utf8, int start, int bytesMax) {
        int end = Math.min(utf8.length, start + bytesMax);
        if (end == utf8.length) {
            return end;
        }
        for (int back = 0; back <= CONTINUATIONS_MAX && end - back > start; back++) {
            if ((utf8[end - back] & CONTINUATION_MASK) != CONTINUATION) {
                return end - back;
            }
        }
        return end;
    }

    private static boolean isShown(int codePoint) {
        return codePoint == '\t' || codePoint == '\n' || !Character.isISOControl(codePoint);
    }
}
