package io.overlapped.lab.referee;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * How many system calls a process made for how many messages, by {@code strace -c -f}.
 *
 * @param perMessage calls for each message; NaN where they could not be counted
 * @param what the most frequent ones, or why they could not be counted
 *     <p>Threads: a value.
 */
record SystemCalls(double perMessage, String what) {
    /** Attaching stops each thread by itself; more than these take too long. */
    static final int THREADS_MAX = 200;

    private static final long ATTACH_SECONDS = 3;
    private static final long DETACH_SECONDS = 5;
    private static final int NAMED = 4;
    private static final int CALLS_COLUMN = 3;

    static SystemCalls notCounted(String why) {
        return new SystemCalls(Double.NaN, why);
    }

    /**
     * Counts the calls while {@code load} runs.
     *
     * @param load returns how many messages there were
     */
    static SystemCalls count(long pid, LongSupplier load) {
        Path table = null;
        try {
            table = Files.createTempFile("overlapped-lab", ".strace");
            return count(pid, load, table);
        } catch (IOException e) {
            return notCounted("strace is not there: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return notCounted("interrupted");
        } finally {
            delete(table);
        }
    }

    private static void delete(@org.jspecify.annotations.Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // It is in the folder for temporary files, which the system clears.
        }
    }

    private static SystemCalls count(long pid, LongSupplier load, Path table)
            throws IOException, InterruptedException {
        Process strace =
                new ProcessBuilder(
                                "strace",
                                "-c",
                                "-f",
                                "-o",
                                table.toString(),
                                "-p",
                                Long.toString(pid))
                        .start();
        try {
            String first = firstWords(strace);
            if (!first.contains("attached")) {
                return notCounted("strace is not allowed here: " + first);
            }
            long messages = load.getAsLong();
            strace.destroy();
            if (!strace.waitFor(DETACH_SECONDS, TimeUnit.SECONDS)) {
                return notCounted("strace did not let go of the process");
            }
            return parse(Files.readAllLines(table, StandardCharsets.UTF_8), messages);
        } finally {
            strace.destroyForcibly();
        }
    }

    private static String firstWords(Process strace) throws InterruptedException {
        CompletableFuture<String> first = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("lab-strace").start(() -> readWords(strace, first));
        try {
            return first.get(ATTACH_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return "it did not attach in time";
        }
    }

    private static void readWords(Process strace, CompletableFuture<String> first) {
        try (BufferedReader errors =
                new BufferedReader(
                        new InputStreamReader(strace.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = errors.readLine(); line != null; line = errors.readLine()) {
                first.complete(line);
            }
        } catch (IOException e) {
            // It was ended while it was read.
        }
        first.complete("it ended without a word");
    }

    /** Reads the table that {@code strace -c} leaves. */
    static SystemCalls parse(List<String> table, long messages) {
        if (messages == 0) {
            return notCounted("no message was answered while the calls were counted");
        }
        Map<Long, String> byCount = new TreeMap<>(java.util.Comparator.reverseOrder());
        long all = 0;
        for (String line : table) {
            String[] columns = line.strip().split("\\s+", -1);
            boolean counts = columns.length > CALLS_COLUMN && columns[0].matches("[\\d.]+");
            String name = columns[columns.length - 1];
            if (counts && !name.equals("total")) {
                long calls = Long.parseLong(columns[CALLS_COLUMN]);
                byCount.merge(calls, name, (one, other) -> one + "+" + other);
                all += calls;
            }
        }
        String names =
                byCount.entrySet().stream()
                        .limit(NAMED)
                        .map(e -> "%s %.2f".formatted(e.getValue(), (double) e.getKey() / messages))
                        .collect(Collectors.joining(", "));
        return new SystemCalls((double) all / messages, names);
    }
}
