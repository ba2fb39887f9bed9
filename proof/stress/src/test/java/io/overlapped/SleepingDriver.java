package io.overlapped;

import io.overlapped.spi.Driver;
import io.overlapped.spi.IoVector;
import io.overlapped.spi.Probe;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A driver that brings nothing and sleeps until it is woken: all that a proactor's own protocols
 * need. Its state is on the heap, where a model checker sees it, and it does not park, as the model
 * checker would end that by itself.
 */
final class SleepingDriver implements Driver {
    private volatile boolean woken;

    @Override
    public int drive(long timeoutNanos, Sink sink) {
        while (timeoutNanos > 0 && !woken) {
            Thread.onSpinWait();
        }
        woken = false;
        return 0;
    }

    @Override
    public void wake() {
        woken = true;
    }

    @Override
    public Probe probe() {
        return new OnHeap();
    }

    /** Memory that nobody has to free. */
    static final class OnHeap implements Probe {
        @Override
        public MemorySegment allocate(Arena arena, long bytes, long alignmentBytes) {
            return MemorySegment.ofArray(new byte[(int) bytes]);
        }
    }

    @Override
    public String name() {
        return "sleeping";
    }

    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public boolean shutdown() {
        return true;
    }

    @Override
    public void provide(int buffer, MemorySegment memory) {}

    @Override
    public DriverReport report() {
        return new DriverReport(name(), true, "a test", "", Map.of(), List.of(), Map.of());
    }

    @Override
    public int listen(InetSocketAddress address, int backlog, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int open(InetSocketAddress peer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int set(int socket, StreamOption option, int value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int get(int socket, StreamOption option) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable InetSocketAddress localAddress(int socket) {
        return null;
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress(int socket) {
        return null;
    }

    @Override
    public void accept(long token, int listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void connect(long token, int socket, InetSocketAddress peer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void receive(long token, int socket, IoVector pieces) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void receive(long token, int socket) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void send(long token, int socket, IoVector pieces) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int shutdownOutput(int socket) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void cancel(long token, int socket) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close(long token, int socket) {
        throw new UnsupportedOperationException();
    }
}
