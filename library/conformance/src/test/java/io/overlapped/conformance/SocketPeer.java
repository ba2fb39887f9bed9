package io.overlapped.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.function.BooleanSupplier;

/** A plain blocking socket of the JDK's. */
final class SocketPeer implements Peer {
    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket = new Socket();

    SocketPeer(InetSocketAddress address) {
        unchecked(
                () -> {
                    socket.setSoTimeout(TIMEOUT_MILLIS);
                    socket.connect(address, TIMEOUT_MILLIS);
                    return 0;
                });
    }

    @Override
    public void write(byte... bytes) {
        unchecked(
                () -> {
                    socket.getOutputStream().write(bytes);
                    return 0;
                });
    }

    @Override
    public byte[] read(int count) {
        return unchecked(() -> socket.getInputStream().readNBytes(count));
    }

    @Override
    public BooleanSupplier readInBackground(int count) {
        boolean[] complete = new boolean[1];
        Thread reader = Thread.ofPlatform().start(() -> complete[0] = read(count).length == count);
        return () -> !reader.isAlive() && complete[0];
    }

    @Override
    public int readOne() {
        try {
            return socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("neither a byte nor an end came", e);
        } catch (IOException e) {
            return -2;
        }
    }

    @Override
    public void shutdownOutput() {
        unchecked(
                () -> {
                    socket.shutdownOutput();
                    return 0;
                });
    }

    @Override
    public void close() {
        unchecked(
                () -> {
                    socket.close();
                    return 0;
                });
    }

    @Override
    public void reset() {
        unchecked(
                () -> {
                    socket.setSoLinger(true, 0);
                    return 0;
                });
        close();
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    private static <T> T unchecked(Call<T> call) {
        try {
            return call.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
