package io.overlapped.echo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A client on a plain socket of the JDK, which can do what ours would not. */
final class Peer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket;

    Peer(InetSocketAddress server) throws IOException {
        socket = new Socket(server.getAddress(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    Socket socket() {
        return socket;
    }

    void send(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    byte[] receive(int count) throws IOException {
        return socket.getInputStream().readNBytes(count);
    }

    /** Sends and waits for the same to come back; whether it did. */
    boolean isEchoed(byte... bytes) throws IOException {
        send(bytes);
        return Arrays.equals(bytes, receive(bytes.length));
    }

    /** Waits for the end of the stream; whether it came before anything else. */
    boolean isEnded() throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    static void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > TIMEOUT_MILLIS * 1_000_000L) {
                throw new AssertionError("not in 10 s");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
