package io.overlapped;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a proactor is opened with: its driver and its limits. Every limit has a default; none is
 * unlimited.
 *
 * @param driver {@code auto} for the best that runs here, or the name of one: {@code uring}, {@code
 *     nio}; a named one that cannot run fails with the reason and the remedy
 * @param operationsMax operations in flight at once; 1 to 1,048,576
 * @param overLimit what becomes of a start over {@code operationsMax}
 * @param buffersMax buffers in the pool, allocated as they are needed; 1 to 65,536
 * @param bufferBytes size of each buffer; 64 to 16,777,216
 * @param buffersProvided buffers of the pool lent ahead to the driver for receives that choose
 *     their own; 1 to {@code buffersMax} and at most 32,768
 * @param shutdownTimeout how long closing the proactor waits for the last completions before it
 *     leaks the memory they may still write to
 * @param checked whether each operation remembers where it was started and each buffer where it was
 *     taken, for better messages; costs a stack trace each
 * @param timed whether each operation remembers when it was started, for {@link InFlight#ageNanos};
 *     costs a look at the clock each
 * @param slowRoutine how long a routine runs before it is counted as a slow one; {@link
 *     Proactor#FOREVER} not to look, else it costs two looks at the clock for each
 * @param tuning settings of one driver, by name, such as {@code uring.submissions}
 *     <p>Threads: a value.
 */
public record Options(
        String driver,
        int operationsMax,
        OverLimit overLimit,
        int buffersMax,
        int bufferBytes,
        int buffersProvided,
        Duration shutdownTimeout,
        boolean checked,
        boolean timed,
        Duration slowRoutine,
        Map<String, String> tuning) {

    /** What becomes of a start when {@link Options#operationsMax} operations are in flight. */
    public enum OverLimit {
        /** It stays pending and is handed to the driver when its turn comes. */
        WAIT,
        /** It completes with {@link Status#OVERLOADED}. */
        REFUSE
    }

    /** The name that stands for the best driver that runs here. */
    public static final String AUTO = "auto";

    private static final int OPERATIONS_LIMIT = 1 << 20;
    private static final int BUFFERS_LIMIT = 1 << 16;
    private static final int BUFFER_BYTES_MIN = 64;
    private static final int BUFFER_BYTES_LIMIT = 1 << 24;
    private static final int PROVIDED_LIMIT = 1 << 15;

    private static final Options DEFAULTS =
            new Options(
                    AUTO,
                    1 << 15,
                    OverLimit.WAIT,
                    4096,
                    64 * 1024,
                    128,
                    Duration.ofSeconds(2),
                    false,
                    false,
                    Proactor.FOREVER,
                    Map.of());

    public Options {
        Objects.requireNonNull(driver, "driver");
        Objects.requireNonNull(overLimit, "overLimit");
        Objects.requireNonNull(shutdownTimeout, "shutdownTimeout");
        Objects.requireNonNull(slowRoutine, "slowRoutine");
        // In the order given: a copy by Map.copyOf would be in another one in each process.
        tuning = Collections.unmodifiableMap(new LinkedHashMap<>(tuning));
        requireRange("operationsMax", operationsMax, 1, OPERATIONS_LIMIT);
        requireRange("buffersMax", buffersMax, 1, BUFFERS_LIMIT);
        requireRange("bufferBytes", bufferBytes, BUFFER_BYTES_MIN, BUFFER_BYTES_LIMIT);
        requireRange("buffersProvided", buffersProvided, 1, Math.min(buffersMax, PROVIDED_LIMIT));
        if (shutdownTimeout.isNegative()) {
            throw new IllegalArgumentException("shutdownTimeout is negative: " + shutdownTimeout);
        }
        if (slowRoutine.isNegative()) {
            throw new IllegalArgumentException("slowRoutine is negative: " + slowRoutine);
        }
    }

    /**
     * {@code auto}, 32,768 operations that wait over the limit, 4,096 buffers of 64 KiB of which
     * 128 are provided, 2 seconds to shut down, unchecked, not timed.
     */
    public static Options defaults() {
        return DEFAULTS;
    }

    public Options withDriver(String name) {
        return new Options(
                name,
                operationsMax,
                overLimit,
                buffersMax,
                bufferBytes,
                buffersProvided,
                shutdownTimeout,
                checked,
                timed,
                slowRoutine,
                tuning);
    }

    public Options withOperations(int max, OverLimit over) {
        return new Options(
                driver,
                max,
                over,
                buffersMax,
                bufferBytes,
                buffersProvided,
                shutdownTimeout,
                checked,
                timed,
                slowRoutine,
                tuning);
    }

    public Options withBuffers(int max, int bytes, int provided) {
        return new Options(
                driver,
                operationsMax,
                overLimit,
                max,
                bytes,
                provided,
                shutdownTimeout,
                checked,
                timed,
                slowRoutine,
                tuning);
    }

    public Options withShutdownTimeout(Duration timeout) {
        return new Options(
                driver,
                operationsMax,
                overLimit,
                buffersMax,
                bufferBytes,
                buffersProvided,
                timeout,
                checked,
                timed,
                slowRoutine,
                tuning);
    }

    public Options withChecked(boolean on) {
        return new Options(
                driver,
                operationsMax,
                overLimit,
                buffersMax,
                bufferBytes,
                buffersProvided,
                shutdownTimeout,
                on,
                timed,
                slowRoutine,
                tuning);
    }

    public Options withTimed(boolean on) {
        return new Options(
                driver,
                operationsMax,
                overLimit,
                buffersMax,
                bufferBytes,
                buffersProvided,
                shutdownTimeout,
                checked,
                on,
                slowRoutine,
                tuning);
    }

    public Options withSlowRoutine(Duration limit) {
        return new Options(
                driver,
                operationsMax,
                overLimit,
                buffersMax,
                bufferBytes,
                buffersProvided,
                shutdownTimeout,
                checked,
                timed,
                limit,
                tuning);
    }

    public Options withTuning(Map<String, String> settings) {
        return new Options(
                driver,
                operationsMax,
                overLimit,
                buffersMax,
                bufferBytes,
                buffersProvided,
                shutdownTimeout,
                checked,
                timed,
                slowRoutine,
                settings);
    }

    private static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; it must be " + min + " to " + max);
        }
    }
}
