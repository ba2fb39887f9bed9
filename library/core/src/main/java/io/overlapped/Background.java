package io.overlapped;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
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

    private static final ThreadPoolExecutor EXECUTOR = executor();

    private Background() {}

    static void run(Runnable work) {
        EXECUTOR.execute(work);
    }

    private static ThreadPoolExecutor executor() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(
                        1,
                        1,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        work -> LibraryThread.of("overlapped-background", true, work));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
