package io.overlapped.echo;

import io.overlapped.Options;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What an echo server is opened with.
 *
 * @param io the driver and the budget of the proactor
 * @param style how it learns of completions
 * @param workers threads at the port; 1 drives the proactor itself; {@link EchoStyle#PORT} only
 * @param oneAtATime whether a client is served to its end before the next one is
 * @param records whether it takes 100-byte records and answers nothing, instead of echoing
 * @param stallTimeout how long one send may take: a client that does not read its answers for that
 *     long is closed
 * @param report is told, a line each, what happens: clients that come and go, and what each receive
 *     brought; called on the server's threads; what it throws is logged and harms no client
 *     <p>Threads: a value.
 */
public record EchoOptions(
        Options io,
        EchoStyle style,
        int workers,
        boolean oneAtATime,
        boolean records,
        Duration stallTimeout,
        Consumer<String> report) {
    /** Bytes of a record. */
    public static final int RECORD_BYTES = 100;

    /** More workers than this wait for one another. */
    public static final int WORKERS_MAX = 64;

    public EchoOptions {
        if (workers < 1 || workers > WORKERS_MAX) {
            throw new IllegalArgumentException(
                    "workers is " + workers + "; it must be 1 to " + WORKERS_MAX);
        }
        if (workers > 1 && style != EchoStyle.PORT) {
            throw new IllegalArgumentException("only the port style has several workers");
        }
        if (stallTimeout.isNegative() || stallTimeout.isZero()) {
            throw new IllegalArgumentException("stallTimeout must be more than zero");
        }
    }

    /** Routine style, the best driver, all clients at once, 60 seconds for a send, no reports. */
    public static EchoOptions defaults() {
        return new EchoOptions(
                Options.defaults(),
                EchoStyle.ROUTINE,
                1,
                false,
                false,
                Duration.ofSeconds(60),
                _ -> {});
    }

    public EchoOptions withDriver(String name) {
        return withIo(io.withDriver(name));
    }

    public EchoOptions withIo(Options value) {
        return new EchoOptions(value, style, workers, oneAtATime, records, stallTimeout, report);
    }

    public EchoOptions withStyle(EchoStyle value, int threads) {
        return new EchoOptions(io, value, threads, oneAtATime, records, stallTimeout, report);
    }

    public EchoOptions withOneAtATime(boolean on) {
        return new EchoOptions(io, style, workers, on, records, stallTimeout, report);
    }

    public EchoOptions withRecords(boolean on) {
        return new EchoOptions(io, style, workers, oneAtATime, on, stallTimeout, report);
    }

    public EchoOptions withStallTimeout(Duration value) {
        return new EchoOptions(io, style, workers, oneAtATime, records, value, report);
    }

    public EchoOptions withReport(Consumer<String> value) {
        return new EchoOptions(io, style, workers, oneAtATime, records, stallTimeout, value);
    }
}
