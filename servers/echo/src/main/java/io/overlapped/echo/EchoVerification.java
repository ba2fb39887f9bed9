package io.overlapped.echo;

import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sends random messages to an echo server on many connections at once, and compares every byte that
 * comes back, up to the end of the stream.
 *
 * <p>Threads: {@link #run} keeps the one that calls it.
 */
public final class EchoVerification {
    /** The longest message that can be asked for. */
    public static final int MESSAGE_BYTES_LIMIT = 16 * 1024;

    /** The most connections that can be asked for. */
    public static final int CONNECTIONS_LIMIT = 2000;

    private EchoVerification() {}

    /**
     * What to send.
     *
     * @param connections at once; 1 to {@link #CONNECTIONS_LIMIT}
     * @param messages on each
     * @param messageBytesMax the longest; 1 to {@link #MESSAGE_BYTES_LIMIT}
     * @param seed decides all lengths and bytes
     * @param timeout for all of it
     */
    public record Plan(
            int connections, long messages, int messageBytesMax, long seed, Duration timeout) {
        public Plan {
            requireRange("connections", connections, CONNECTIONS_LIMIT);
            requireRange("messages", messages, 1_000_000_000);
            requireRange("messageBytesMax", messageBytesMax, MESSAGE_BYTES_LIMIT);
        }

        private static void requireRange(String name, long value, long max) {
            if (value < 1 || value > max) {
                throw new IllegalArgumentException(
                        name + " is " + value + "; it must be 1 to " + max);
            }
        }
    }

    /**
     * What came of it.
     *
     * @param messages sent on all connections
     * @param bytes that came back and were as they had been sent
     * @param failures one sentence for each connection that failed
     */
    public record Result(
            Plan plan,
            String driver,
            long messages,
            long bytes,
            long nanos,
            List<String> failures) {
        /** Whether every byte came back as it had been sent, and nothing else. */
        public boolean isVerified() {
            return failures.isEmpty();
        }

        /** By name, for programs. */
        public Map<String, Object> facts() {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("verified", isVerified());
            facts.put("connections", plan.connections());
            facts.put("messages", messages);
            facts.put("bytes", bytes);
            facts.put("seed", plan.seed());
            facts.put("driver", driver);
            facts.put("seconds", Math.round(nanos / 1e6) / 1e3);
            facts.put("failures", failures);
            return facts;
        }
    }

    /** Sends, compares, and says what came of it. */
    public static Result run(InetSocketAddress server, Options io, Plan plan) {
        long start = System.nanoTime();
        try (Proactor proactor = Proactor.start(io)) {
            CountDownLatch open = new CountDownLatch(plan.connections());
            VerifiedConnection[] all = new VerifiedConnection[plan.connections()];
            for (int i = 0; i < all.length; i++) {
                all[i] = new VerifiedConnection(plan, i, open);
                VerifiedConnection connection = all[i];
                proactor.connect(new Overlapped(connection::connected), server);
            }
            boolean inTime = await(open, plan.timeout());
            // Where the connections live, so that what is read of them is whole. Its own await
            // would end before the routine does.
            CompletableFuture<Result> summary = new CompletableFuture<>();
            proactor.post(
                    new Overlapped(
                            _ -> {
                                end(all, inTime);
                                long nanos = System.nanoTime() - start;
                                String driver = proactor.report().driver();
                                summary.complete(result(plan, driver, all, nanos));
                            }));
            return summary.join();
        }
    }

    private static boolean await(CountDownLatch open, Duration timeout) {
        try {
            return open.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void end(VerifiedConnection[] all, boolean inTime) {
        if (!inTime) {
            for (VerifiedConnection connection : all) {
                connection.fail("not done in time");
            }
        }
    }

    private static Result result(Plan plan, String driver, VerifiedConnection[] all, long nanos) {
        long messages = 0;
        long bytes = 0;
        List<String> failures = new java.util.ArrayList<>();
        for (VerifiedConnection connection : all) {
            messages += connection.messagesSent();
            bytes += connection.bytesVerified();
            if (!connection.failure().isEmpty()) {
                failures.add(connection.failure());
            }
        }
        return new Result(plan, driver, messages, bytes, nanos, List.copyOf(failures));
    }
}
