package io.overlapped.bench.load;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.TcpStream;
import io.overlapped.bench.Content;

/** One connection of the load: it knows what it sent, and what it has to receive. */
abstract class Lane {
    private static final long ORIGIN_STEP = 7919;

    final int number;
    final TcpStream stream;
    private final Load load;
    private final IoBuffer out;
    private final Overlapped receive = new Overlapped(this::onReceive);
    private final Overlapped send = new Overlapped(this::onSend);

    /** Where in the content this connection begins, so that no two send the same. */
    final long origin;

    long sentBytes;
    long receivedBytes;
    boolean sending;

    Lane(int number, TcpStream stream, Load load) {
        this(number, stream, load, number * ORIGIN_STEP);
    }

    Lane(int number, TcpStream stream, Load load, long origin) {
        this.number = number;
        this.stream = stream;
        this.load = load;
        this.origin = origin;
        out = load.proactor.buffers().take();
    }

    /** From now on it receives whatever comes. */
    final void listen() {
        stream.receive(receive);
    }

    /** Sends the next {@code count} bytes of the content. */
    final void send(int count) {
        out.clear().append(Content.slice(origin + sentBytes, count));
        sentBytes += count;
        sending = true;
        stream.send(send, out);
    }

    /** Sends one byte that is not of the content. */
    final void sendLetter(byte letter) {
        out.clear().appendByte(letter);
        sending = true;
        stream.send(send, out);
    }

    /** Bytes have come; they are gone when this returns. */
    abstract void received(IoBuffer bytes);

    /** The send is over, and the next may start. */
    abstract void sent();

    /** Checks that the bytes are what the content has at a position. */
    final void verify(IoBuffer bytes, long position) {
        long wrong = Content.mismatch(bytes.bytes(), position);
        if (wrong >= 0) {
            throw new IllegalStateException(
                    "connection "
                            + number
                            + ": byte "
                            + (receivedBytes + wrong)
                            + " is "
                            + bytes.byteAt((int) wrong)
                            + " instead of "
                            + Content.at(position + wrong));
        }
    }

    /** Gives the buffer back and closes; nothing may be in flight but a receive. */
    final void end() {
        out.close();
        stream.close();
    }

    private void onReceive(Overlapped done) {
        if (load.isOver() || stream.isClosed()) {
            if (done.hasBuffer()) {
                done.buffer().close();
            }
            return;
        }
        if (done.bytes() == 0) {
            throw new IllegalStateException(
                    "connection "
                            + number
                            + " ended after "
                            + receivedBytes
                            + " bytes: "
                            + done.status());
        }
        IoBuffer buffer = done.buffer();
        int count = done.bytes();
        received(buffer);
        receivedBytes += count;
        buffer.close();
        after();
        if (!stream.isClosed()) {
            stream.receive(done);
        }
    }

    /** Called when what was received has been counted. */
    abstract void after();

    private void onSend(Overlapped done) {
        sending = false;
        if (load.isOver() || stream.isClosed()) {
            return;
        }
        if (done.bytes() == 0) {
            throw new IllegalStateException(
                    "connection " + number + " takes no bytes: " + done.status());
        }
        sent();
    }
}
