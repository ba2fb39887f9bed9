package io.overlapped;

import io.overlapped.spi.DriverOptions;
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
 * @param operations how many may be in flight, and what becomes of the rest
 * @param buffers the memory that operations use
 * @param shutdownTimeout how long closing the proactor waits for the last completions before it
 *     leaks the memory they may still write to
 * @param diagnosis what is remembered for better messages, at what cost
 * @param routineFailure what becomes of a routine that throws
 * @param tuning settings of one driver, by name, such as {@code uring.submissions}
 *     <p>Threads: a value.
 */
public record Options(
        String driver,
        Operations operations,
        Buffers buffers,
        Duration shutdownTimeout,
        Diagnosis diagnosis,
        RoutineFailure routineFailure,
        Map<String, String> tuning) {

    /** What becomes of a start when {@link Operations#max} operations are in flight. */
    public enum OverLimit {
        /** It stays pending and is handed to the driver when its turn comes. */
        WAIT,
        /** It completes with {@link Status#OVERLOADED}. */
        REFUSE
    }

    /** What becomes of a completion routine that throws. */
    public enum RoutineFailure {
        /**
         * It is logged, and the stream that the operation was on, or that it accepted, is closed:
         * one client's misfortune is that client's alone. All else goes on. An accept whose routine
         * threw before it had started the block again is started again, as its listener would be
         * deaf from then on.
         */
        CLOSE_STREAM,
        /**
         * It is thrown out of the wait, the poll or the dequeue that ran the routine; {@link
         * Proactor#thrower} tells the operation. A proactor with a thread of its own closes.
         */
        RETHROW
    }

    /**
     * @param max operations in flight at once; 1 to 1,048,576
     * @param overLimit what becomes of a start over {@code max}
     */
    public record Operations(int max, OverLimit overLimit) {
        public Operations {
            requireRange("operations.max", max, 1, OPERATIONS_LIMIT);
            Objects.requireNonNull(overLimit, "operations.overLimit");
        }
    }

    /**
     * @param max buffers in the pool, allocated as they are needed; 1 to 65,536
     * @param bytes size of each buffer; 64 to 16,777,216
     * @param provided buffers of the pool lent ahead to the driver for receives that choose their
     *     own; 1 to {@code max} and at most 32,768
     */
    public record Buffers(int max, int bytes, int provided) {
        public Buffers {
            requireRange("buffers.max", max, 1, BUFFERS_LIMIT);
            requireRange("buffers.bytes", bytes, BUFFER_BYTES_MIN, BUFFER_BYTES_LIMIT);
            requireRange("buffers.provided", provided, 1, Math.min(max, PROVIDED_LIMIT));
        }
    }

    /**
     * @param checked whether each operation remembers where it was started and each buffer where it
     *     was taken, for better messages; costs a stack trace each
     * @param timed whether each operation remembers when it was started, for {@link
     *     InFlight#ageNanos}; costs a look at the clock each
     * @param slowRoutine how long a routine runs before it is counted as a slow one; {@link
     *     Proactor#FOREVER} not to look, else it costs two looks at the clock for each
     */
    public record Diagnosis(boolean checked, boolean timed, Duration slowRoutine) {
        public Diagnosis {
            Objects.requireNonNull(slowRoutine, "diagnosis.slowRoutine");
            requireNotNegative("diagnosis.slowRoutine", slowRoutine);
        }
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
                    new Operations(1 << 15, OverLimit.WAIT),
                    new Buffers(4096, 64 * 1024, 128),
                    Duration.ofSeconds(2),
                    new Diagnosis(false, false, Proactor.FOREVER),
                    RoutineFailure.CLOSE_STREAM,
                    Map.of());

    public Options {
        Objects.requireNonNull(driver, "driver");
        Objects.requireNonNull(operations, "operations");
        Objects.requireNonNull(buffers, "buffers");
        Objects.requireNonNull(shutdownTimeout, "shutdownTimeout");
        requireNotNegative("shutdownTimeout", shutdownTimeout);
        Objects.requireNonNull(diagnosis, "diagnosis");
        Objects.requireNonNull(routineFailure, "routineFailure");
        // In the order given: a copy by Map.copyOf would be in another one in each process.
        tuning = Collections.unmodifiableMap(new LinkedHashMap<>(tuning));
    }

    /**
     * {@code auto}, 32,768 operations that wait over the limit, 4,096 buffers of 64 KiB of which
     * 128 are provided, 2 seconds to shut down, unchecked, not timed; a routine that throws costs
     * its stream.
     */
    public static Options defaults() {
        return DEFAULTS;
    }

    public Options withDriver(String name) {
        return new Options(
                name, operations, buffers, shutdownTimeout, diagnosis, routineFailure, tuning);
    }

    public Options withOperations(int max, OverLimit over) {
        return new Options(
                driver,
                new Operations(max, over),
                buffers,
                shutdownTimeout,
                diagnosis,
                routineFailure,
                tuning);
    }

    public Options withBuffers(int max, int bytes, int provided) {
        return new Options(
                driver,
                operations,
                new Buffers(max, bytes, provided),
                shutdownTimeout,
                diagnosis,
                routineFailure,
                tuning);
    }

    public Options withShutdownTimeout(Duration timeout) {
        return new Options(driver, operations, buffers, timeout, diagnosis, routineFailure, tuning);
    }

    public Options withChecked(boolean on) {
        return with(new Diagnosis(on, diagnosis.timed, diagnosis.slowRoutine));
    }

    public Options withTimed(boolean on) {
        return with(new Diagnosis(diagnosis.checked, on, diagnosis.slowRoutine));
    }

    public Options withSlowRoutine(Duration limit) {
        return with(new Diagnosis(diagnosis.checked, diagnosis.timed, limit));
    }

    public Options withRoutineFailure(RoutineFailure policy) {
        return new Options(driver, operations, buffers, shutdownTimeout, diagnosis, policy, tuning);
    }

    public Options withTuning(Map<String, String> settings) {
        return new Options(
                driver, operations, buffers, shutdownTimeout, diagnosis, routineFailure, settings);
    }

    /** As a driver needs them. */
    public DriverOptions forDriver() {
        return new DriverOptions(operations.max, buffers.provided, buffers.bytes, tuning);
    }

    private Options with(Diagnosis changed) {
        return new Options(
                driver, operations, buffers, shutdownTimeout, changed, routineFailure, tuning);
    }

    private static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; it must be " + min + " to " + max);
        }
    }

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " is negative: " + value);
        }
    }
}
