import module java.base;

/** Very many short connections. */
final class ConnectCycles {
    private static final int THREADS = 4;
    private static final int BATCH = 10_000;
    private static final double SHARE = 0.02;
    private static final int TRIES_MAX = 3;
    // A page of the heap's own accounting and one thread's scratch memory are not a leak.
    private static final long GRAIN_BYTES = 256 * 1024;

    private ConnectCycles() {}

    static Row row() {
        return new Row(
                "cycles",
                "descriptors, leases, operations, native memory and heap are as before (2 %)",
                "1,000,000 connections that are closed or reset in five ways",
                Row.BOTH,
                ConnectCycles::run);
    }

    private record Sizes(long heapBytes, long otherBytes, long nativeBytes) {}

    private static void run(Trial trial) throws Exception {
        Child server = trial.server(List.of("-Xmx256m", "-XX:NativeMemoryTracking=summary"));
        int port = trial.portOf(server);
        Child visitors = trial.client("Cycles", port, THREADS);
        visitors.read();
        cycle(visitors, trial.pick(8_000, 50_000));
        // Asked for once before: the JVM then opens a socket for those who ask, and keeps it.
        sizes(server);
        Trial.Held base = trial.base(server, port);
        Failed growth = null;
        for (int i = 0; i < TRIES_MAX && (i == 0 || growth != null); i++) {
            growth = measured(trial, server, visitors);
        }
        visitors.finish();
        if (growth != null) {
            throw growth;
        }
        trial.backTo(base, server);
        trial.silent(server);
    }

    /**
     * What has grown, or null. The JVM grows by itself as well, when it compiles or collects late
     * on a busy machine, but not each time; what a connection leaves behind, each time.
     */
    private static Failed measured(Trial trial, Child server, Child visitors) throws Exception {
        trial.held(server);
        Sizes before = sizes(server);
        int cycles = trial.pick(20_000, 1_000_000);
        long start = System.nanoTime();
        for (int done = 0; done < cycles; done += BATCH) {
            cycle(visitors, Math.min(BATCH, cycles - done));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        trial.held(server);
        Sizes after = sizes(server);
        trial.events += cycles;
        trial.faults += cycles;
        trial.figures.put("cycles", cycles);
        trial.figures.put("cyclesPerSecond", Math.round(cycles / seconds));
        try {
            same(trial, "heap", before.heapBytes(), after.heapBytes());
            same(trial, "nativeOther", before.otherBytes(), after.otherBytes());
            same(trial, "nativeAll", before.nativeBytes(), after.nativeBytes());
            return null;
        } catch (Failed grown) {
            return grown;
        }
    }

    private static void cycle(Child visitors, int count) throws Exception {
        Counts counts = visitors.counts(Integer.toString(count));
        Failed.unless(counts.get("failures") == 0, counts.text());
    }

    private static void same(Trial trial, String name, long before, long after) {
        trial.figures.put(name + "BytesBefore", before);
        trial.figures.put(name + "BytesGrown", after - before);
        Failed.unless(
                after - before <= Math.max(GRAIN_BYTES, SHARE * before),
                name + " has grown from " + before + " to " + after + " bytes");
    }

    private static Sizes sizes(Child server) throws Exception {
        long heapBytes = server.counts("heap").get("heap");
        String text =
                Commands.must(
                        Commands.JAVA.resolve("jcmd").toString(),
                        Long.toString(server.pid()),
                        "VM.native_memory",
                        "summary");
        long heapCommitted = committedBytes(text, "Java Heap");
        return new Sizes(
                heapBytes,
                committedBytes(text, "Other"),
                committedBytes(text, "Total:") - heapCommitted);
    }

    private static long committedBytes(String text, String category) {
        Matcher found = Pattern.compile(category + ".*?committed=(\\d+)KB").matcher(text);
        Failed.unless(found.find(), "no " + category + " in: " + text);
        return Long.parseLong(found.group(1)) * 1024;
    }
}
