import module java.base;

/** What came of one run of a row. */
record Result(
        Row row,
        String driver,
        boolean quick,
        Outcome outcome,
        String reason,
        Map<String, Object> figures,
        long events,
        long faults,
        double seconds) {
    /** How it ended. */
    enum Outcome {
        PASSED,
        FAILED,
        SKIPPED
    }

    /** The lines for a person; the first is for programs too. */
    String text() {
        String first =
                "%-7s %-12s %-6s %6.1f s"
                        .formatted(
                                outcome.name().toLowerCase(Locale.ROOT),
                                row.name(),
                                driver,
                                seconds);
        return first
                + (reason.isEmpty() ? "" : "  " + reason)
                + "\n        promise  "
                + row.promise()
                + "\n        done     "
                + row.done()
                + "\n        figures  "
                + figuresText();
    }

    private String figuresText() {
        return figures.entrySet().stream()
                .map(figure -> figure.getKey() + " " + figure.getValue())
                .collect(Collectors.joining(", "));
    }

    /** A line of the ledger. */
    String ledger(String date, String commit) {
        return String.join(
                "\t",
                date,
                commit,
                "torture " + row.name() + (driver.equals("-") ? "" : " " + driver),
                quick ? "quick" : "whole",
                Long.toString(events),
                Long.toString(faults),
                outcome.name().toLowerCase(Locale.ROOT),
                (reason.isEmpty() ? figuresText() : reason).replaceAll("\\s+", " "));
    }

    String command() {
        return "java proof/torture/Torture.java "
                + (quick ? "--quick " : "")
                + (driver.equals("-") ? "" : "--driver " + driver + " ")
                + row.name();
    }

    String json(String date, String commit, String kernel) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("row", row.name());
        facts.put("driver", driver);
        facts.put("promise", row.promise());
        facts.put("done", row.done());
        facts.put("command", command());
        facts.put("quick", quick);
        facts.put("outcome", outcome.name().toLowerCase(Locale.ROOT));
        facts.put("reason", reason);
        facts.put("figures", figures);
        facts.put("events", events);
        facts.put("faults", faults);
        facts.put("seconds", seconds);
        facts.put("date", date);
        facts.put("commit", commit);
        facts.put("kernel", kernel);
        return json(facts);
    }

    static String json(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(e -> json(e.getKey()) + ": " + json(e.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            case Number number -> number.toString();
            case Boolean bool -> bool.toString();
            default -> "\"" + escaped(value.toString()) + "\"";
        };
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(
                        c -> {
                            if (c == '"' || c == '\\') {
                                escaped.append('\\').append((char) c);
                            } else if (c < ' ') {
                                escaped.append("\\u%04x".formatted(c));
                            } else {
                                escaped.append((char) c);
                            }
                        });
        return escaped.toString();
    }
}
