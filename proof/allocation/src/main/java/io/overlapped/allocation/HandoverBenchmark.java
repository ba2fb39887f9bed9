package io.overlapped.allocation;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The control: a platform thread wakes another thread and waits for it, without the library. */
@State(Scope.Benchmark)
public class HandoverBenchmark {
    @Param({"platform", "virtual"})
    public String peer;

    private Handover handover;

    @Setup
    public void open() {
        handover =
                new Handover(
                        switch (peer) {
                            case "platform" -> Thread.ofPlatform().daemon().factory();
                            case "virtual" -> Thread.ofVirtual().factory();
                            default -> throw new IllegalArgumentException("no thread: " + peer);
                        });
    }

    @TearDown
    public void close() throws InterruptedException {
        handover.close();
    }

    @Benchmark
    public void roundTrip() {
        handover.roundTrip();
    }
}
