package io.overlapped.lab.referee;

import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.StreamOption;
import io.overlapped.TcpStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one client of all models: many verified connections on one thread.
 *
 * <p>Each talker has one message under way (or one burst) and sends the next when it is answered.
 *
 * <p>Threads: the one that opened it drives it.
 */
final class Load implements AutoCloseable {
    private static final int JOINING_MAX = 128;
    private static final Duration STEP = Duration.ofMillis(20);

    private final Proactor proactor;
    private final Row row;
    private final Connection[] connections;
    private final Latencies latencies = new Latencies();
    private final Latencies bursts = new Latencies();
    private final InetSocketAddress server;
    private final BooleanSupplier serverLives;
    private int opened;
    private int joined;
    private boolean sending;
    private boolean flooding;
    private boolean closing;
    private long burstNanos;
    private int burstAnswers;
    private long bytes;
    private long answers;
    private long deliveries;
    private @Nullable String failure;
    private @Nullable String wrong;
    private @Nullable String slowEnded;

    Load(Row row, InetSocketAddress server, BooleanSupplier serverLives) {
        this.row = row;
        this.server = server;
        this.serverLives = serverLives;
        proactor =
                Proactor.open(
                        Options.defaults()
                                .withRoutineFailure(Options.RoutineFailure.RETHROW)
                                .withBuffers(1 << 15, 2048, 1024)
                                .withOperations(1 << 16, Options.OverLimit.WAIT));
        connections = new Connection[row.connections()];
        for (int i = 0; i < connections.length; i++) {
            connections[i] =
                    row.isChat() ? new ChatConnection(i, this) : new EchoConnection(i, this);
        }
    }

    Proactor proactor() {
        return proactor;
    }

    /** How many connections there are. */
    int size() {
        return connections.length;
    }

    /** Connects all of them; each has one message answered then. */
    void join(long deadline, Duration answersWithin) {
        // In a chat one after the other, so that everybody hears all that follows.
        int atOnce = row.isChat() ? 1 : Math.min(JOINING_MAX, connections.length);
        for (int i = 0; i < atOnce; i++) {
            openNext();
        }
        await(() -> joined == connections.length, deadline, answersWithin);
    }

    private void openNext() {
        if (opened < connections.length && failure == null && !closing) {
            connections[opened++].open(server);
        }
    }

    /** Drives the proactor until the condition holds, it failed, or nothing comes any more. */
    boolean await(BooleanSupplier condition, long deadline, Duration answersWithin) {
        long lastAnswers = answers + deliveries;
        long lastNanos = System.nanoTime();
        while (!condition.getAsBoolean() && failure == null && serverLives.getAsBoolean()) {
            proactor.alertableWait(STEP);
            long now = System.nanoTime();
            if (answers + deliveries != lastAnswers) {
                lastAnswers = answers + deliveries;
                lastNanos = now;
            }
            if (now - deadline > 0 || now - lastNanos > answersWithin.toNanos()) {
                return condition.getAsBoolean();
            }
        }
        return condition.getAsBoolean();
    }

    /** Waits for so long while nobody sends. */
    void rest(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        long left = time.toNanos();
        while (left > 0 && failure == null) {
            proactor.alertableWait(Duration.ofNanos(Math.min(left, STEP.toNanos())));
            left = end - System.nanoTime();
        }
    }

    /** Lets the talkers send for so long. */
    void talk(Duration time) {
        sending = true;
        burstNanos = System.nanoTime();
        burstAnswers = 0;
        for (int i = 0; i < row.talkers(); i++) {
            connections[i].send(row.burst() - connections[i].outstanding());
        }
        rest(time);
        sending = false;
    }

    /** Waits until nothing that was sent is unanswered, a little beyond the deadline at most. */
    boolean drain(long deadline, Duration answersWithin) {
        boolean all =
                await(() -> waiting() == 0, deadline + answersWithin.toNanos(), answersWithin);
        // What was never answered took that long at least.
        for (int i = 0; i < row.talkers(); i++) {
            connections[i].recordOutstanding(latencies);
        }
        return all;
    }

    /** How many talkers wait for an answer. */
    int waiting() {
        int count = 0;
        for (int i = 0; i < row.talkers(); i++) {
            count += connections[i].outstanding() > 0 ? 1 : 0;
        }
        return count;
    }

    void answered(Connection by, long nanos) {
        answers++;
        latencies.record(nanos);
        if (by.answered() == 1) {
            joined++;
            openNext();
        } else if (row.burst() > 1) {
            answeredInBurst();
        } else if (sending && by.number < row.talkers()) {
            by.send(1);
        }
    }

    private void answeredInBurst() {
        if (++burstAnswers < row.talkers() * row.burst()) {
            return;
        }
        bursts.record(System.nanoTime() - burstNanos);
        burstNanos = System.nanoTime();
        burstAnswers = 0;
        for (int i = 0; sending && i < row.talkers(); i++) {
            connections[i].send(row.burst());
        }
    }

    /** The last connection stops reading; in the echo job it sends without end as well. */
    void beSlow() {
        var slow = connections[connections.length - 1];
        slow.setReading(false);
        flooding = true;
        TcpStream stream = slow.stream();
        if (stream != null && !row.isChat()) {
            stream.set(StreamOption.RECEIVE_BUFFER_BYTES, 4096);
            flood(stream);
        }
    }

    /**
     * Has the connection that did not read ask, for a moment: only who asks learns that the server
     * has ended it.
     */
    void readSlowAgain(Duration within) {
        flooding = false;
        connections[connections.length - 1].awaitEnd();
        boolean _ = await(() -> slowEnded != null, System.nanoTime() + within.toNanos(), within);
    }

    private void flood(TcpStream stream) {
        byte[] junk = new byte[proactor.buffers().bufferBytes()];
        stream.send(
                new Overlapped(this::flooded),
                proactor.buffers().take().append(junk, 0, junk.length));
    }

    private void flooded(Overlapped send) {
        if (send.status() == Status.OK && flooding) {
            byte[] junk = new byte[proactor.buffers().bufferBytes()];
            send.stream().send(send, send.buffer().clear().append(junk, 0, junk.length));
        } else {
            send.buffer().close();
            if (send.status() != Status.OK && flooding) {
                slowEnded = "the server ended the slow reader";
            }
        }
    }

    void failed(Connection by, String why) {
        boolean slow = row.slowReader() && by.number == connections.length - 1;
        if (slow && joined == connections.length) {
            slowEnded = "the server ended the slow reader";
        } else if (failure == null) {
            failure = why;
        }
    }

    void wrong(String what) {
        if (wrong == null) {
            wrong = what;
        }
    }

    void addBytes(long count) {
        bytes += count;
    }

    void delivered() {
        deliveries++;
    }

    /** Starts to count anew; what was verified stays counted. */
    void clear() {
        latencies.clear();
        bursts.clear();
        answers = 0;
        deliveries = 0;
    }

    Latencies latencies() {
        return latencies;
    }

    Latencies bursts() {
        return bursts;
    }

    long answers() {
        return answers;
    }

    long deliveries() {
        return deliveries;
    }

    long bytes() {
        return bytes;
    }

    int joined() {
        return joined;
    }

    @Nullable String failure() {
        return failure;
    }

    @Nullable String wrong() {
        return wrong;
    }

    @Nullable String slowEnded() {
        return slowEnded;
    }

    @Override
    public void close() {
        flooding = false;
        closing = true;
        for (Connection connection : connections) {
            connection.end();
        }
        proactor.close();
    }
}
