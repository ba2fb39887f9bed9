package io.overlapped.world;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.Status;
import io.overlapped.TcpStream;
import java.lang.foreign.MemorySegment;

/**
 * One client's stream: receives are put together to packets, what is sent is bounded, and every end
 * has a reason. The last operation to complete ends it.
 *
 * <p>Threads: the proactor's.
 */
final class Connection implements Link, Inbound.Sink, Outbox.Owner {
    /** How long an ended client may take to read why. */
    private static final long FAREWELL_NANOS = 1_000_000_000L;

    private final WorldServer server;
    private final TcpStream stream;
    private final Wire wire;
    private final Inbound inbound;
    private final Outbox outbox;
    private final Visitor visitor;
    private final String peer;
    private final Rate packets;
    private final Rate bytes;
    private final Overlapped receive = new Overlapped(this::receiveDone);
    private final Overlapped shutdown = new Overlapped(_ -> {});
    private final Overlapped closed = new Overlapped(this::closeDone);
    private final long openedNanos = System.nanoTime();
    private long heardNanos = openedNanos;
    private long partialNanos;
    private long endedNanos;
    private boolean pinged;
    private boolean ended;
    private boolean peerEnded;

    Connection(WorldServer server, TcpStream stream, Encoded encoded, String peer) {
        this.server = server;
        this.stream = stream;
        this.peer = peer;
        wire = encoded.wire();
        inbound = new Inbound(wire::requestBytes);
        WorldLimits limits = server.limits();
        outbox = new Outbox(stream, limits.maxOutputBytes(), this);
        packets = new Rate(limits.packetBurst(), limits.packetsPerSecond(), openedNanos);
        bytes = new Rate(4L * limits.bytesPerSecond(), limits.bytesPerSecond(), openedNanos);
        visitor = server.host().connect(encoded, this);
    }

    void start() {
        stream.receive(receive);
    }

    String peer() {
        return peer;
    }

    // ---- in

    private void receiveDone(Overlapped done) {
        if (done.bytes() > 0) {
            IoBuffer buffer = done.buffer();
            try (buffer) {
                if (!ended) {
                    received(buffer.bytes());
                }
            }
        } else {
            peerEnded = true;
            end(done.status() == Status.OK ? CloseReason.DONE : CloseReason.RESET, "");
        }
        if (!peerEnded && !stream.isClosed()) {
            stream.receive(receive);
        }
    }

    private void received(MemorySegment some) {
        heardNanos = System.nanoTime();
        pinged = false;
        if (!bytes.take(some.byteSize(), heardNanos)) {
            end(CloseReason.RATE, "more than " + server.limits().bytesPerSecond() + " bytes/s");
            return;
        }
        boolean wasPartial = inbound.isPartial();
        inbound.received(some, this);
        if (inbound.isPartial() && !wasPartial) {
            partialNanos = heardNanos;
        }
    }

    @Override
    public boolean packet(MemorySegment packet) {
        partialNanos = heardNanos;
        if (packets.take(1, heardNanos)) {
            visitor.received(packet);
        } else {
            end(CloseReason.RATE, "more than " + server.limits().packetsPerSecond() + " packets/s");
        }
        return !ended;
    }

    @Override
    public void broken(int how) {
        if (how == Wire.TOO_LONG) {
            end(CloseReason.TOO_LONG, "a packet longer than any can be");
        } else {
            end(CloseReason.TOO_SHORT, "a packet shorter than any can be");
        }
    }

    // ---- out

    @Override
    public void send(MemorySegment some) {
        if (!ended && !outbox.offer(some)) {
            end(CloseReason.SLOW_CONSUMER, server.limits().maxOutputBytes() + " bytes wait");
        }
    }

    @Override
    public void flush() {
        if (!stream.isClosed()) {
            outbox.flush(System.nanoTime());
        }
    }

    @Override
    public void drained() {
        if (ended) {
            farewellSent();
        }
    }

    @Override
    public void failed(Status why) {
        end(CloseReason.RESET, "send: " + why);
        close();
    }

    // ---- the end

    @Override
    public void end(WireError why, String detail) {
        end(CloseReason.of(why), detail);
    }

    @Override
    public void endRefused(Refusal why) {
        end(CloseReason.REFUSED, why.reason());
    }

    /** Ends it, telling the client why where it can still be told. Does nothing a second time. */
    void end(CloseReason why, String detail) {
        if (ended) {
            return;
        }
        ended = true;
        endedNanos = System.nanoTime();
        server.tally().count(why, peer, detail.isEmpty() ? why.text() : detail, endedNanos);
        visitor.closed();
        if (why == CloseReason.RESET || why == CloseReason.SLOW_CONSUMER) {
            close();
            return;
        }
        if (why != CloseReason.DONE) {
            Packet farewell = new Packet();
            wire.closing(farewell, why.code(), detail.isEmpty() ? why.text() : detail);
            outbox.offer(farewell.segment());
        }
        outbox.flush(endedNanos);
        if (outbox.isEmpty()) {
            farewellSent();
        }
    }

    /** Closing with bytes unread would reset the client before it has read the reason. */
    private void farewellSent() {
        if (peerEnded) {
            close();
        } else if (!shutdown.isPending() && !stream.isClosed()) {
            stream.shutdownOutput(shutdown);
        }
    }

    private void close() {
        if (!stream.isClosed()) {
            stream.close(closed);
        }
    }

    private void closeDone(Overlapped done) {
        server.gone(this);
    }

    /** Looks at the deadlines. */
    void sweep(long nowNanos) {
        WorldLimits limits = server.limits();
        if (ended) {
            if ((peerEnded && outbox.isEmpty()) || nowNanos - endedNanos > FAREWELL_NANOS) {
                close();
            } else {
                flush();
            }
        } else if (!visitor.isInside()
                && nowNanos - openedNanos > limits.loginDeadline().toNanos()) {
            end(CloseReason.LOGIN_DEADLINE, "");
        } else if (inbound.isPartial()
                && nowNanos - partialNanos > limits.frameDeadline().toNanos()) {
            end(CloseReason.FRAME_DEADLINE, "");
        } else if (outbox.sendingNanos(nowNanos) > limits.writeDeadline().toNanos()) {
            end(CloseReason.SLOW_CONSUMER, "a send made no progress");
        } else {
            sweepSilence(limits, nowNanos);
            flush();
        }
    }

    private void sweepSilence(WorldLimits limits, long nowNanos) {
        long silenceNanos = nowNanos - heardNanos;
        if (!wire.hasPing()) {
            return;
        }
        if (silenceNanos > limits.deadInterval().toNanos()) {
            end(CloseReason.IDLE, "");
        } else if (silenceNanos > limits.pingInterval().toNanos() && !pinged) {
            pinged = true;
            Packet ping = new Packet();
            wire.ping(ping, nowNanos);
            send(ping.segment());
        }
    }
}
