package io.overlapped.echo;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.Status;
import io.overlapped.TcpStream;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One connection that sends random messages and compares what comes back. The bytes are made twice
 * from one seed, once to send and once to compare, so none has to be kept.
 *
 * <p>Threads: the proactor's.
 */
final class VerifiedConnection {
    /** How far sending may be ahead of what came back. */
    private static final long WINDOW_BYTES = 64 * 1024;

    // Lengths at which one-byte sizes, records and buffers of the lecture's programs end.
    private static final int[] EDGES = {1, 99, 100, 101, 125, 127, 128, 200, 255, 256, 257};

    private final EchoVerification.Plan plan;
    private final int number;
    private final CountDownLatch open;
    private final SplittableRandom lengths;
    private final SplittableRandom sentBytes;
    private final SplittableRandom expectedBytes;
    private final Overlapped send = new Overlapped(this::sent);
    private final Overlapped receive = new Overlapped(this::received);
    private @Nullable TcpStream stream;
    private int nextLength;
    private long messagesSent;
    private long bytesSent;
    private long bytesVerified;
    private boolean finished;
    private boolean ended;
    private String failure = "";

    VerifiedConnection(EchoVerification.Plan plan, int number, CountDownLatch open) {
        this.plan = plan;
        this.number = number;
        this.open = open;
        SplittableRandom seeds = new SplittableRandom(plan.seed() + number);
        lengths = seeds.split();
        long contents = seeds.nextLong();
        sentBytes = new SplittableRandom(contents);
        expectedBytes = new SplittableRandom(contents);
        nextLength = drawLength();
    }

    long messagesSent() {
        return messagesSent;
    }

    long bytesVerified() {
        return bytesVerified;
    }

    /** What went wrong; empty if nothing did. */
    String failure() {
        return failure;
    }

    void connected(Overlapped done) {
        if (done.status() != Status.OK) {
            fail("connecting failed: " + done.status());
            return;
        }
        stream = done.stream();
        stream.receive(receive);
        sendNext(stream);
    }

    /** Ends it for this reason, unless it has ended. */
    void fail(String why) {
        if (!ended) {
            failure =
                    "connection %d, seed %d, byte %d: %s"
                            .formatted(number, plan.seed(), bytesVerified, why);
            end();
        }
    }

    private void end() {
        ended = true;
        if (stream != null) {
            stream.close();
        }
        open.countDown();
    }

    private void sendNext(TcpStream to) {
        if (ended || finished || send.isPending()) {
            return;
        }
        if (messagesSent == plan.messages()) {
            if (bytesVerified == bytesSent) {
                finished = true;
                to.shutdownOutput(send);
            }
        } else if (bytesSent + nextLength - bytesVerified <= WINDOW_BYTES) {
            IoBuffer buffer = to.proactor().buffers().take();
            byte[] message = new byte[nextLength];
            for (int i = 0; i < message.length; i++) {
                message[i] = nextByte(sentBytes);
            }
            to.send(send, buffer.append(message, 0, message.length));
            messagesSent++;
            bytesSent += message.length;
            nextLength = drawLength();
        }
    }

    private void sent(Overlapped done) {
        if (done.hasBuffer()) {
            done.buffer().close();
        }
        if (done.status() != Status.OK) {
            fail("sending failed: " + done.status());
        } else {
            sendNext(done.stream());
        }
    }

    private void received(Overlapped done) {
        if (done.bytes() == 0) {
            if (done.status() != Status.OK) {
                fail("receiving failed: " + done.status());
            } else if (!finished) {
                fail("the server ended before all had come back");
            } else if (!ended) {
                end();
            }
            return;
        }
        try (IoBuffer buffer = done.buffer()) {
            compare(buffer);
        }
        if (!ended) {
            done.stream().receive(receive);
            sendNext(done.stream());
        }
    }

    private void compare(IoBuffer buffer) {
        for (int i = 0; i < buffer.readable() && !ended; i++) {
            if (bytesVerified == bytesSent) {
                fail("a byte came back that was never sent");
                return;
            }
            byte expected = nextByte(expectedBytes);
            if (buffer.byteAt(i) != expected) {
                fail("0x%02x came back as 0x%02x".formatted(expected, buffer.byteAt(i)));
                return;
            }
            bytesVerified++;
        }
    }

    private static byte nextByte(SplittableRandom random) {
        return (byte) random.nextInt();
    }

    private int drawLength() {
        int length =
                switch (lengths.nextInt(8)) {
                    case 0, 1 -> EDGES[lengths.nextInt(EDGES.length)];
                    case 2 -> 1 + lengths.nextInt(plan.messageBytesMax());
                    default -> 1 + lengths.nextInt(300);
                };
        return Math.min(length, plan.messageBytesMax());
    }
}
