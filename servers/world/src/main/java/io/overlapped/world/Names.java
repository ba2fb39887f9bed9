package io.overlapped.world;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Which names players can have: UTF-8, 1 to 32 code points, at most 60 bytes, no control
 * characters; without white space at the ends, in NFC.
 *
 * <p>Threads: any.
 */
public final class Names {
    /** Code points of the longest name. */
    public static final int MAX_CODE_POINTS = 32;

    /** Bytes of the longest name, in UTF-8, as it is given and as it is used. */
    public static final int MAX_BYTES = 60;

    private Names() {}

    /** A name that can be used, or why not. */
    public sealed interface Checked {
        record Accepted(String name) implements Checked {}

        record Refused(Refusal why) implements Checked {}
    }

    /** Checks the bytes of a name and brings it to its one form. */
    public static Checked check(byte[] utf8) {
        return check(utf8, MAX_BYTES);
    }

    /** Checks a name for a wire on which it can have at most so many bytes. */
    static Checked check(byte[] utf8, int maxBytes) {
        if (utf8.length > maxBytes) {
            return new Checked.Refused(Refusal.NAME_TOO_LONG);
        }
        String text;
        try {
            text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(utf8))
                            .toString();
        } catch (CharacterCodingException malformed) {
            return new Checked.Refused(Refusal.NAME_MALFORMED);
        }
        String name = Normalizer.normalize(text, Normalizer.Form.NFC).strip();
        if (name.isEmpty()) {
            return new Checked.Refused(Refusal.NAME_EMPTY);
        }
        if (!name.codePoints().allMatch(Names::isAllowed)) {
            return new Checked.Refused(Refusal.NAME_MALFORMED);
        }
        if (name.codePointCount(0, name.length()) > MAX_CODE_POINTS
                || name.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            return new Checked.Refused(Refusal.NAME_TOO_LONG);
        }
        return new Checked.Accepted(name);
    }

    /** What two names share when they count as the same. */
    static String key(String name) {
        return Normalizer.normalize(
                name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    private static boolean isAllowed(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }
}
