package io.overlapped.spi;

import io.overlapped.DriverReport;
import io.overlapped.StreamOption;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Passes everything on to another driver; what is to be otherwise is overridden: for tests, for
 * recording, for faults that are made on purpose.
 *
 * <p>{@link #close()} is not passed on as such: it calls {@link #shutdown()}, which is.
 *
 * <p>Threads: as with the driver it passes on to.
 */
public class ForwardingDriver implements Driver {
    private final Driver next;

    protected ForwardingDriver(Driver next) {
        this.next = next;
    }

    @Override
    public String name() {
        return next.name();
    }

    @Override
    public int listen(InetSocketAddress address, int backlog, boolean shared) {
        return next.listen(address, backlog, shared);
    }

    @Override
    public int open(InetSocketAddress peer) {
        return next.open(peer);
    }

    @Override
    public int set(int socket, StreamOption option, int value) {
        return next.set(socket, option, value);
    }

    @Override
    public int get(int socket, StreamOption option) {
        return next.get(socket, option);
    }

    @Override
    public @Nullable InetSocketAddress localAddress(int socket) {
        return next.localAddress(socket);
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress(int socket) {
        return next.remoteAddress(socket);
    }

    @Override
    public void accept(long token, int listener) {
        next.accept(token, listener);
    }

    @Override
    public void connect(long token, int socket, InetSocketAddress peer) {
        next.connect(token, socket, peer);
    }

    @Override
    public void receive(long token, int socket, IoVector pieces) {
        next.receive(token, socket, pieces);
    }

    @Override
    public void receive(long token, int socket) {
        next.receive(token, socket);
    }

    @Override
    public void send(long token, int socket, IoVector pieces) {
        next.send(token, socket, pieces);
    }

    @Override
    public boolean sendsNow() {
        return next.sendsNow();
    }

    @Override
    public int sendNow(int socket, MemorySegment memory, long start, int bytes) {
        return next.sendNow(socket, memory, start, bytes);
    }

    @Override
    public boolean isWatched(int socket) {
        return next.isWatched(socket);
    }

    @Override
    public void servesThreads() {
        next.servesThreads();
    }

    @Override
    public int shutdownOutput(int socket) {
        return next.shutdownOutput(socket);
    }

    @Override
    public void cancel(long token, int socket) {
        next.cancel(token, socket);
    }

    @Override
    public void close(long token, int socket) {
        next.close(token, socket);
    }

    @Override
    public int detach(int socket) {
        return next.detach(socket);
    }

    @Override
    public int attach(int detached) {
        return next.attach(detached);
    }

    @Override
    public void discard(int detached) {
        next.discard(detached);
    }

    @Override
    public void provide(int buffer, MemorySegment memory) {
        next.provide(buffer, memory);
    }

    @Override
    public int drive(long timeoutNanos, Sink sink) {
        return next.drive(timeoutNanos, sink);
    }

    @Override
    public void wake() {
        next.wake();
    }

    @Override
    public long nanoTime() {
        return next.nanoTime();
    }

    @Override
    public long overflowCount() {
        return next.overflowCount();
    }

    @Override
    public DriverReport report() {
        return next.report();
    }

    @Override
    public Probe probe() {
        return next.probe();
    }

    @Override
    public boolean shutdown() {
        return next.shutdown();
    }
}
