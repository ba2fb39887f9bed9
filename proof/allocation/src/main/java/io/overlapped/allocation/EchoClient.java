package io.overlapped.allocation;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A blocking client that allocates nothing: each message differs, and each answer is compared. */
final class EchoClient implements AutoCloseable {
    static final int BYTES = 64;

    private final SocketChannel channel;
    private final ByteBuffer message = ByteBuffer.allocateDirect(BYTES);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(BYTES);
    private long count;

    EchoClient(InetSocketAddress address) throws IOException {
        channel = SocketChannel.open(address);
    }

    /** One message there and back. */
    void echo() throws IOException {
        fill();
        while (message.hasRemaining()) {
            channel.write(message);
        }
        answer.clear();
        while (answer.hasRemaining()) {
            if (channel.read(answer) < 0) {
                throw new IOException("the server closed the connection");
            }
        }
        int difference = message.flip().mismatch(answer.flip());
        if (difference >= 0) {
            throw new IOException("echo " + count + " differs at byte " + difference);
        }
    }

    private void fill() {
        count++;
        message.clear();
        while (message.hasRemaining()) {
            message.putLong(count + message.position());
        }
        message.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
