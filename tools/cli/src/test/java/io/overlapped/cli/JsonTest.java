package io.overlapped.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void plainValuesAreWrittenAsJsonHasThem() {
        List<Object> values = new ArrayList<>(List.of(true, -7, 1L << 40, 0.25, "text"));
        values.add(null);
        assertEquals("[true,-7,1099511627776,0.25,\"text\",null]", Json.text(values));
    }

    @Test
    void aMapKeepsItsOrder() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", 1);
        map.put("a", List.of());
        map.put("m", Map.of());
        assertEquals("{\"z\":1,\"a\":[],\"m\":{}}", Json.text(map));
    }

    @Test
    void quotesBackslashesAndControlCharactersAreEscaped() {
        assertEquals(
                "\"\\\"\\\\/\\n\\r\\t\\u0000\\u001f\\u001b\"",
                Json.text("\"\\/\n\r\t\0\u001f\u001b"));
    }

    @Test
    void lettersOfAnyLanguageAreKept() {
        assertEquals("\"바둑 \uD83C\uDFC1\"", Json.text("바둑 \uD83C\uDFC1"));
    }

    @Test
    void halfOfAPairIsEscapedSoThatTheTextStaysValidUtf8() {
        assertEquals("\"\\ud83c\"", Json.text("\uD83C"));
        assertEquals("\"a\\udfc1b\"", Json.text("a\uDFC1b"));
        assertEquals("\"\\ud83c\\ud83c\"", Json.text("\uD83C\uD83C"));
    }

    @Test
    void aKeyIsEscapedToo() {
        assertEquals("{\"a\\\"b\":1}", Json.text(Map.of("a\"b", 1)));
    }

    @Test
    void whatJsonCannotSayIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Json.text(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Json.text(Double.POSITIVE_INFINITY));
        assertThrows(IllegalArgumentException.class, () -> Json.text(BigDecimal.ONE));
    }
}
