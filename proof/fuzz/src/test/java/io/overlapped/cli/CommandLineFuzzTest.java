package io.overlapped.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** What people type, and what other people's texts do to their terminal. */
class CommandLineFuzzTest {
    private static final int TYPED_MAX = 40;

    @FuzzTest
    void aPortIsANumberOrARemedy(byte[] data) {
        String text = new String(data, UTF_8);
        try {
            int port = new AddressOptions.PortConverter().convert(text);
            assertTrue(port >= 0 && port <= 65_535, text);
            assertEquals(port, Integer.parseInt(text));
        } catch (TypeConversionException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("from 0 to 65535"));
        }
    }

    @FuzzTest
    void anythingTypedIsACommandOrAUsageError(byte[] data) {
        String[] words = new String(data, UTF_8).split("[\\s\\x00]+");
        // Without files of arguments, so that no run depends on what lies about.
        CommandLine line = new CommandLine(new RootCommand()).setExpandAtFiles(false);
        try {
            CommandLine.ParseResult parsed = line.parseArgs(words);
            assertTrue(parsed.originalArgs().size() <= words.length);
        } catch (CommandLine.ParameterException usage) {
            assertTrue(!String.valueOf(usage.getMessage()).isEmpty());
        }
    }

    @FuzzTest
    void whatOthersSayCannotMoveTheCursor(byte[] data) {
        String text = new String(data, UTF_8);
        String shown = ChatTalk.shown(text);
        assertEquals(
                text.codePointCount(0, text.length()), shown.codePointCount(0, shown.length()));
        assertTrue(
                shown.codePoints()
                        .allMatch(c -> c == '\t' || c == '\n' || !Character.isISOControl(c)));
        assertEquals(shown, ChatTalk.shown(shown));
    }

    @FuzzTest
    void jsonIsOneLineThatReadsBack(byte[] data) {
        // Every byte is a letter, and so are lone surrogates.
        StringBuilder text = new StringBuilder();
        for (byte b : data) {
            text.append((char) (b >= 0 ? b : 0xd7f0 + (b & 0x3f)));
        }
        String json = Json.text(Map.of("text", List.of(text.toString(), data.length)));
        assertTrue(json.startsWith("{\"text\":[\"") && json.endsWith("\"," + data.length + "]}"));
        assertTrue(json.chars().noneMatch(c -> c < 0x20));
        assertEquals(json, new String(json.getBytes(UTF_8), UTF_8), "a lone surrogate is in it");
        int end = json.length() - ("\"," + data.length + "]}").length();
        assertEquals(text.toString(), unescaped(json.substring(10, end)));
    }

    @FuzzTest
    void suggestionsAreNamesThereAre(byte[] data) {
        String typed = new String(data, UTF_8);
        if (typed.length() > TYPED_MAX) {
            typed = typed.substring(0, TYPED_MAX);
        }
        List<String> names = List.of("serve", "connect", "--port", "--host", "--json");
        List<String> closest = Suggestions.closest(typed, names);
        assertTrue(closest.size() <= 2 && names.containsAll(closest));
        for (String name : names) {
            int distance = Suggestions.distance(typed, name);
            assertEquals(distance, Suggestions.distance(name, typed));
            assertTrue(distance <= Math.max(typed.length(), name.length()));
            assertEquals(distance == 0, typed.equals(name));
        }
    }

    private static String unescaped(String json) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            assertTrue(c != '"', "an unescaped quote");
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char kind = json.charAt(++i);
            switch (kind) {
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    text.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> text.append(kind);
            }
        }
        return text.toString();
    }
}
