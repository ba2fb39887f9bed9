package io.overlapped.conformance;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.StreamOption;
import io.overlapped.TcpStream;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** A stream of a simulated host that no fault touches; its waits let the world's time pass. */
final class SimPeer implements Peer {
    private final Proactor proactor;
    private final TcpStream stream;
    private byte[] unread = new byte[0];

    SimPeer(Proactor proactor, InetSocketAddress address) {
        this.proactor = proactor;
        Overlapped connect = proactor.connect(new Overlapped(), address);
        var _ = connect.await();
        stream = connect.stream();
    }

    @Override
    public void write(byte... bytes) {
        for (int at = 0; at < bytes.length; ) {
            try (IoBuffer buffer = proactor.buffers().take()) {
                int count = Math.min(buffer.writable(), bytes.length - at);
                at += stream.send(new Overlapped(), buffer.append(bytes, at, count)).await();
            }
        }
    }

    @Override
    public byte[] read(int count) {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        while (got.size() < count) {
            if (unread.length == 0 && !receive()) {
                break;
            }
            int share = Math.min(unread.length, count - got.size());
            got.write(unread, 0, share);
            unread = Arrays.copyOfRange(unread, share, unread.length);
        }
        return got.toByteArray();
    }

    @Override
    public BooleanSupplier readInBackground(int count) {
        int[] left = {count};
        Overlapped[] receive = {stream.receive(new Overlapped())};
        return () -> {
            proactor.poll();
            while (left[0] > 0 && !receive[0].isPending() && receive[0].hasBuffer()) {
                left[0] -= receive[0].bytes();
                receive[0].buffer().close();
                if (left[0] > 0) {
                    stream.receive(receive[0]);
                    proactor.poll();
                }
            }
            return left[0] == 0;
        };
    }

    @Override
    public int readOne() {
        try {
            byte[] one = read(1);
            return one.length == 0 ? -1 : one[0] & 0xff;
        } catch (OverlappedException e) {
            return -2;
        }
    }

    @Override
    public void shutdownOutput() {
        var _ = stream.shutdownOutput(new Overlapped()).await();
    }

    @Override
    public void close() {
        var _ = stream.close(new Overlapped()).await();
    }

    @Override
    public void reset() {
        stream.set(StreamOption.LINGER_SECONDS, 0);
        close();
    }

    /** Takes what has come; false at the end of the stream. */
    private boolean receive() {
        Overlapped receive = stream.receive(new Overlapped());
        var _ = receive.await();
        if (receive.status() != Status.OK || !receive.hasBuffer()) {
            return false;
        }
        try (IoBuffer buffer = receive.buffer()) {
            unread = Bench.content(buffer);
        }
        return true;
    }
}
