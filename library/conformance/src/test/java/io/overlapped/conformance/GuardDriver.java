package io.overlapped.conformance;

import io.overlapped.DriverReport;
import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import io.overlapped.spi.ForwardingDriver;
import io.overlapped.spi.Probe;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A driver with memory that only those can touch who have it: what the kernel still does with a
 * buffer that was given back fails with EFAULT, which is an error here, and what Java still does
 * with one ends the JVM. So is a completion that the guarded driver knows nobody for.
 */
final class GuardDriver extends ForwardingDriver {
    private final String name;
    private final Pages pages = new Pages();

    GuardDriver(Driver guarded, String name) {
        super(guarded);
        this.name = name;
    }

    static DriverReport renamed(DriverReport report, String name) {
        return new DriverReport(
                name,
                report.available(),
                report.reason(),
                report.remedy(),
                report.facts(),
                report.features(),
                report.counters());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public DriverReport report() {
        return renamed(super.report(), name);
    }

    @Override
    public int drive(long timeoutNanos, Sink sink) {
        return super.drive(
                timeoutNanos,
                (token, result, flags) -> {
                    if (result == -Errno.EFAULT) {
                        throw new AssertionError("the kernel met a buffer that nobody has");
                    }
                    sink.completed(token, result, flags);
                });
    }

    @Override
    public int sendNow(int socket, MemorySegment memory, long start, int bytes) {
        int result = super.sendNow(socket, memory, start, bytes);
        if (result == -Errno.EFAULT) {
            throw new AssertionError("a thread sent from a buffer that nobody has");
        }
        return result;
    }

    @Override
    public boolean shutdown() {
        long stale = super.report().counters().getOrDefault("stale", 0L);
        boolean isQuiet = super.shutdown();
        if (stale > 0) {
            throw new AssertionError(stale + " completions were for nobody");
        }
        return isQuiet;
    }

    @Override
    public Probe probe() {
        return new Probe() {
            @Override
            public MemorySegment allocate(Arena arena, long bytes, long alignmentBytes) {
                return pages.allocate(arena, bytes);
            }

            @Override
            public boolean taking(MemorySegment buffer) {
                pages.take(buffer);
                return true;
            }

            @Override
            public void released(MemorySegment buffer) {
                pages.release(buffer);
            }
        };
    }
}
