package io.overlapped.echo;

import io.overlapped.IoBuffer;
import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpStream;
import io.overlapped.spi.Errno;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * Sends texts that end with a NUL byte, and puts answers together up to theirs.
 *
 * <p>Threads: any; it tells of answers and of the end on its proactor's thread.
 */
public final class EchoClient implements AutoCloseable {
    /** The longest text, its NUL not counted. */
    public static final int TEXT_BYTES_MAX = 65_535;

    private final Proactor proactor;
    private final Consumer<byte[]> answers;
    private final Consumer<String> ended;
    private final TcpStream stream;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

    private EchoClient(
            Proactor proactor, TcpStream stream, Consumer<byte[]> answers, Consumer<String> ended) {
        this.proactor = proactor;
        this.stream = stream;
        this.answers = answers;
        this.ended = ended;
    }

    /**
     * Connects.
     *
     * @param answers gets each answer, without its NUL
     * @param ended gets told once, in words, when the server has ended the connection
     * @throws OverlappedException if there is no server, or the driver cannot run
     */
    public static EchoClient connect(
            InetSocketAddress server,
            Options io,
            Consumer<byte[]> answers,
            Consumer<String> ended) {
        Proactor proactor = Proactor.start(io);
        try {
            Overlapped connect = new Overlapped();
            proactor.connect(connect, server).await();
            EchoClient client = new EchoClient(proactor, connect.stream(), answers, ended);
            client.stream.receive(new Overlapped(client::received));
            return client;
        } catch (RuntimeException e) {
            proactor.close();
            throw e;
        }
    }

    /**
     * Sends a text and waits until it has left.
     *
     * @param text bytes without a NUL, which would end it early
     * @throws OverlappedException if the server is gone
     */
    public void send(byte[] text) {
        Overlapped send = new Overlapped();
        int at = 0;
        while (at <= text.length) {
            try (IoBuffer buffer = proactor.buffers().take()) {
                int count = Math.min(text.length - at, buffer.writable());
                buffer.append(text, at, count);
                at += count;
                if (at == text.length && buffer.writable() > 0) {
                    buffer.appendByte(0);
                    at++;
                }
                stream.send(send, buffer).await();
            } catch (IllegalStateException closed) {
                throw new OverlappedException("the client is closed", Errno.EBADF);
            }
        }
    }

    private void received(Overlapped done) {
        if (done.bytes() == 0) {
            stream.close();
            ended.accept(reason(done.status()));
            return;
        }
        try (IoBuffer buffer = done.buffer()) {
            for (int i = 0; i < buffer.readable(); i++) {
                byte b = buffer.byteAt(i);
                if (b == 0) {
                    answers.accept(partial.toByteArray());
                    partial.reset();
                } else {
                    partial.write(b);
                }
            }
        }
        if (partial.size() > TEXT_BYTES_MAX) {
            stream.close();
            ended.accept("an answer is longer than anything that was sent: no echo server");
        } else {
            stream.receive(done);
        }
    }

    private String reason(Status status) {
        String cut = partial.size() > 0 ? " in the middle of an answer" : "";
        return switch (status) {
            case OK -> "the server has ended the connection" + cut;
            case RESET -> "the server has reset the connection" + cut;
            default -> "the connection has failed: " + status + cut;
        };
    }

    @Override
    public void close() {
        proactor.close();
    }
}
