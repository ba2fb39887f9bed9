package io.overlapped.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A server from the moment it is ready to its clean end.
 *
 * <p>SIGTERM and Ctrl-C close the server and end the process with exit code 0; a server that is not
 * closed in time is left behind with exit code 1.
 *
 * <p>Threads: {@link #untilStopped} keeps the one that calls it; the server is closed on another.
 */
final class Serving {
    /** How long a server may take to close. */
    static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final AutoCloseable server;
    private final PrintWriter err;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Serving(AutoCloseable server, PrintWriter err) {
        this.server = server;
        this.err = err;
    }

    /**
     * Announces the listeners, one line each or as one JSON object, and waits for the end of the
     * process, which closes the server.
     *
     * @return {@link Main#DONE}
     */
    static int untilStopped(
            AutoCloseable server,
            List<Listening> listeners,
            boolean json,
            PrintWriter out,
            PrintWriter err)
            throws InterruptedException {
        return untilStopped(server, listeners, List.of(), json, out, err);
    }

    /**
     * The same, with a word to the person who started it behind the announcement.
     *
     * @param words lines that are left out of JSON
     */
    static int untilStopped(
            AutoCloseable server,
            List<Listening> listeners,
            List<String> words,
            boolean json,
            PrintWriter out,
            PrintWriter err)
            throws InterruptedException {
        Serving serving = new Serving(server, err);
        Runtime.getRuntime().addShutdownHook(new Thread(serving::stop, "stop"));
        announce(listeners, json, out);
        if (!json) {
            words.forEach(out::println);
        }
        serving.stopped.await();
        return Main.DONE;
    }

    static void announce(List<Listening> listeners, boolean json, PrintWriter out) {
        if (json) {
            List<Map<String, Object>> all = listeners.stream().map(Listening::facts).toList();
            out.println(Json.text(Map.of("listening", all)));
        } else {
            listeners.forEach(listener -> out.println(listener.line()));
        }
        out.flush();
    }

    private void stop() {
        Thread closing = Thread.ofPlatform().name("close").daemon().start(this::close);
        boolean inTime = false;
        try {
            inTime = closing.join(STOP_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!inTime) {
            err.println("overlapped: not closed after %d s".formatted(STOP_TIMEOUT.toSeconds()));
        }
        err.flush();
        // Without this the exit code would be that of the signal.
        Runtime.getRuntime().halt(inTime && stopped.getCount() == 0 ? Main.DONE : Main.FAILED);
    }

    private void close() {
        try {
            server.close();
            stopped.countDown();
        } catch (Exception e) {
            err.println("overlapped: closing failed: " + e);
        }
    }
}
