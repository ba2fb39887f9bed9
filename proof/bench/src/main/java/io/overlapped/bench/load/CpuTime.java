package io.overlapped.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * CPU time that all threads of a process took, in user mode and in the kernel, and the time they
 * were ready to run and had to wait for a core.
 *
 * <p>The scheduler's own figures are read, which are exact to the nanosecond, thread by thread.
 * Where a thread has ended meanwhile, or they are not kept, it is the process's sum, which moves in
 * ticks of 10 ms.
 */
public final class CpuTime {
    private static final long TICK_NANOS = 10_000_000;
    private static final int UTIME = 11;

    private final Path process;
    private Map<String, Spent> threads = Map.of();
    private long ticks;

    public CpuTime(long pid) {
        process = Path.of("/proc/" + pid);
    }

    /** From now on. */
    public void begin() {
        ticks = readTicks();
        threads = readThreads();
    }

    /**
     * What threads spent, in nanoseconds.
     *
     * @param cpuNanos on a core
     * @param waitNanos ready, while something else had the core; 0 where it is not known
     */
    record Spent(long cpuNanos, long waitNanos) {
        private static Spent of(Collection<Spent> threads) {
            return new Spent(
                    threads.stream().mapToLong(Spent::cpuNanos).sum(),
                    threads.stream().mapToLong(Spent::waitNanos).sum());
        }
    }

    /** What was spent since {@link #begin}. */
    Spent sinceBegin() {
        Map<String, Spent> now = readThreads();
        if (!threads.isEmpty() && now.keySet().containsAll(threads.keySet())) {
            Spent after = Spent.of(now.values());
            Spent before = Spent.of(threads.values());
            return new Spent(after.cpuNanos - before.cpuNanos, after.waitNanos - before.waitNanos);
        }
        return new Spent((readTicks() - ticks) * TICK_NANOS, 0);
    }

    private Map<String, Spent> readThreads() {
        Map<String, Spent> spent = new HashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path task : tasks) {
                String[] words = Files.readString(task.resolve("schedstat")).strip().split(" ", -1);
                spent.put(
                        String.valueOf(task.getFileName()),
                        new Spent(Long.parseLong(words[0]), Long.parseLong(words[1])));
            }
        } catch (IOException e) {
            return Map.of();
        }
        return spent;
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
