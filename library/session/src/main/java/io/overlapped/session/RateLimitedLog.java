package io.overlapped.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A log that whoever is outside cannot flood: at most one line of a kind in a while. The next line
 * says how many were left out.
 *
 * <p>Threads: any.
 */
public final class RateLimitedLog {
    /** The pause between two lines of a kind. */
    public static final Duration PAUSE = Duration.ofSeconds(10);

    private static final int KINDS_MAX = 1024;

    /** One kind of line. */
    private static final class Kind {
        long loggedNanos;
        long leftOut;
    }

    private final System.Logger logger;
    private final long pauseNanos;
    private final Map<String, Kind> kinds = new HashMap<>();

    /** With a line of a kind in {@link #PAUSE} at most. */
    public RateLimitedLog(System.Logger logger) {
        this(logger, PAUSE);
    }

    public RateLimitedLog(System.Logger logger, Duration pause) {
        this.logger = logger;
        pauseNanos = pause.toNanos();
    }

    /**
     * Logs, unless a line of this kind was logged a short while ago.
     *
     * @param kind a name from a small set, never from the outside
     * @param nowNanos the time on a monotonic clock
     * @param line made only when it is logged
     * @return whether it was logged
     */
    public boolean log(
            System.Logger.Level level, String kind, long nowNanos, Supplier<String> line) {
        return log(level, kind, nowNanos, line, null);
    }

    /** Logs with the stack trace of {@code thrown}, if there is one. */
    public boolean log(
            System.Logger.Level level,
            String kind,
            long nowNanos,
            Supplier<String> line,
            @Nullable Throwable thrown) {
        long leftOut = admit(kind, nowNanos);
        if (leftOut < 0) {
            return false;
        }
        String text = line.get();
        if (leftOut > 0) {
            text += " (and " + leftOut + " more like it since the last line)";
        }
        if (thrown == null) {
            logger.log(level, text);
        } else {
            logger.log(level, text, thrown);
        }
        return true;
    }

    /** How many lines were left out since the last, or −1 if this one is to be left out. */
    private synchronized long admit(String kind, long nowNanos) {
        Kind known = kinds.get(kind);
        if (known == null) {
            if (kinds.size() >= KINDS_MAX) {
                return -1;
            }
            known = new Kind();
            kinds.put(kind, known);
        } else if (nowNanos - known.loggedNanos < pauseNanos) {
            known.leftOut++;
            return -1;
        }
        long leftOut = known.leftOut;
        known.loggedNanos = nowNanos;
        known.leftOut = 0;
        return leftOut;
    }
}
