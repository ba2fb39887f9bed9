package io.overlapped.bench.load;

import io.overlapped.IoBuffer;
import io.overlapped.TcpStream;

/** Closed loop: a connection sends its messages, waits for all of them, and sends the next. */
final class EchoLoad extends Load {
    private final Dialogue[] dialogues;

    EchoLoad(Request request) {
        super(request, request.connections());
        dialogues = new Dialogue[request.connections()];
    }

    @Override
    void opened(int number, TcpStream stream) {
        dialogues[number] = new Dialogue(number, stream);
    }

    @Override
    void begin() {
        for (Dialogue dialogue : dialogues) {
            dialogue.listen();
            dialogue.next();
        }
    }

    private final class Dialogue extends Lane {
        private long startNanos;

        Dialogue(int number, TcpStream stream) {
            super(number, stream, EchoLoad.this);
        }

        void next() {
            startNanos = System.nanoTime();
            send(request.chunkBytes());
        }

        @Override
        void received(IoBuffer bytes) {
            verify(bytes, origin + receivedBytes);
            window.add(bytes.readable());
        }

        @Override
        void after() {
            if (receivedBytes == sentBytes) {
                window.record(System.nanoTime() - startNanos);
                nextWhenOver();
            }
        }

        @Override
        void sent() {
            nextWhenOver();
        }

        private void nextWhenOver() {
            if (!sending && receivedBytes == sentBytes) {
                next();
            }
        }
    }
}
