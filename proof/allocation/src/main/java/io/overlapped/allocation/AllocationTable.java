package io.overlapped.allocation;

import io.overlapped.Options;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures what an echo allocates in each style, beside what the JDK allocates when it wakes a
 * thread of that kind, and judges the difference. It covers the whole process, the client too.
 */
public final class AllocationTable {
    /**
     * The most that an echo on uring may allocate, in bytes, above what waking its thread does. JMH
     * allocates about 7,000 bytes in each iteration, which count here too: a machine that is busy
     * with other work, and echoes little, comes near to it.
     */
    static final double BYTES_MAX = 1;

    private static final int WARM_ITERATIONS = 3;
    private static final TimeValue WARM_TIME = TimeValue.seconds(2);
    private static final int ITERATIONS = 5;
    private static final TimeValue TIME = TimeValue.milliseconds(2500);

    /** How much longer than planned an iteration may take. */
    private static final TimeValue TIMEOUT = TimeValue.seconds(20);

    // JMH is older than the warning that the second one silences.
    private static final String[] JVM_ARGUMENTS = {
        "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"
    };

    /** The profiler's name for bytes an operation. */
    private static final String PROFILED = "gc.alloc.rate.norm";

    private static final String ROW = "%-15s %19s %29s  %s%n";

    private final String driver;
    private int worse;

    private AllocationTable(String driver) {
        this.driver = driver;
    }

    /**
     * @param arguments the name of a driver, else uring
     */
    public static void main(String[] arguments) throws RunnerException {
        String driver = arguments.length == 0 ? "uring" : arguments[0];
        try {
            Proactor.open(Options.defaults().withDriver(driver)).close();
        } catch (OverlappedException e) {
            System.err.println("allocation: the driver " + driver + " does not run here: " + e);
            System.exit(2);
        }
        var table = new AllocationTable(driver);
        table.print();
        System.exit(table.worse == 0 ? 0 : 1);
    }

    private void print() throws RunnerException {
        double platform = control("platform");
        double virtual = control("virtual");
        System.out.printf(
                "Bytes allocated per echo on %s, gc.alloc.rate.norm of JMH, the median:%n", driver);
        System.out.printf(ROW, "style", "B/op", "of which the JDK's parking", "");
        for (Style style : Style.values()) {
            double bytes = bytesPerOperation(EchoBenchmark.class, "style", style.title);
            double parking =
                    switch (style) {
                        case ROUTINE, PORT -> 0;
                        case EVENT_PLATFORM -> platform;
                        case EVENT_VIRTUAL -> virtual;
                    };
            System.out.printf(
                    ROW, style.title, text(bytes), text(parking), verdict(bytes, parking));
        }
    }

    private double control(String peer) throws RunnerException {
        return bytesPerOperation(HandoverBenchmark.class, "peer", peer);
    }

    private String verdict(double bytes, double parking) {
        if (!driver.equals("uring")) {
            return "";
        }
        if (bytes - parking <= BYTES_MAX) {
            return "ok";
        }
        worse++;
        return "more than " + text(BYTES_MAX) + " of ours";
    }

    private static String text(double bytes) {
        return "%.3f".formatted(bytes);
    }

    /** The median of the iterations; the last one contains the end of the trial as well. */
    private double bytesPerOperation(Class<?> benchmark, String param, String value)
            throws RunnerException {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
                        .param(param, value)
                        .addProfiler(GCProfiler.class)
                        .forks(1)
                        .jvmArgs(JVM_ARGUMENTS)
                        .warmupIterations(WARM_ITERATIONS)
                        .warmupTime(WARM_TIME)
                        .measurementIterations(ITERATIONS)
                        .measurementTime(TIME)
                        .timeout(TIMEOUT)
                        .timeUnit(TimeUnit.SECONDS)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT);
        if (benchmark == EchoBenchmark.class) {
            options.param("driver", driver);
        }
        return new Runner(options.build())
                .run().stream()
                        .flatMap(run -> run.getBenchmarkResults().stream())
                        .flatMap(fork -> fork.getIterationResults().stream())
                        .map(iteration -> iteration.getSecondaryResults().get(PROFILED))
                        .mapToDouble(result -> Objects.requireNonNull(result, PROFILED).getScore())
                        .sorted()
                        .skip(ITERATIONS / 2)
                        .findFirst()
                        .orElseThrow();
    }
}
