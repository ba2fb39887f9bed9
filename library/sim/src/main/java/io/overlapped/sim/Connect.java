package io.overlapped.sim;

import io.overlapped.spi.Errno;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The handshake of one connect: the request goes there, is sent again after 1, 2, 4 seconds and so
 * on while nobody answers, and the answer comes back.
 */
final class Connect extends Event {
    private static final long RESEND_NANOS = 1_000_000_000L;

    /** As Linux does with {@code tcp_syn_retries} at 6: it gives up after 127 seconds. */
    private static final int RESENDS_MAX = 6;

    private final SimStream stream;
    private final World world;
    private int resends;
    private int answer = NO_ANSWER;

    private static final int NO_ANSWER = -1;

    Connect(SimStream stream) {
        super(Type.CONNECT);
        this.stream = stream;
        world = stream.world();
    }

    void begin() {
        Host there = destination();
        if (there == null) {
            answer = Errno.ENETUNREACH;
            world.schedule(this, world.nanoTime() + 1000);
        } else {
            world.schedule(this, world.nanoTime() + latencyNanos(there));
        }
    }

    @Override
    int subject() {
        return stream.number();
    }

    @Override
    void happen() {
        Host there = destination();
        if (there == null || answer != NO_ANSWER) {
            end();
            return;
        }
        Host here = stream.host();
        SimListener listener = there.listener(stream.peerAddress());
        boolean disturbed = here.isDisturbed() && there.isDisturbed();
        boolean wayThereAndBack =
                world.network().reaches(here, there) && world.network().reaches(there, here);
        if (!wayThereAndBack || (listener != null && listener.isFull())) {
            sendAgain();
        } else if (listener == null) {
            answerLater(there, Errno.ECONNREFUSED);
        } else if (disturbed && world.strikes(Fault.REFUSED)) {
            world.happened(Fault.REFUSED, there);
            answerLater(there, Errno.ECONNREFUSED);
        } else if (disturbed && world.strikes(Fault.TIMED_OUT)) {
            world.happened(Fault.TIMED_OUT, there);
            answer = Errno.ETIMEDOUT;
            world.schedule(this, world.nanoTime() + 127 * RESEND_NANOS);
        } else {
            SimStream other =
                    new SimStream(there, null, stream.peerAddress(), stream.localAddress());
            SimStream.join(stream, other);
            listener.arrived(other);
            answerLater(there, 0);
        }
    }

    private void end() {
        if (answer == 0) {
            stream.connected();
        } else {
            stream.connectFailed(answer);
        }
    }

    private void answerLater(Host there, int errno) {
        answer = errno;
        world.schedule(this, world.nanoTime() + latencyNanos(there));
    }

    private void sendAgain() {
        if (resends > RESENDS_MAX) {
            stream.connectFailed(Errno.ETIMEDOUT);
        } else {
            world.schedule(this, world.nanoTime() + (RESEND_NANOS << resends));
            resends++;
        }
    }

    private long latencyNanos(Host there) {
        return world.network().latencyNanos(stream.host(), there);
    }

    private @Nullable Host destination() {
        InetSocketAddress peer = stream.peerAddress();
        return world.network().host(peer.getAddress(), stream.host());
    }
}
