package io.overlapped.lab;

import io.overlapped.lab.model.Watch;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Prints each step as a line of JSON: {@code nanos} since the first step, {@code thread}, {@code
 * connection}, {@code step}, {@code detail}. After a connection's first messages it is silent.
 *
 * <p>Threads: any.
 */
final class WatchLines implements Watch {
    private static final int MESSAGES_MAX = 20;

    private final PrintStream out;
    private final Map<Long, Integer> messages = new HashMap<>();
    private final long startNanos = System.nanoTime();

    WatchLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void step(String what, long connection, String detail) {
        int seen = messages.getOrDefault(connection, 0);
        if (seen > MESSAGES_MAX) {
            return;
        }
        if (isMessage(what, detail)) {
            messages.put(connection, ++seen);
            if (seen > MESSAGES_MAX) {
                return;
            }
        }
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
