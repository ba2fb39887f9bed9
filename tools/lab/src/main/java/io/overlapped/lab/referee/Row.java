package io.overlapped.lab.referee;

import java.util.List;
import java.util.Optional;

/**
 * One question to each model: a number of connections, and what they do.
 *
 * @param name as in {@code --rows}
 * @param job what the server does: {@code echo} or {@code chat}
 * @param connections how many are opened
 * @param talkers how many of them send; the others are there and silent
 * @param burst messages that each talker sends at once, or 1 for one after the other
 * @param slowReader whether the last connection sends, or is sent to, without reading
 *     <p>Threads: a value.
 */
public record Row(
        String name, String job, int connections, int talkers, int burst, boolean slowReader) {
    /** The bytes come back to who sent them. */
    public static final String ECHO = "echo";

    /** Every packet goes to every client. */
    public static final String CHAT = "chat";

    private static final int BURST = 100;
    private static final int QUICK_CONNECTIONS_MAX = 1000;

    /** All rows, in the order they are run. */
    public static final List<Row> ALL =
            List.of(
                    new Row("1", ECHO, 1, 1, 1, false),
                    new Row("64", ECHO, 64, 64, 1, false),
                    new Row("65", ECHO, 65, 65, 1, false),
                    new Row("1000", ECHO, 1000, 1000, 1, false),
                    new Row("9000", ECHO, 9000, 9000, 1, false),
                    new Row("idle", ECHO, 1000, 10, 1, false),
                    new Row("burst", ECHO, 64, 64, BURST, false),
                    new Row("slow", ECHO, 64, 63, 1, true),
                    new Row("chat", CHAT, 16, 16, 1, false),
                    new Row("chat-slow", CHAT, 16, 15, 1, true));

    /** The row of that name. */
    public static Optional<Row> named(String name) {
        return ALL.stream().filter(row -> row.name.equals(name)).findFirst();
    }

    /** Whether a quick run has it. */
    public boolean isQuick() {
        return connections <= QUICK_CONNECTIONS_MAX;
    }

    boolean isChat() {
        return job.equals(CHAT);
    }
}
