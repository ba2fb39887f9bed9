package io.overlapped.web;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A native server under the test's control, on plain sockets of the JDK. */
final class NativeServer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;

    private final ServerSocket listener;
    private final List<Socket> accepted = new ArrayList<>();

    NativeServer() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(TIMEOUT_MILLIS);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    /** The next stream that the bridge opens. */
    Peer accept() throws IOException {
        Socket socket = listener.accept();
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        accepted.add(socket);
        return new Peer(socket);
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : accepted) {
            socket.close();
        }
        listener.close();
    }

    /** The server's end of one stream. */
    record Peer(Socket socket) {
        byte[] readFrame() {
            try {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                int low = in.readUnsignedByte();
                int high = in.readUnsignedByte();
                byte[] frame = new byte[2 + (low | high << 8)];
                frame[0] = (byte) low;
                frame[1] = (byte) high;
                in.readFully(frame, 2, frame.length - 2);
                return frame;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        /** Whether the bridge ends the stream before the timeout; skips what still comes. */
        boolean isEnded() throws IOException {
            try {
                return socket.getInputStream().skip(Long.MAX_VALUE) >= 0
                        && socket.getInputStream().read() < 0;
            } catch (SocketTimeoutException e) {
                return false;
            } catch (IOException reset) {
                return true;
            }
        }

        void close() throws IOException {
            socket.close();
        }
    }
}
