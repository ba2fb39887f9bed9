package io.overlapped.lab.model;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** The test's end of a connection. */
final class Peer implements AutoCloseable {
    private static final int READ_TIMEOUT_MILLIS = 60_000;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    /**
     * @param receiveBufferBytes what the kernel keeps for it; 0 for its default
     */
    Peer(InetSocketAddress address, int receiveBufferBytes) throws IOException {
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        socket.connect(address);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    static byte[] packet(byte[] payload) {
        byte[] packet = new byte[2 + payload.length];
        packet[0] = (byte) (payload.length >> 8);
        packet[1] = (byte) payload.length;
        System.arraycopy(payload, 0, packet, 2, payload.length);
        return packet;
    }

    static byte[] packet(String payload) {
        return packet(payload.getBytes(US_ASCII));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    void send(byte... bytes) throws IOException {
        out.write(bytes);
    }

    void say(String payload) throws IOException {
        send(packet(payload));
    }

    byte[] receive(int count) throws IOException {
        byte[] bytes = new byte[count];
        in.readFully(bytes);
        return bytes;
    }

    void expect(byte[] bytes) throws IOException {
        assertArrayEquals(bytes, receive(bytes.length));
    }

    /** The payload of the next packet. */
    String hear() throws IOException {
        return new String(receive(in.readUnsignedShort()), US_ASCII);
    }

    /** Says something and waits until it comes back: it is in the chat then. */
    Peer join(String payload) throws IOException {
        say(payload);
        String heard = hear();
        while (!heard.equals(payload)) {
            heard = hear();
        }
        return this;
    }

    void expectEnd() throws IOException {
        assertEquals(-1, in.read());
    }

    /** Whether the server has ended the connection, in order or not. */
    boolean isEnded() {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Goes without a word: the server gets a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
