package io.overlapped.bench;

import io.overlapped.bench.load.CpuTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The user memory of a server: what is resident, and in a JVM, whose heap is all resident from the
 * start, also what is live on the heap.
 */
final class UserMemory {
    private static final Pattern GENERATION = Pattern.compile("total \\d+K, used (\\d+)K \\[0x");

    private UserMemory() {}

    static long bytes(long pid, boolean jvm) throws IOException {
        return CpuTime.residentBytes(pid) + (jvm ? liveHeapBytes(pid) : 0);
    }

    private static long liveHeapBytes(long pid) throws IOException {
        jcmd(pid, "GC.run");
        jcmd(pid, "GC.run");
        String heap = jcmd(pid, "GC.heap_info");
        Matcher generation = GENERATION.matcher(heap);
        long bytes = 0;
        while (generation.find()) {
            bytes += Long.parseLong(generation.group(1)) * 1024;
        }
        if (bytes == 0) {
            throw new IllegalStateException("the heap cannot be read from: " + heap);
        }
        return bytes;
    }

    private static String jcmd(long pid, String command) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        return Commands.run(List.of(jcmd.toString(), Long.toString(pid), command)).text();
    }
}
