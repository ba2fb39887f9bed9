package io.overlapped.bench.load;

import io.overlapped.IoBuffer;
import io.overlapped.TcpStream;

/** Opens connections, has one message echoed on each, and leaves them idle until it is closed. */
final class HoldLoad extends Load {
    private final Visitor[] visitors;
    private int answered;

    HoldLoad(Request request) {
        super(request, request.connections());
        visitors = new Visitor[request.connections()];
    }

    @Override
    void opened(int number, TcpStream stream) {
        visitors[number] = new Visitor(number, stream);
    }

    @Override
    void begin() {
        for (Visitor visitor : visitors) {
            visitor.listen();
            visitor.send(request.bytes());
        }
    }

    @Override
    boolean isOver() {
        return answered == visitors.length;
    }

    private final class Visitor extends Lane {
        Visitor(int number, TcpStream stream) {
            super(number, stream, HoldLoad.this);
        }

        @Override
        void received(IoBuffer bytes) {
            verify(bytes, origin + receivedBytes);
            window.add(bytes.readable());
        }

        @Override
        void after() {
            if (receivedBytes == request.bytes()) {
                answered++;
            }
        }

        @Override
        void sent() {}
    }
}
