import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Opens connections, checks one echo on each, and holds them until standard input ends.
 *
 * <p>java IdleClient.java PORT CONNECTIONS
 */
void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    List<SocketChannel> held = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.allocateDirect(64);
    for (int i = 0; i < count; i++) {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        held.add(channel);
        echo(channel, buffer, i);
    }
    IO.println("held " + held.size());
    while (IO.readln() != null) {
        for (int i = 0; i < held.size(); i++) {
            echo(held.get(i), buffer, i);
        }
        IO.println("echoed " + held.size());
    }
}

void echo(SocketChannel channel, ByteBuffer buffer, int number) throws IOException {
    buffer.clear().putInt(number).flip();
    while (buffer.hasRemaining()) {
        channel.write(buffer);
    }
    buffer.clear().limit(Integer.BYTES);
    while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
            throw new EOFException("connection " + number + " was closed");
        }
    }
    if (buffer.flip().getInt() != number) {
        throw new IllegalStateException("connection " + number + " got another's bytes");
    }
}
