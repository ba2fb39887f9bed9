package io.overlapped.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * CPU time that all threads of a process took, in user mode and in the kernel.
 *
 * <p>The scheduler's own figures are read, which are exact to the nanosecond, thread by thread.
 * Where a thread has ended meanwhile, or they are not kept, it is the process's sum, which moves in
 * ticks of 10 ms.
 */
public final class CpuTime {
    private static final long TICK_NANOS = 10_000_000;
    private static final int UTIME = 11;

    private final Path process;
    private Map<String, Long> threads = Map.of();
    private long ticks;

    public CpuTime(long pid) {
        process = Path.of("/proc/" + pid);
    }

    /** From now on. */
    public void begin() {
        ticks = readTicks();
        threads = readThreads();
    }

    /** Nanoseconds since {@link #begin}. */
    public long sinceBegin() {
        Map<String, Long> now = readThreads();
        if (!threads.isEmpty() && now.keySet().containsAll(threads.keySet())) {
            return sum(now) - sum(threads);
        }
        return (readTicks() - ticks) * TICK_NANOS;
    }

    private static long sum(Map<String, Long> threads) {
        return threads.values().stream().mapToLong(Long::longValue).sum();
    }

    private Map<String, Long> readThreads() {
        Map<String, Long> nanos = new HashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path task : tasks) {
                String text = Files.readString(task.resolve("schedstat"));
                nanos.put(
                        String.valueOf(task.getFileName()),
                        Long.parseLong(text.substring(0, text.indexOf(' '))));
            }
        } catch (IOException e) {
            return Map.of();
        }
        return nanos;
    }

    private long readTicks() {
        try {
            String text = Files.readString(process.resolve("stat"));
            // The name, in brackets, may hold blanks.
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Memory of a process that is in RAM, in bytes; 0 when it has ended. */
    public static long residentBytes(long pid) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
            for (String line : lines) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
            return 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
