package io.overlapped.reliability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One promise: under which fault it holds, which tests hold it, which command repeats them, and
 * where the ledger has its last figures.
 *
 * @param tests as {@code folder ClassTest.method}, or {@code folder ClassTest}
 * @param ledger what the lines in the ledger are called; empty if it has none
 */
record Row(
        String name,
        String fault,
        String promise,
        List<String> tests,
        String command,
        List<String> ledger) {

    /** Reads blocks of a name in brackets and lines of a key and its value. */
    static List<Row> parse(String text) {
        List<Row> rows = new ArrayList<>();
        String name = "";
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : (text + "\n[end]").lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                if (!name.isEmpty()) {
                    rows.add(of(name, values));
                }
                name = line.substring(1, line.indexOf(']'));
                values.clear();
            } else {
                int space = line.indexOf(' ');
                if (space < 0) {
                    throw new IllegalArgumentException("no value in '" + line + "' of " + name);
                }
                values.merge(
                        line.substring(0, space),
                        line.substring(space).strip(),
                        (a, b) -> a + ", " + b);
            }
        }
        return rows;
    }

    private static Row of(String name, Map<String, String> values) {
        return new Row(
                name,
                required(name, values, "fault"),
                required(name, values, "promise"),
                list(required(name, values, "tests")),
                required(name, values, "command"),
                list(values.getOrDefault("ledger", "")));
    }

    private static String required(String name, Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException(name + " has no " + key);
        }
        return value;
    }

    private static List<String> list(String values) {
        return values.isBlank() ? List.of() : List.of(values.split("\\s*,\\s*", -1));
    }
}
