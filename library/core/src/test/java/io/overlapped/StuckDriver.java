package io.overlapped;

import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import io.overlapped.spi.IoVector;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A driver whose system ends nothing: what is started is never completed, not even a close; and no
 * wait lasts.
 */
class StuckDriver implements Driver {
    static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 1);

    private int sockets;

    @Override
    public String name() {
        return "stuck";
    }

    @Override
    public int listen(InetSocketAddress asked, int backlog, boolean shared) {
        return sockets++;
    }

    @Override
    public int open(InetSocketAddress peer) {
        return sockets++;
    }

    @Override
    public int set(int socket, StreamOption option, int value) {
        return -Errno.EOPNOTSUPP;
    }

    @Override
    public int get(int socket, StreamOption option) {
        return -Errno.EOPNOTSUPP;
    }

    @Override
    public @Nullable InetSocketAddress localAddress(int socket) {
        return ADDRESS;
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress(int socket) {
        return ADDRESS;
    }

    @Override
    public void accept(long token, int listener) {}

    @Override
    public void connect(long token, int socket, InetSocketAddress peer) {}

    @Override
    public void receive(long token, int socket, IoVector pieces) {}

    @Override
    public void receive(long token, int socket) {}

    @Override
    public void send(long token, int socket, IoVector pieces) {}

    @Override
    public int shutdownOutput(int socket) {
        return 0;
    }

    @Override
    public void cancel(long token, int socket) {}

    @Override
    public void close(long token, int socket) {}

    @Override
    public void provide(int buffer, MemorySegment memory) {}

    @Override
    public int drive(long timeoutNanos, Sink sink) {
        return 0;
    }

    @Override
    public void wake() {}

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public DriverReport report() {
        return new DriverReport(name(), true, "a test's", "", Map.of(), List.of(), Map.of());
    }

    @Override
    public boolean shutdown() {
        return false;
    }
}
