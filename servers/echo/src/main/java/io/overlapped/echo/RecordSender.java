package io.overlapped.echo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.overlapped.IoBuffer;
import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.TcpStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Sends records of 100 bytes, zero padded, so many and so fast.
 *
 * <p>Threads: {@link #run} keeps the one that calls it.
 */
public final class RecordSender {
    private static final Duration END_TIMEOUT = Duration.ofSeconds(5);
    private static final long SECOND_NANOS = 1_000_000_000L;

    private RecordSender() {}

    /**
     * What to send.
     *
     * @param text at most 99 bytes of UTF-8
     * @param count records
     * @param perSecond records a second; 0 for as fast as the server takes them
     */
    public record Plan(String text, long count, long perSecond) {
        public Plan {
            if (text.getBytes(UTF_8).length >= EchoOptions.RECORD_BYTES) {
                throw new IllegalArgumentException(
                        "the text is longer than the 99 bytes that fit into a record");
            }
            if (count < 1 || perSecond < 0) {
                throw new IllegalArgumentException(
                        "count is " + count + " and perSecond " + perSecond);
            }
        }
    }

    /**
     * Sends them all, ends the stream, and waits for the server to end it too.
     *
     * @param progress is told how many have been sent
     * @return whether the server ended the stream in order after the last record
     * @throws OverlappedException if there is no server, or it goes away
     */
    public static boolean run(
            InetSocketAddress server, Options io, Plan plan, LongConsumer progress) {
        try (Proactor proactor = Proactor.start(io)) {
            Overlapped operation = new Overlapped();
            proactor.connect(operation, server).await();
            try (TcpStream stream = operation.stream();
                    IoBuffer buffer = proactor.buffers().take()) {
                byte[] text = plan.text().getBytes(UTF_8);
                byte[] bytes = Arrays.copyOf(text, EchoOptions.RECORD_BYTES);
                buffer.append(bytes, 0, bytes.length);
                long start = System.nanoTime();
                for (long sent = 1; sent <= plan.count(); sent++) {
                    stream.send(operation, buffer).await();
                    progress.accept(sent);
                    pace(proactor, plan, sent, start);
                }
                stream.shutdownOutput(operation).await();
                return endsInTime(stream);
            }
        }
    }

    private static void pace(Proactor proactor, Plan plan, long sent, long startNanos) {
        if (plan.perSecond() > 0 && sent < plan.count()) {
            long due = startNanos + sent * SECOND_NANOS / plan.perSecond();
            long early = due - System.nanoTime();
            if (early > 0) {
                proactor.timer(new Overlapped(), Duration.ofNanos(early)).await();
            }
        }
    }

    private static boolean endsInTime(TcpStream stream) {
        Overlapped receive = new Overlapped();
        return stream.receive(receive).await(END_TIMEOUT) && receive.await() == 0;
    }
}
