package io.overlapped.lab.referee;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.Status;
import io.overlapped.StreamOption;
import io.overlapped.TcpStream;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the load: it sends messages of a known pattern and verifies every byte it
 * receives.
 *
 * <p>Threads: the proactor's.
 */
abstract class Connection {
    private static final int OUTSTANDING_MAX = 1024;

    final int number;
    final Load load;
    private final Overlapped receive = new Overlapped(this::received);
    private final long[] sentNanos = new long[OUTSTANDING_MAX];
    private @Nullable TcpStream stream;
    private @Nullable String failure;
    private boolean reading = true;
    private boolean awaitingEnd;
    private boolean armed;
    private boolean ending;
    private int sent;
    private int answered;

    Connection(int number, Load load) {
        this.number = number;
        this.load = load;
    }

    /** Appends message {@code message} of this connection as it is on the wire. */
    abstract void append(IoBuffer buffer, int message);

    /** Bytes of one message on the wire. */
    abstract int messageBytes();

    /** Verifies what has come; calls {@link #answer} for each message that is answered in full. */
    abstract void verify(IoBuffer buffer);

    /** Connects, and sends the first message when it is. */
    void open(InetSocketAddress server) {
        load.proactor().connect(new Overlapped(this::connected), server);
    }

    private void connected(Overlapped connect) {
        if (connect.status() != Status.OK) {
            if (ending) {
                return;
            }
            fail("connection " + (number + 1) + " was not accepted: " + connect.status());
            return;
        }
        TcpStream opened = connect.stream();
        if (ending) {
            opened.close();
            return;
        }
        stream = opened;
        opened.set(StreamOption.LINGER_SECONDS, 0);
        read(opened);
        send(1);
    }

    private void read(TcpStream from) {
        armed = true;
        from.receive(receive);
    }

    private void received(Overlapped done) {
        armed = false;
        if (done.hasBuffer()) {
            try (IoBuffer buffer = done.buffer()) {
                if (failure == null && reading) {
                    load.addBytes(buffer.readable());
                    verify(buffer);
                }
            }
        }
        if (done.bytes() == 0) {
            closedByServer(done.status());
        } else if ((reading || awaitingEnd) && !ending && stream != null) {
            read(stream);
        }
    }

    private void closedByServer(Status status) {
        if (!ending && failure == null) {
            String how = status == Status.OK ? "closed" : "ended (" + status + ")";
            fail("the server " + how + " connection " + (number + 1) + " of " + load.size());
        }
    }

    /** Sends so many messages, all of them at once. */
    final void send(int count) {
        TcpStream to = stream;
        if (to == null || failure != null || ending) {
            return;
        }
        if (sent - answered + count > OUTSTANDING_MAX) {
            throw new IllegalStateException("over " + OUTSTANDING_MAX + " messages at once");
        }
        int left = count;
        while (left > 0) {
            IoBuffer buffer = load.proactor().buffers().take();
            for (; left > 0 && buffer.writable() >= messageBytes(); left--) {
                append(buffer, sent);
                sentNanos[sent++ & (OUTSTANDING_MAX - 1)] = System.nanoTime();
            }
            to.send(new Overlapped(Connection::sent), buffer);
        }
    }

    private static void sent(Overlapped done) {
        // A send that fails is told by the receive, which fails too.
        done.buffer().close();
    }

    /** The next message that was not answered yet is. */
    final void answer() {
        long nanos = System.nanoTime() - sentNanos[answered++ & (OUTSTANDING_MAX - 1)];
        load.answered(this, nanos);
    }

    /** Stops reading, whatever comes; or goes on. */
    final void setReading(boolean on) {
        reading = on;
        if (on && !armed && stream != null && failure == null) {
            read(stream);
        }
    }

    /** Reads only to learn whether the server has ended it; what comes has gaps by now. */
    final void awaitEnd() {
        awaitingEnd = true;
        if (!armed && stream != null && failure == null) {
            read(stream);
        }
    }

    /** What it is owed now counts as that slow at least. */
    final void recordOutstanding(Latencies latencies) {
        long now = System.nanoTime();
        for (int i = answered; i < sent; i++) {
            latencies.record(now - sentNanos[i & (OUTSTANDING_MAX - 1)]);
        }
    }

    final int outstanding() {
        return sent - answered;
    }

    final int answered() {
        return answered;
    }

    final int sent() {
        return sent;
    }

    /** Notes why it is of no use any more; the first reason stays. */
    final void fail(String why) {
        if (failure == null) {
            failure = why;
            load.failed(this, why);
        }
    }

    /** It was told something that nobody sent. */
    final void wrong(String what) {
        load.wrong("connection " + (number + 1) + ": " + what);
        fail(what);
    }

    final boolean isOpen() {
        return stream != null && failure == null;
    }

    /** The connection, once it is there. */
    final @Nullable TcpStream stream() {
        return stream;
    }

    /** Ends it on purpose. */
    final void end() {
        ending = true;
        if (stream != null) {
            stream.close();
        }
    }
}
