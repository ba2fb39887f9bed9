import module java.base;
import module java.management;

/**
 * A loop that takes all the time of a processor that it gets: what others use is held against it.
 */
final class Loop implements AutoCloseable {
    private volatile boolean ended;
    private volatile long cpuNanos;

    private Loop() {}

    /** A loop that runs, or one that takes nothing. */
    static Loop start(boolean runs) {
        Loop loop = new Loop();
        if (runs) {
            Thread.ofPlatform().daemon().start(loop::run);
        }
        return loop;
    }

    private void run() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        while (!ended) {
            for (int i = 0; i < 10_000; i++) {
                Thread.onSpinWait();
            }
            cpuNanos = threads.getCurrentThreadCpuTime();
        }
    }

    double cpuMillis() {
        return cpuNanos / 1e6;
    }

    @Override
    public void close() {
        ended = true;
    }
}
