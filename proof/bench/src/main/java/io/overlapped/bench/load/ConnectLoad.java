package io.overlapped.bench.load;

import io.overlapped.IoBuffer;
import io.overlapped.TcpStream;

/** Connects, has one message echoed, resets the connection, and connects again. */
final class ConnectLoad extends Load {
    private final long[] startNanos;

    ConnectLoad(Request request) {
        super(request, request.connections());
        startNanos = new long[request.connections()];
        java.util.Arrays.fill(startNanos, System.nanoTime());
    }

    @Override
    void opened(int number, TcpStream stream) {
        Visit visit = new Visit(number, stream);
        visit.listen();
        visit.send(request.bytes());
    }

    @Override
    void begin() {}

    private final class Visit extends Lane {
        Visit(int number, TcpStream stream) {
            super(number, stream, ConnectLoad.this);
        }

        @Override
        void received(IoBuffer bytes) {
            verify(bytes, origin + receivedBytes);
        }

        @Override
        void after() {
            endWhenOver();
        }

        @Override
        void sent() {
            endWhenOver();
        }

        private void endWhenOver() {
            if (!sending && receivedBytes == request.bytes()) {
                long now = System.nanoTime();
                window.add(request.bytes());
                window.record(now - startNanos[number]);
                end();
                startNanos[number] = now;
                connect(number);
            }
        }
    }
}
