package io.overlapped.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** A client of the lecture's wire on a plain socket of the JDK. */
class Talker implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;

    final Socket socket;
    final DataInputStream in;

    Talker(InetSocketAddress server) throws IOException {
        socket = new Socket(server.getAddress(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    void send(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void sendOneByOne(byte... bytes) throws IOException {
        for (byte b : bytes) {
            send(b);
        }
    }

    /** Says a text as the lecture's client does: with its NUL. */
    void say(String text) throws IOException {
        send((text + "\0").getBytes(UTF_8));
    }

    /** The next packet as {@code id text}; checks its size and its NUL. */
    String hear() throws IOException {
        int size = in.readUnsignedByte();
        int id = in.readUnsignedByte();
        if (size < 3 || size > 127) {
            throw new AssertionError("a packet of size " + size);
        }
        byte[] text = in.readNBytes(size - 3);
        if (in.readByte() != 0) {
            throw new AssertionError("no NUL at the end");
        }
        return id + " " + new String(text, UTF_8);
    }

    /** Waits for the end of the stream, skipping what comes before. */
    void untilEnd() throws IOException {
        try {
            while (in.read() >= 0) {}
        } catch (SocketException | EOFException reset) {
            return;
        }
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
