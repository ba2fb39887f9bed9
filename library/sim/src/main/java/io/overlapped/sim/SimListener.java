package io.overlapped.sim;

import io.overlapped.StreamOption;
import io.overlapped.sim.SingleFault.Kind;
import io.overlapped.spi.Driver;
import io.overlapped.spi.Errno;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A listening socket with the connections that nobody has accepted yet. */
final class SimListener extends SimSocket {
    private final SimDriver driver;
    private final InetSocketAddress address;
    private final boolean shared;
    private final int backlog;
    private final ArrayDeque<SimStream> waiting = new ArrayDeque<>();
    private final Event accepting =
            new Event(Event.Type.ACCEPT) {
                @Override
                int subject() {
                    return number();
                }

                @Override
                void happen() {
                    accept();
                }
            };
    private long acceptToken = NONE;

    SimListener(SimDriver driver, InetSocketAddress address, int backlog, boolean shared) {
        super(driver.host());
        this.driver = driver;
        this.address = address;
        this.backlog = backlog;
        this.shared = shared;
        var _ = set(StreamOption.REUSE_ADDRESS, 1);
    }

    boolean isShared() {
        return shared;
    }

    @Override
    InetSocketAddress localAddress() {
        return address;
    }

    @Override
    @Nullable InetSocketAddress remoteAddress() {
        return null;
    }

    /** As in Linux one more waits than it was told. */
    boolean isFull() {
        return waiting.size() > backlog;
    }

    /** A connection has arrived. */
    void arrived(SimStream stream) {
        stream.inherit(this);
        waiting.add(stream);
        if (acceptToken != NONE && !accepting.isScheduled()) {
            world().schedule(accepting, world().nanoTime());
        }
    }

    void accept(long token) {
        driver.require(acceptToken == NONE, "a second accept on a listener");
        acceptToken = token;
        if (!waiting.isEmpty()) {
            world().schedule(accepting, world().nanoTime() + driver.delayNanos());
        }
    }

    @Override
    boolean has(long token) {
        return acceptToken == token;
    }

    @Override
    boolean isIdle() {
        return acceptToken == NONE;
    }

    @Override
    void cancel(long token) {
        complete(-Errno.ECANCELED);
    }

    @Override
    void close(boolean abortive) {
        world().unschedule(accepting);
        driver.host().unbind(this);
        for (SimStream stream = waiting.poll(); stream != null; stream = waiting.poll()) {
            stream.close(true);
        }
    }

    private void accept() {
        if (acceptToken == NONE || waiting.isEmpty()) {
            return;
        }
        SingleFault single = driver.opportunity();
        if (Chaos.is(single, Kind.LATE)) {
            world().schedule(accepting, world().nanoTime() + SimDriver.LATE_NANOS);
        } else if (Chaos.is(single, Kind.CANCELED)) {
            complete(-Errno.ECANCELED);
        } else if (single != null && single.kind() == Kind.ERROR) {
            complete(-single.errno());
        } else if (driver.strikes(Fault.DESCRIPTORS)) {
            complete(-Errno.EMFILE);
        } else if (driver.strikes(Fault.MEMORY)) {
            complete(world().below(2) == 0 ? -Errno.ENOBUFS : -Errno.ENOMEM);
        } else if (driver.strikes(Fault.ABORTED)) {
            SimStream aborted = waiting.remove();
            aborted.close(true);
            complete(-Errno.ECONNABORTED);
        } else {
            int descriptor = driver.tryAdd(waiting.element());
            if (descriptor >= 0) {
                waiting.remove().accepted(driver);
            }
            complete(descriptor);
        }
    }

    private void complete(int result) {
        long token = acceptToken;
        acceptToken = NONE;
        ended("accept", result);
        driver.complete(token, result, Driver.NO_FLAGS);
    }
}
