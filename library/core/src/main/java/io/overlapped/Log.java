package io.overlapped;

import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The library's log, which never throws: without a free descriptor a logger may fail to load its
 * own classes or the JDK's time zones, and that must not take a proactor with it. A proactor's
 * thread leaves its lines to {@link Background}, as what the log writes to may block, a pipe that
 * nobody reads for instance; of many at once some are dropped, and counted.
 */
final class Log {
    private static final System.Logger LOG = System.getLogger("io.overlapped");
    private static final int WAITING_MAX = 256;
    private static final AtomicInteger WAITING = new AtomicInteger();
    private static final AtomicInteger DROPPED = new AtomicInteger();

    private Log() {}

    /**
     * Loads what the log needs files for, while they can be opened: the time zones, which a JVM
     * that once failed to load them never tries to load again.
     */
    static void prepare() {
        attempt(
                () -> {
                    Objects.requireNonNull(ZoneId.systemDefault().getRules());
                    LOG.isLoggable(System.Logger.Level.WARNING);
                });
    }

    /** Whether the line was written. */
    static boolean warning(String format, Object... values) {
        return attempt(() -> LOG.log(System.Logger.Level.WARNING, format, values));
    }

    /** Whether the line was written. */
    static boolean error(String message, @Nullable Throwable cause) {
        return attempt(() -> LOG.log(System.Logger.Level.ERROR, message, cause));
    }

    /**
     * As {@link #warning}, soon.
     *
     * @param written told on another thread whether it was
     */
    static void warningSoon(Consumer<Boolean> written, String format, Object... values) {
        soon(() -> written.accept(warning(format, values)));
    }

    /** As {@link #error}, soon. */
    static void errorSoon(String message, Throwable cause) {
        soon(() -> error(message, cause));
    }

    private static void soon(Runnable line) {
        if (WAITING.incrementAndGet() > WAITING_MAX) {
            WAITING.decrementAndGet();
            DROPPED.incrementAndGet();
            return;
        }
        Background.run(
                () -> {
                    WAITING.decrementAndGet();
                    int dropped = DROPPED.getAndSet(0);
                    if (dropped > 0) {
                        warning("{0} lines were dropped, as the log could not keep up", dropped);
                    }
                    line.run();
                });
    }

    private static boolean attempt(Runnable log) {
        try {
            log.run();
            return true;
        } catch (RuntimeException | Error e) {
            return false;
        }
    }
}
