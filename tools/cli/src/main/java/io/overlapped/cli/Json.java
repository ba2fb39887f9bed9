package io.overlapped.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a value as JSON on one line. */
final class Json {
    private static final int CONTROL_END = 0x20;

    private Json() {}

    /**
     * The text of a value.
     *
     * @param value null, a string, a boolean, a number, an enum, or a map or a list of such values
     * @throws IllegalArgumentException for another kind of value, and for a number JSON has not
     */
    static String text(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(out, value);
        return out.toString();
    }

    private static void write(StringBuilder out, @Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case String string -> writeString(out, string);
            case Enum<?> constant -> writeString(out, constant.toString());
            case Boolean bool -> out.append(bool.booleanValue());
            case Double number -> writeDouble(out, number);
            case Integer number -> out.append(number.intValue());
            case Long number -> out.append(number.longValue());
            case Map<?, ?> map -> writeMap(out, map);
            case Iterable<?> list -> writeList(out, list);
            default ->
                    throw new IllegalArgumentException(
                            "no JSON for a value of " + value.getClass().getName());
        }
    }

    private static void writeDouble(StringBuilder out, double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("JSON has no number for " + number);
        }
        out.append(number);
    }

    private static void writeMap(StringBuilder out, Map<?, ?> map) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            writeString(out, String.valueOf(entry.getKey()));
            out.append(':');
            write(out, entry.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private static void writeList(StringBuilder out, Iterable<?> list) {
        out.append('[');
        String separator = "";
        for (Object item : list) {
            out.append(separator);
            write(out, item);
            separator = ",";
        }
        out.append(']');
    }

    private static void writeString(StringBuilder out, String string) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < CONTROL_END || isLoneSurrogate(string, i)) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean isLoneSurrogate(String string, int index) {
        char c = string.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == string.length()
                    || !Character.isLowSurrogate(string.charAt(index + 1));
        }
        return Character.isLowSurrogate(c)
                && (index == 0 || !Character.isHighSurrogate(string.charAt(index - 1)));
    }
}
