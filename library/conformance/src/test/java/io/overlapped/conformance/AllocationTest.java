package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What watching costs in garbage, by the JVM's own count for the proactor's thread: nothing. */
class AllocationTest {
    private static final int ROUNDS = 100_000;

    /** Classes that are loaded late, and the like; a byte an operation would be twice as much. */
    private static final long BYTES_MAX = 3 * ROUNDS / 2;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private int completed;

    @Test
    void whileNobodyWatchesAnOperationAllocatesNothing() {
        judge(Options.defaults());
    }

    @Test
    void timesAndTheLimitForRoutinesAllocateNothing() {
        judge(Options.defaults().withTimed(true).withSlowRoutine(Duration.ofSeconds(1)));
    }

    @Test
    void timeoutsAllocateNothing() {
        Duration limit = Duration.ofSeconds(30);
        judge(Options.defaults(), (proactor, post, timer) -> limited(proactor, limit, post, timer));
    }

    private interface Rounds {
        void run(Proactor proactor, Overlapped post, Overlapped timer);
    }

    private void judge(Options options) {
        judge(options, AllocationTest::rounds);
    }

    private void judge(Options options, Rounds rounds) {
        Proactor proactor = Proactor.open(options);
        Overlapped post = new Overlapped(_ -> completed++);
        Overlapped timer = new Overlapped(_ -> completed++);
        rounds.run(proactor, post, timer);
        completed = 0;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        rounds.run(proactor, post, timer);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        proactor.close();
        assertEquals(2 * ROUNDS, completed);
        assertTrue(allocated < BYTES_MAX, () -> allocated + " bytes");
    }

    private static void rounds(Proactor proactor, Overlapped post, Overlapped timer) {
        for (int i = 0; i < ROUNDS; i++) {
            proactor.post(post);
            proactor.timer(timer, Duration.ZERO).cancel();
            proactor.poll();
        }
    }

    private static void limited(
            Proactor proactor, Duration limit, Overlapped post, Overlapped timer) {
        for (int i = 0; i < ROUNDS; i++) {
            proactor.post(post.within(limit));
            proactor.post(timer.within(limit)).cancel();
            proactor.poll();
        }
    }
}
