package io.overlapped.lab.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** A model that serves on loopback, in this process, until it is closed. */
final class Running implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();
    final Queue<String> steps = new ConcurrentLinkedQueue<>();
    final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final Serving serving;
    private final Thread thread;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final InetSocketAddress address;

    private Running(Setup setup, Job job, boolean watched) throws Exception {
        InetSocketAddress any = new InetSocketAddress("127.0.0.1", 0);
        serving =
                new Serving(
                        job,
                        any,
                        setup.driver(),
                        (what, connection, detail) -> count(what, connection, detail, watched),
                        refusals::add);
        Model model = Models.make(setup.model());
        thread = Thread.ofPlatform().name("test server").start(() -> run(model));
        address = serving.listening().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    static Running start(Setup setup, Job job) throws Exception {
        return new Running(setup, job, false);
    }

    /** Remembers all steps. */
    static Running watched(Setup setup, Job job) throws Exception {
        return new Running(setup, job, true);
    }

    Peer connect() throws Exception {
        return new Peer(address, 0);
    }

    InetSocketAddress address() {
        return address;
    }

    void stop() {
        serving.stop();
    }

    /** Waits for a condition, and fails if it does not come true. */
    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - start < DEADLINE.toNanos(), "never: " + what);
            Thread.sleep(1);
        }
    }

    private void count(String what, long connection, String detail, boolean watched) {
        if (what.equals(Watch.ACCEPTED)) {
            accepted.incrementAndGet();
        } else if (what.equals(Watch.ENDED)) {
            ended.incrementAndGet();
        }
        if (watched && !what.equals(Watch.NOTHING)) {
            steps.add(connection + " " + what + (detail.isEmpty() ? "" : " " + detail));
        }
    }

    private void run(Model model) {
        try {
            serving.run(model);
        } catch (Throwable e) {
            failure.set(e);
        }
    }

    @Override
    public void close() throws Exception {
        serving.stop();
        assertTrue(thread.join(DEADLINE), "the model does not stop");
        assertNull(failure.get(), () -> "the model failed: " + failure.get());
        assertFalse(accepted.get() < ended.get());
    }
}
