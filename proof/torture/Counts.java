import module java.base;

/** An answer of a child: numbers by name. */
record Counts(Map<String, Long> values, String text) {
    static Counts of(String line) {
        Map<String, Long> values = new LinkedHashMap<>();
        for (String word : line.split(" ")) {
            int at = word.indexOf('=');
            if (at > 0 && word.substring(at + 1).matches("-?\\d+")) {
                values.put(word.substring(0, at), Long.parseLong(word.substring(at + 1)));
            }
        }
        return new Counts(values, line);
    }

    long get(String name) {
        Long value = values.get(name);
        Failed.unless(value != null, "no " + name + " in: " + text);
        return value;
    }
}
