package io.overlapped.conformance;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.TcpStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Receives and sends of a {@link ProgramRun}. Every message has the same size, and no receive has
 * room for more: so all receives take the same.
 */
final class Transfers {
    static final int MESSAGE_BYTES = 64;

    private Transfers() {}

    /**
     * Starts a receive.
     *
     * @param block makes the operation, which is to close these buffers
     */
    static void receive(
            TcpStream stream, Step.Buffers into, Function<List<IoBuffer>, Overlapped> block) {
        List<IoBuffer> buffers = new ArrayList<>();
        switch (into) {
            case CHOSEN -> {}
            case ONE -> buffers.add(take(stream, 0));
            case SEVERAL -> {
                buffers.add(take(stream, MESSAGE_BYTES - 10));
                buffers.add(take(stream, 10));
            }
            case EMPTY -> buffers.add(take(stream, MESSAGE_BYTES));
        }
        Overlapped o = block.apply(buffers);
        try {
            switch (buffers.size()) {
                case 0 -> stream.receive(o);
                case 1 -> stream.receive(o, buffers.getFirst());
                default -> stream.receive(o, buffers.toArray(new IoBuffer[0]));
            }
        } catch (RuntimeException e) {
            buffers.forEach(IoBuffer::close);
            throw e;
        }
    }

    /** Starts a send of a message that tells its number. */
    static void send(
            TcpStream stream,
            Step.Buffers from,
            int number,
            Function<List<IoBuffer>, Overlapped> block) {
        byte[] message =
                "message of step %-60d"
                        .formatted(number)
                        .substring(0, MESSAGE_BYTES)
                        .getBytes(StandardCharsets.US_ASCII);
        List<IoBuffer> buffers = new ArrayList<>();
        buffers.add(take(stream, 0));
        switch (from) {
            case CHOSEN, ONE -> buffers.getFirst().append(message, 0, MESSAGE_BYTES);
            case SEVERAL -> {
                buffers.add(take(stream, 0));
                buffers.getFirst().append(message, 0, 20);
                buffers.getLast().append(message, 20, MESSAGE_BYTES - 20);
            }
            case EMPTY -> {}
        }
        Overlapped o = block.apply(buffers);
        try {
            if (buffers.size() == 1) {
                stream.send(o, buffers.getFirst());
            } else {
                stream.send(o, buffers.toArray(new IoBuffer[0]));
            }
        } catch (RuntimeException e) {
            buffers.forEach(IoBuffer::close);
            throw e;
        }
    }

    /** What a receive has brought, behind what its buffers were filled with before. */
    static String content(List<IoBuffer> buffers, int bytes) {
        StringBuilder content = new StringBuilder();
        if (bytes > 0) {
            buffers.forEach(buffer -> content.append(buffer.text().replace(".", "")));
        }
        return content.toString().strip();
    }

    private static IoBuffer take(TcpStream stream, int filled) {
        return stream.proactor().buffers().take().append(".".repeat(filled));
    }
}
