package io.overlapped.lab;

import io.overlapped.lab.model.Watch;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Prints each step as a line of JSON: {@code nanos} since the first step, {@code thread}, {@code
 * connection}, {@code step}, {@code detail}. After a connection's first messages it is silent. A
 * read that finds nothing again and again is said at once, and how often when that is over.
 *
 * <p>Threads: any.
 */
final class WatchLines implements Watch {
    private static final int MESSAGES_MAX = 20;

    private static final class Seen {
        int messages;
        long nothings;
    }

    private final PrintStream out;
    private final Map<Long, Seen> connections = new HashMap<>();
    private final long startNanos = System.nanoTime();

    WatchLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void step(String what, long connection, String detail) {
        Seen seen = connections.computeIfAbsent(connection, _ -> new Seen());
        if (seen.messages > MESSAGES_MAX || (what.equals(NOTHING) && seen.nothings++ > 0)) {
            return;
        }
        if (!what.equals(NOTHING)) {
            if (seen.nothings > 1) {
                print(NOTHING, connection, seen.nothings + " times");
            }
            seen.nothings = 0;
        }
        if (isMessage(what, detail)) {
            seen.messages++;
        }
        if (seen.messages <= MESSAGES_MAX) {
            print(what, connection, detail);
        }
    }

    private void print(String what, long connection, String detail) {
        out.println(
                "{\"nanos\":%d,\"thread\":\"%s\",\"connection\":%d,\"step\":\"%s\",\"detail\":\"%s\"}"
                        .formatted(
                                System.nanoTime() - startNanos,
                                escaped(Thread.currentThread().getName()),
                                connection,
                                escaped(what),
                                escaped(detail)));
        out.flush();
    }

    /** Whether a message begins to be handled with this step. */
    private static boolean isMessage(String what, String detail) {
        return what.equals(READ) || (what.equals(COMPLETED) && detail.startsWith("receive"));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
