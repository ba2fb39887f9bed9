package io.overlapped.lab.model;

import io.overlapped.IoBuffer;
import io.overlapped.Operation;
import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Status;
import io.overlapped.TcpStream;
import java.io.Closeable;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A client of the overlapped models, which differ only in how they learn of a completion: in what
 * its two blocks were made with, and in who calls {@link #completed}.
 *
 * <p>An echo sends the buffer that was received, and receives again when that is sent. In a chat
 * the receive is always in flight, and the send takes what has gathered in the outbox meanwhile.
 *
 * <p>Threads: the proactor's.
 */
final class OverlappedClient implements ProactorShape<Overlapped>, Room.Member, Closeable {
    private static final int BUFFERS_MAX = 32_768;
    private static final int BUFFERS_PROVIDED = 512;

    /** Is told of operations that were started. */
    interface Starts {
        void started(Overlapped operation, OverlappedClient client);
    }

    private final Serving serving;
    private final TcpStream stream;
    private final Starts starts;
    private final long number;
    private final @Nullable Packets packets;
    private final Outbox outbox = new Outbox();
    private Overlapped receive = new Overlapped();
    private Overlapped send = new Overlapped();
    private boolean sending;
    private boolean ending;
    private boolean ended;

    OverlappedClient(Serving serving, TcpStream stream, Starts starts) {
        this.serving = serving;
        this.stream = stream;
        this.starts = starts;
        packets = serving.isChat() ? new Packets() : null;
        number = serving.came(this);
    }

    /** Memory for many clients, in pieces as big as the reads of the other models. */
    static Options options(Serving serving) {
        return Options.defaults()
                .withDriver(serving.driver())
                .withBuffers(BUFFERS_MAX, Serving.READ_BYTES, BUFFERS_PROVIDED);
    }

    /** Starts the first receive. The blocks decide how their completions are learned. */
    void start(Overlapped itsReceive, Overlapped itsSend) {
        receive = itsReceive;
        send = itsSend;
        if (packets != null) {
            serving.room().join(this);
        }
        startReceive();
    }

    /** An operation is over, as was learned in this way. */
    void completed(Overlapped done, String how) {
        boolean isRead = done.operation() == Operation.RECEIVE;
        serving.step(Watch.COMPLETED, number, isRead ? "receive" : "send", done.bytes());
        serving.step(how, number, isRead ? "receive" : "send");
        if (isRead) {
            hasRead(done);
        } else {
            hasWritten(done);
        }
    }

    @Override
    public void hasRead(Overlapped done) {
        if (done.bytes() == 0) {
            inputEnded(done.status() == Status.OK);
        } else if (packets == null) {
            startSend(done.buffer());
        } else {
            try (IoBuffer buffer = done.buffer()) {
                packets.feed(buffer.bytes().asByteBuffer(), serving.room()::broadcast);
            }
            startReceive();
        }
    }

    @Override
    public void hasWritten(Overlapped done) {
        done.buffer().close();
        sending = false;
        if (done.status() != Status.OK) {
            close();
        } else if (packets == null) {
            startReceive();
        } else {
            sendWaiting();
        }
    }

    @Override
    public void send(ByteBuffer bytes) {
        if (ended) {
            return;
        }
        if (outbox.add(bytes)) {
            sendWaiting();
        } else {
            serving.tooSlow(number);
            close();
        }
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            serving.room().leave(this);
            serving.left(this, number);
            stream.close();
        }
    }

    private void startReceive() {
        if (!ended) {
            serving.step(Watch.SUBMITTED, number, "receive");
            started(stream.receive(receive), "receive");
        }
    }

    private void startSend(IoBuffer buffer) {
        sending = true;
        serving.step(Watch.SUBMITTED, number, "send");
        started(stream.send(send, buffer), "send");
    }

    private void started(Overlapped operation, String what) {
        starts.started(operation, this);
        if (operation.isPending()) {
            serving.step(Watch.PENDING, number, what);
        }
    }

    /** Sends what has gathered, unless a send is in flight: one block, one operation. */
    private void sendWaiting() {
        if (sending || ended) {
            return;
        }
        if (!outbox.isEmpty()) {
            IoBuffer buffer = stream.proactor().buffers().tryTake();
            if (buffer == null) {
                serving.refused("client " + number + " is ended: no buffer is left for its send");
                close();
                return;
            }
            ByteBuffer front = outbox.front();
            int count = Math.min(front.remaining(), buffer.writable());
            buffer.append(MemorySegment.ofBuffer(front.limit(front.position() + count)));
            outbox.taken(count);
            startSend(buffer);
        } else if (ending) {
            close();
        }
    }

    /** The client says nothing more, and gets what is still waiting for it. */
    private void inputEnded(boolean inOrder) {
        ending = true;
        serving.room().leave(this);
        if (inOrder && packets != null) {
            sendWaiting();
        } else {
            close();
        }
    }
}
