package io.overlapped.lab.referee;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A process that serves one model, from its start to its end.
 *
 * <p>Threads: one, but for {@link #complaint}, which any may ask.
 */
public final class ModelProcess implements AutoCloseable {
    private static final Pattern READY =
            Pattern.compile("listening 127\\.0\\.0\\.1:(\\d+) .*\\bpid=(\\d+).*");
    private static final Duration STOP = Duration.ofSeconds(2);
    private static final long SETTLE_MILLIS = 400;
    private static final int COMPLAINTS_KEPT = 20;
    private static final String ENDED = "";

    private final Process process;
    private final Thread atExit;
    private final BlockingQueue<String> firstLines = new LinkedBlockingQueue<>();
    private final Deque<String> complaints = new ArrayDeque<>();
    private final Thread outputReader;
    private final Thread errorReader;
    private volatile @Nullable Consumer<String> laterLines;
    private int port;
    private long pid;

    private ModelProcess(Process process) {
        this.process = process;
        atExit = new Thread(process::destroyForcibly, "lab-end");
        outputReader = reader("lab-output", process.getInputStream(), this::printed);
        errorReader = reader("lab-errors", process.getErrorStream(), this::complained);
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param ready how long that may take
     * @param lines what it prints after it is ready; called on a thread of its own
     * @throws CannotServeException with its own words, or with what else is known
     */
    public static ModelProcess start(
            List<String> command, Duration ready, @Nullable Consumer<String> lines)
            throws CannotServeException {
        ModelProcess started;
        try {
            started = new ModelProcess(new ProcessBuilder(command).start());
        } catch (IOException e) {
            throw new CannotServeException("it could not be started: " + e.getMessage());
        }
        started.laterLines = lines;
        Runtime.getRuntime().addShutdownHook(started.atExit);
        try {
            started.awaitReady(ready);
        } catch (CannotServeException e) {
            started.close();
            throw e;
        }
        return started;
    }

    private void awaitReady(Duration ready) throws CannotServeException {
        String line;
        try {
            line = firstLines.poll(ready.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotServeException("the run was interrupted");
        }
        if (line == null) {
            throw new CannotServeException(
                    "it was not ready within " + ready.toMillis() + " ms" + quoted(complaint()));
        }
        Matcher matcher = READY.matcher(line);
        if (matcher.matches()) {
            port = Integer.parseInt(matcher.group(1));
            pid = Long.parseLong(matcher.group(2));
            return;
        }
        if (!line.equals(ENDED)) {
            throw new CannotServeException("its first line is not 'listening …': " + line);
        }
        String why = ending();
        throw new CannotServeException(why);
    }

    /** Why it is no longer there, in its own words where it left some. */
    private String ending() {
        try {
            process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS);
            errorReader.join(STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String words = complaint();
        if (process.isAlive()) {
            return "it closed its output" + quoted(words);
        }
        return words.isEmpty() ? "its process ended with code " + process.exitValue() : words;
    }

    private static String quoted(String words) {
        return words.isEmpty() ? "" : ": " + words;
    }

    private static Thread reader(String name, InputStream in, Consumer<String> each) {
        return Thread.ofPlatform().daemon().name(name).start(() -> readAll(in, each));
    }

    private static void readAll(InputStream in, Consumer<String> each) {
        try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                each.accept(line);
            }
        } catch (IOException | UncheckedIOException e) {
            // The process was ended while it was read: its end follows.
        }
        each.accept(ENDED);
    }

    private void printed(String line) {
        Consumer<String> later = laterLines;
        if (firstLines.isEmpty() && port == 0) {
            firstLines.add(line);
        } else if (later != null && !line.equals(ENDED)) {
            later.accept(line);
        }
    }

    private void complained(String line) {
        if (line.isBlank() || line.startsWith("Picked up ") || line.startsWith("WARNING: ")) {
            return;
        }
        synchronized (complaints) {
            if (complaints.size() == COMPLAINTS_KEPT) {
                complaints.removeFirst();
            }
            complaints.addLast(line.strip());
        }
    }

    /** The last line that it printed on standard error, or an empty text. */
    public String complaint() {
        synchronized (complaints) {
            // A stack trace is led by the line that says what happened.
            String last = "";
            for (String line : complaints) {
                last = line.startsWith("at ") || line.startsWith("... ") ? last : line;
            }
            return last;
        }
    }

    /** Leaves it a moment to say why it closed a connection, or to end. */
    void settle() {
        try {
            process.waitFor(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why it ended, or an empty text while it lives. */
    public String endedBecause() {
        return process.isAlive() ? "" : ending();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    /** The process that does the work. */
    public long pid() {
        return pid;
    }

    /** Asks it to end, and ends it if it does not. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            outputReader.join(STOP);
            errorReader.join(STOP);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // This process ends already: the hook runs, or has run.
        }
    }
}
