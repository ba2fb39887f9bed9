package io.overlapped.chat;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * Which names members can have: 1 to 32 code points, at most 60 bytes of UTF-8, no control
 * characters; without white space at the ends, in NFC.
 */
final class Names {
    static final int CODE_POINTS_MAX = 32;
    static final int BYTES_MAX = 60;

    private Names() {}

    /**
     * Why a name cannot be had.
     *
     * @param name what to use where it can; empty where it cannot
     */
    record Checked(String name, Optional<Refusal> refusal) {
        static Checked refused(Refusal why) {
            return new Checked("", Optional.of(why));
        }
    }

    /** Checks the bytes of a name and brings it to its one form. */
    static Checked check(byte[] utf8) {
        if (utf8.length > BYTES_MAX) {
            return Checked.refused(Refusal.NAME_TOO_LONG);
        }
        Optional<String> text = Texts.decoded(utf8);
        if (text.isEmpty()) {
            return Checked.refused(Refusal.NAME_MALFORMED);
        }
        String name = Normalizer.normalize(text.get(), Normalizer.Form.NFC).strip();
        if (name.isEmpty()) {
            return Checked.refused(Refusal.NAME_EMPTY);
        } else if (!name.codePoints().allMatch(Names::isAllowed)) {
            return Checked.refused(Refusal.NAME_MALFORMED);
        } else if (name.codePointCount(0, name.length()) > CODE_POINTS_MAX
                || Texts.encoded(name).length > BYTES_MAX) {
            return Checked.refused(Refusal.NAME_TOO_LONG);
        }
        return new Checked(name, Optional.empty());
    }

    /** What two names share when they count as the same. */
    static String key(String name) {
        // Both ways, as some letters have two small forms or two capital ones.
        String folded = name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    private static boolean isAllowed(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }
}
