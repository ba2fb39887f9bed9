package io.overlapped.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that send on one stream, some of whose sends a driver may carry out on the spot: they
 * leave whole and in order all the same.
 */
@NeedsThreads
class SendsOfThreadsTest {
    private static final int HEADER_BYTES = 12;
    private static final int MESSAGE_BYTES_MAX = 8192;
    private static final Duration LONG = Duration.ofSeconds(60);

    @Conformance
    void sendsOfManyThreadsLeaveWholeAndInEachThreadsOrder(Bench b) throws Exception {
        var pair = b.pair();
        int threads = 4;
        int each = 200;
        AtomicInteger running = new AtomicInteger(threads);
        for (int t = 0; t < threads; t++) {
            int sender = t;
            Thread.startVirtualThread(
                    () -> {
                        sendMessages(pair.near(), sender, each);
                        running.decrementAndGet();
                    });
        }
        // The proactor's own thread sends among them, with a routine.
        int[] sent = {0};
        IoBuffer buffer = b.take(pair.near());
        fill(buffer, threads, 0, 1000);
        pair.near()
                .send(
                        new Overlapped(
                                o -> {
                                    if (++sent[0] < each) {
                                        fill(buffer, threads, sent[0], 1000);
                                        o.stream().send(o, buffer);
                                    }
                                }),
                        buffer);
        int[] next = new int[threads + 1];
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        for (int messages = 0; messages < (threads + 1) * each; ) {
            // Slowly, so that the socket is full again and again.
            Overlapped receive = b.ok(pair.far().receive(new Overlapped()));
            try (IoBuffer received = receive.buffer()) {
                got.writeBytes(Bench.content(received));
            }
            messages += takeMessages(got, next);
        }
        b.until(() -> running.get() == 0 && sent[0] == each);
        for (int count : next) {
            assertEquals(each, count);
        }
    }

    @Conformance
    void aCancelLeavesAWholeMessageOrCutsTheOutput(Bench b) throws Exception {
        for (int round = 0; round < 10; round++) {
            var pair = b.pair();
            AtomicLong whole = new AtomicLong();
            AtomicInteger running = new AtomicInteger(1);
            List<Status> verdicts = new ArrayList<>();
            Thread.startVirtualThread(
                    () -> {
                        Overlapped o = new Overlapped();
                        try (IoBuffer buffer = pair.near().proactor().buffers().take()) {
                            fill(buffer, 0, 0, MESSAGE_BYTES_MAX - HEADER_BYTES);
                            // Until one does not fit any more.
                            while (pair.near().send(o, buffer).await(Duration.ofMillis(50))) {
                                whole.addAndGet(o.bytes());
                            }
                            o.cancel();
                            assertTrue(o.await(LONG));
                            whole.addAndGet(o.bytes());
                            verdicts.add(o.status());
                            pair.near().send(o, buffer).await(Duration.ofMillis(200));
                            if (o.isPending()) {
                                o.cancel();
                                assertTrue(o.await(LONG));
                            }
                            whole.addAndGet(o.bytes());
                            verdicts.add(o.status());
                        } finally {
                            running.decrementAndGet();
                        }
                    });
            b.until(() -> running.get() == 0);
            pair.near().close();
            long received = receiveAll(b, pair.far());
            if (received > whole.get()) {
                assertNotEquals(Status.OK, verdicts.get(1), () -> "after a cut: " + verdicts);
            }
            assertTrue(received >= whole.get(), received + " of " + whole.get() + " bytes");
            pair.far().close();
        }
    }

    @Conformance
    void everySendEndsThoughTheStreamIsClosedMeanwhile(Bench b) throws Exception {
        for (int round = 0; round < 30; round++) {
            var pair = b.pair();
            int threads = 3;
            AtomicInteger running = new AtomicInteger(threads);
            AtomicLong acknowledged = new AtomicLong();
            for (int t = 0; t < threads; t++) {
                Thread.startVirtualThread(
                        () -> {
                            Overlapped o = new Overlapped();
                            try (IoBuffer buffer = pair.near().proactor().buffers().take()) {
                                fill(buffer, 0, 0, 500);
                                do {
                                    assertTrue(pair.near().send(o, buffer).await(LONG));
                                    acknowledged.addAndGet(o.bytes());
                                } while (o.status() == Status.OK);
                            } finally {
                                running.decrementAndGet();
                            }
                        });
            }
            b.until(() -> acknowledged.get() > 20_000);
            pair.near().close();
            long received = receiveAll(b, pair.far());
            b.until(() -> running.get() == 0);
            assertTrue(received >= acknowledged.get(), "an acknowledged send was lost");
            pair.far().close();
        }
    }

    @Conformance
    void aReceiveOfAThreadEndsWhateverBecomesOfItsStream(Bench b) throws Exception {
        TcpListener listener = b.listener();
        AtomicInteger ended = new AtomicInteger();
        int rounds = 100;
        for (int round = 0; round < rounds; round++) {
            var pair = b.pair(listener);
            TcpStream far = pair.far();
            Thread.startVirtualThread(
                    () -> {
                        Overlapped o = new Overlapped();
                        try {
                            while (far.receive(o).await() > 0) {
                                o.buffer().close();
                            }
                        } catch (OverlappedException closed) {
                            assertEquals(true, far.isClosed());
                        }
                        ended.incrementAndGet();
                    });
            b.write(pair.near(), "x");
            far.close();
            pair.near().close();
        }
        b.until(() -> ended.get() == rounds);
        listener.close();
    }

    @Conformance
    void aReceiveThatComesAfterItsBytesIsNotSleptOver(Bench b) throws Exception {
        try (Proactor alone = Proactor.start(b.options());
                TcpListener listener = alone.listen(Bench.ANY_PORT)) {
            Overlapped accept = listener.accept(new Overlapped());
            var peer = b.connectPeer(listener.address());
            assertTrue(accept.await(LONG));
            TcpStream stream = accept.stream();
            for (int i = 0; i < 5; i++) {
                peer.write(new byte[] {1});
                Overlapped receive = stream.receive(new Overlapped());
                assertTrue(receive.await(LONG));
                receive.buffer().close();
                peer.write(new byte[] {2});
                // Time for the bytes to be there first; without it the test proves less.
                Thread.sleep(30);
                assertTrue(stream.receive(receive).await(LONG), "nobody woke the proactor");
                receive.buffer().close();
            }
        }
    }

    private static void sendMessages(TcpStream stream, int sender, int count) {
        Random random = new Random(sender);
        Overlapped o = new Overlapped();
        try (IoBuffer buffer = stream.proactor().buffers().take()) {
            int max = Math.min(MESSAGE_BYTES_MAX, buffer.writable()) - HEADER_BYTES;
            for (int i = 0; i < count; i++) {
                fill(buffer, sender, i, random.nextInt(max));
                assertEquals(buffer.readable(), stream.send(o, buffer).await());
            }
        }
    }

    /** One message: who, which of theirs, how much follows, and that. */
    private static void fill(IoBuffer buffer, int sender, int number, int bodyBytes) {
        int body = Math.min(bodyBytes, buffer.clear().writable() - HEADER_BYTES);
        ByteBuffer message = ByteBuffer.allocate(HEADER_BYTES + body);
        message.putInt(sender).putInt(number).putInt(body);
        while (message.hasRemaining()) {
            message.put((byte) (sender * 31 + number + message.position()));
        }
        buffer.append(message.array(), 0, message.capacity());
    }

    /** Checks and takes the whole messages; how many there were. */
    private static int takeMessages(ByteArrayOutputStream got, int[] next) {
        ByteBuffer bytes = ByteBuffer.wrap(got.toByteArray());
        int count = 0;
        while (bytes.remaining() >= HEADER_BYTES) {
            bytes.mark();
            int start = bytes.position();
            int sender = bytes.getInt();
            int number = bytes.getInt();
            int body = bytes.getInt();
            if (bytes.remaining() < body) {
                bytes.reset();
                break;
            }
            assertEquals(next[sender]++, number, "the order of sender " + sender);
            for (int i = 0; i < body; i++) {
                int position = bytes.position() - start;
                assertEquals((byte) (sender * 31 + number + position), bytes.get());
            }
            count++;
        }
        got.reset();
        got.write(bytes.array(), bytes.position(), bytes.remaining());
        return count;
    }

    private static long receiveAll(Bench b, TcpStream stream) {
        long received = 0;
        while (true) {
            Overlapped o = b.done(stream.receive(new Overlapped()));
            if (o.bytes() == 0) {
                return received;
            }
            received += o.bytes();
            o.buffer().close();
        }
    }
}
