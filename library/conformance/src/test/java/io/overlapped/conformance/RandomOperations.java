package io.overlapped.conformance;

import io.overlapped.IoBuffer;
import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.TcpListener;
import io.overlapped.TcpStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One seed of {@link RandomOperationsTest}. */
final class RandomOperations {
    private static final int STEPS = 300;
    private static final int PENDING_SENDS_MAX = 5;
    private static final int PENDING_RECEIVES_MAX = 3;
    private static final long DRAIN_NANOS = 60_000_000_000L;

    /** One end of a connection: what it has sent and received so far. */
    private static final class End {
        final TcpStream stream;
        final int number;
        long sent;
        long received;
        int pendingSends;
        final List<Overlapped> receives = new ArrayList<>();

        End(TcpStream stream, int number) {
            this.stream = stream;
            this.number = number;
        }
    }

    private final Machine machine;
    private final long seed;
    private final Random random;
    private final Options options;
    private final List<End> ends = new ArrayList<>();
    private long verified;
    private boolean ending;

    RandomOperations(Machine machine, String driver, long seed) {
        this.machine = machine;
        this.seed = seed;
        random = new Random(seed);
        Map<String, String> tuning = new HashMap<>();
        if (random.nextInt(3) == 0) {
            tuning.put("uring.submissions", "8");
            tuning.put("uring.completions", "8");
        }
        if (random.nextInt(3) == 0) {
            tuning.put("uring.bufferRing", "false");
        }
        if (random.nextInt(3) == 0) {
            tuning.put("uring.multishot", "false");
        }
        options =
                Options.defaults()
                        .withDriver(driver)
                        .withChecked(true)
                        .withTuning(tuning)
                        .withBuffers(
                                40 + random.nextInt(60),
                                64 << random.nextInt(8),
                                1 + random.nextInt(8));
    }

    /** Returns how many bytes were verified. */
    long run() {
        try (Proactor proactor = machine.open(options)) {
            connect(proactor);
            for (int step = 0; step < STEPS; step++) {
                step(proactor, ends.get(random.nextInt(ends.size())));
            }
            drain(proactor);
            ending = true;
            if (random.nextBoolean()) {
                ends.forEach(end -> end.stream.close());
            }
            proactor.close();
            check(ends.stream().allMatch(end -> end.receives.isEmpty()), "a receive never ended");
            check(proactor.buffers().leased() == 0, "buffers are still leased");
        }
        return verified;
    }

    private void connect(Proactor proactor) {
        TcpListener listener = proactor.listen(new InetSocketAddress("127.0.0.1", 0));
        int connections = 1 + random.nextInt(4);
        for (int i = 0; i < connections; i++) {
            Overlapped accept = listener.accept(new Overlapped());
            Overlapped connect = proactor.connect(new Overlapped(), listener.address());
            check(
                    Overlapped.awaitAll(List.of(accept, connect), Duration.ofSeconds(60)),
                    "no connection");
            ends.add(new End(connect.stream(), ends.size()));
            ends.add(new End(accept.stream(), ends.size()));
        }
    }

    private void step(Proactor proactor, End end) {
        switch (random.nextInt(6)) {
            case 0, 1 -> send(proactor, end);
            case 2, 3 -> receive(proactor, end);
            case 4 -> {
                if (!end.receives.isEmpty()) {
                    end.receives.get(random.nextInt(end.receives.size())).cancel();
                }
            }
            default -> {
                if (random.nextBoolean()) {
                    proactor.poll();
                } else {
                    proactor.alertableWait(Duration.ofNanos(random.nextInt(200_000)));
                }
            }
        }
    }

    private void send(Proactor proactor, End end) {
        IoBuffer[] buffers = take(proactor, random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 1);
        if (buffers.length == 0 || end.pendingSends == PENDING_SENDS_MAX) {
            closeAll(buffers);
            return;
        }
        int total = 0;
        for (IoBuffer buffer : buffers) {
            int count = 1 + random.nextInt(buffer.capacity());
            for (int i = 0; i < count; i++) {
                buffer.appendByte(byteAt(end.sent++, end.number));
            }
            total += count;
        }
        int wanted = total;
        end.pendingSends++;
        Overlapped send =
                new Overlapped(
                        done -> {
                            end.pendingSends--;
                            check(
                                    done.status() == Status.OK && done.bytes() == wanted,
                                    "sent " + done + " instead of " + wanted);
                            closeAll(buffers);
                        });
        if (buffers.length == 1) {
            end.stream.send(send, buffers[0]);
        } else {
            end.stream.send(send, buffers);
        }
    }

    private void receive(Proactor proactor, End end) {
        if (end.receives.size() == PENDING_RECEIVES_MAX) {
            return;
        }
        int count = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(3);
        IoBuffer[] buffers = take(proactor, count);
        Overlapped receive = new Overlapped(done -> received(end, done, buffers));
        end.receives.add(receive);
        switch (buffers.length) {
            case 0 -> end.stream.receive(receive);
            case 1 -> end.stream.receive(receive, buffers[0]);
            default -> end.stream.receive(receive, buffers);
        }
    }

    private void received(End end, Overlapped done, IoBuffer[] own) {
        end.receives.remove(done);
        if (done.status() != Status.OK) {
            check(done.status() == Status.CANCELED, "received " + done);
            check(
                    Arrays.stream(own).allMatch(b -> b.readable() == 0),
                    "a cancelled one took bytes");
            closeAll(own);
            return;
        }
        if (ending && done.bytes() == 0) {
            closeAll(own);
            return;
        }
        check(done.bytes() > 0, "the stream ended");
        IoBuffer[] filled = own.length > 0 ? own : new IoBuffer[] {done.buffer()};
        long before = end.received;
        for (IoBuffer buffer : filled) {
            for (int i = 0; i < buffer.readable(); i++) {
                check(
                        buffer.byteAt(i) == byteAt(end.received, end.number ^ 1),
                        "byte " + end.received + " of " + end.number + " is wrong");
                end.received++;
            }
        }
        check(end.received - before == done.bytes(), "the count is wrong: " + done);
        verified += done.bytes();
        closeAll(filled);
    }

    private void drain(Proactor proactor) {
        long deadline = proactor.nanoTime() + DRAIN_NANOS;
        while (!ends.stream().allMatch(end -> end.received == ends.get(end.number ^ 1).sent)
                || ends.stream().anyMatch(end -> end.pendingSends > 0)) {
            for (End end : ends) {
                if (end.receives.isEmpty()) {
                    Overlapped last = new Overlapped(done -> received(end, done, new IoBuffer[0]));
                    end.receives.add(last);
                    end.stream.receive(last);
                }
            }
            check(proactor.nanoTime() < deadline, "stuck: " + proactor.report().counters());
            proactor.alertableWait(Duration.ofMillis(100));
        }
    }

    private static IoBuffer[] take(Proactor proactor, int count) {
        List<IoBuffer> taken = new ArrayList<>();
        while (taken.size() < count) {
            IoBuffer buffer = proactor.buffers().tryTake();
            if (buffer == null) {
                break;
            }
            taken.add(buffer);
        }
        return taken.toArray(new IoBuffer[0]);
    }

    private static void closeAll(IoBuffer[] buffers) {
        for (IoBuffer buffer : buffers) {
            buffer.close();
        }
    }

    private static byte byteAt(long position, int number) {
        return (byte) (position * 31 + (position >> 8) * 7 + number);
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError("seed " + seed + ": " + otherwise + ", " + options);
        }
    }
}
