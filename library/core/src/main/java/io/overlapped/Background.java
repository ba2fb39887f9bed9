package io.overlapped;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The library's own thread, for what must not hold up a proactor's or has none to run on: writing
 * to the log, whose end may be a full pipe, and routines of operations that were started on a
 * proactor that is closed. One at a time, in order; the thread ends when it has had nothing to do
 * for a while.
 *
 * <p>Threads: any.
 */
final class Background {
    private static final int IDLE_SECONDS = 5;
    private static final int AGAIN_MILLIS = 100;
    private static final String NAME = "overlapped-background";

    private static final ScheduledThreadPoolExecutor EXECUTOR = executor();

    private Background() {}

    static void run(Runnable work) {
        EXECUTOR.execute(work);
    }

    /**
     * As {@link #run}, but what this thread itself asks for comes after a pause: a routine that
     * starts its timer again whatever it is told would else never let go of the processor.
     */
    static void runWithoutHaste(Runnable work) {
        boolean again = Thread.currentThread().getName().equals(NAME);
        var _ = EXECUTOR.schedule(work, again ? AGAIN_MILLIS : 0, TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor executor() {
        ScheduledThreadPoolExecutor executor =
                new ScheduledThreadPoolExecutor(1, work -> LibraryThread.of(NAME, true, work));
        executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
