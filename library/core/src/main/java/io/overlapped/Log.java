package io.overlapped;

import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The library's log, which never throws: without a free descriptor a logger may fail to load its
 * own classes or the JDK's time zones, and that must not take a proactor with it.
 */
final class Log {
    private static final System.Logger LOG = System.getLogger("io.overlapped");

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

    private static boolean attempt(Runnable log) {
        try {
            log.run();
            return true;
        } catch (VirtualMachineError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            return false;
        }
    }
}
