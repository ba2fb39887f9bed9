package io.overlapped.bench.load;

import io.overlapped.IoBuffer;
import io.overlapped.TcpStream;

/** Receives without end. */
final class StreamOutLoad extends Load {
    private static final byte GO = 'G';

    private final Stream[] streams;

    StreamOutLoad(Request request) {
        super(request, request.connections());
        streams = new Stream[request.connections()];
    }

    @Override
    void opened(int number, TcpStream stream) {
        streams[number] = new Stream(number, stream);
    }

    @Override
    void begin() {
        for (Stream stream : streams) {
            stream.listen();
            stream.sendLetter(GO);
        }
    }

    private final class Stream extends Lane {
        Stream(int number, TcpStream stream) {
            super(number, stream, StreamOutLoad.this);
        }

        @Override
        void received(IoBuffer bytes) {
            verify(bytes, receivedBytes);
            window.add(bytes.readable());
        }

        @Override
        void after() {}

        @Override
        void sent() {}
    }
}
