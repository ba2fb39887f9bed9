package io.overlapped.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void ordinaryNamesAreAcceptedAndTrimmed() {
        assertAccepted("Ada", "Ada");
        assertAccepted("Ada", "  Ada\t");
        assertAccepted("세종대왕", "세종대왕");
        assertAccepted("a b", "a b");
        assertAccepted("😀", "😀");
    }

    @Test
    void aDecomposedNameIsComposed() {
        assertAccepted("é", "e\u0301");
    }

    @Test
    void anEmptyNameIsRefused() {
        assertRefused(Refusal.NAME_EMPTY, "");
        assertRefused(Refusal.NAME_EMPTY, "   ");
        assertRefused(Refusal.NAME_EMPTY, "\u3000\t");
    }

    @Test
    void aNameEndsAtThirtyTwoCodePointsAndSixtyBytes() {
        assertAccepted("a".repeat(32), "a".repeat(32));
        assertRefused(Refusal.NAME_TOO_LONG, "a".repeat(33));
        assertAccepted("가".repeat(20), "가".repeat(20));
        assertRefused(Refusal.NAME_TOO_LONG, "가".repeat(21));
        assertAccepted("😀".repeat(15), "😀".repeat(15));
        assertRefused(Refusal.NAME_TOO_LONG, "😀".repeat(16));
    }

    @Test
    void controlAndFormatCharactersAreRefused() {
        assertRefused(Refusal.NAME_MALFORMED, "a\u0000b");
        assertRefused(Refusal.NAME_MALFORMED, "a\nb");
        assertRefused(Refusal.NAME_MALFORMED, "a\u001b[31m");
        assertRefused(Refusal.NAME_MALFORMED, "a\u202eb");
        assertRefused(Refusal.NAME_MALFORMED, "a\u200bb");
        assertRefused(Refusal.NAME_MALFORMED, "a\u2028b");
        assertRefused(Refusal.NAME_MALFORMED, "\ue000");
    }

    @Test
    void everyTwoBytesThatAreNotUtf8AreRefused() {
        for (int pair = 0; pair < 1 << 16; pair++) {
            byte[] bytes = {(byte) (pair >> 8), (byte) pair};
            boolean malformed = false;
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            } catch (CharacterCodingException expected) {
                malformed = true;
            }
            if (malformed) {
                assertEquals(new Names.Checked.Refused(Refusal.NAME_MALFORMED), Names.check(bytes));
            }
        }
    }

    @Test
    void surrogatesAndOverlongFormsAreRefused() {
        assertEquals(
                new Names.Checked.Refused(Refusal.NAME_MALFORMED),
                Names.check(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}));
        assertEquals(
                new Names.Checked.Refused(Refusal.NAME_MALFORMED),
                Names.check(new byte[] {(byte) 0xE0, (byte) 0x80, (byte) 0x80}));
    }

    @Test
    void namesAreTheSameWithoutRegardToCase() {
        assertEquals(Names.key("ADA"), Names.key("ada"));
        assertEquals(Names.key("Straße"), Names.key("STRASSE"));
        assertNotEquals(Names.key("ada"), Names.key("adam"));
    }

    private static void assertAccepted(String expected, String given) {
        assertEquals(
                new Names.Checked.Accepted(expected),
                Names.check(given.getBytes(StandardCharsets.UTF_8)));
    }

    private static void assertRefused(Refusal why, String given) {
        assertEquals(
                new Names.Checked.Refused(why),
                Names.check(given.getBytes(StandardCharsets.UTF_8)));
    }
}
