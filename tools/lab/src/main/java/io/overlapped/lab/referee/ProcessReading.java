package io.overlapped.lab.referee;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel has counted for a process.
 *
 * @param cpuNanos user and system time
 * @param voluntary context switches of its threads because they waited
 * @param involuntary context switches of its threads because another was to run
 * @param threads how many it has now
 * @param residentBytes memory it holds now
 */
record ProcessReading(
        long cpuNanos, long voluntary, long involuntary, int threads, long residentBytes) {
    private static final long TICK_NANOS = 10_000_000;
    private static final long KIB = 1024;
    private static final int UTIME = 11;
    private static final int STIME = 12;

    /** Reads a process that lives; one that has ended, or a system without /proc, gives zeros. */
    static ProcessReading of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            String status = Files.readString(process.resolve("status"));
            long[] switches = switches(process.resolve("task"));
            return new ProcessReading(
                    cpuNanos(pid, process),
                    switches[0],
                    switches[1],
                    (int) field(status, "Threads:"),
                    field(status, "VmRSS:") * KIB);
        } catch (IOException e) {
            return new ProcessReading(0, 0, 0, 0, 0);
        }
    }

    private static long cpuNanos(long pid, Path process) throws IOException {
        long nanos = CpuClock.nanos(pid);
        return nanos >= 0
                ? nanos
                : ticks(Files.readString(process.resolve("stat"), StandardCharsets.UTF_8));
    }

    private static long ticks(String stat) {
        // The name is in parentheses and may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", STIME + 2);
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * TICK_NANOS;
    }

    private static long[] switches(Path tasks) throws IOException {
        long[] sums = new long[2];
        try (DirectoryStream<Path> each = Files.newDirectoryStream(tasks)) {
            for (Path task : each) {
                addSwitches(task, sums);
            }
        }
        return sums;
    }

    private static void addSwitches(Path task, long[] sums) {
        try {
            String status = Files.readString(task.resolve("status"));
            sums[0] += field(status, "voluntary_ctxt_switches:");
            sums[1] += field(status, "nonvoluntary_ctxt_switches:");
        } catch (IOException e) {
            // A thread that has ended since it was listed counts no more.
        }
    }

    private static long field(String status, String name) {
        for (String line : status.split("\n", -1)) {
            if (line.startsWith(name)) {
                String digits = line.substring(name.length()).replace("kB", "").strip();
                return Long.parseLong(digits);
            }
        }
        return 0;
    }
}
