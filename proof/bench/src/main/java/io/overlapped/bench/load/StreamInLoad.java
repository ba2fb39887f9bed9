package io.overlapped.bench.load;

import io.overlapped.IoBuffer;
import io.overlapped.TcpStream;
import io.overlapped.bench.Content;

/** Sends without end; what counts is what the server answers for, one byte of every MiB. */
final class StreamInLoad extends Load {
    private final Stream[] streams;

    StreamInLoad(Request request) {
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
            stream.sent();
        }
    }

    private final class Stream extends Lane {
        Stream(int number, TcpStream stream) {
            super(number, stream, StreamInLoad.this);
        }

        @Override
        void received(IoBuffer marks) {
            for (int i = 0; i < marks.readable(); i++) {
                long end = (receivedBytes + i + 1) * Content.MARK_BYTES;
                byte wanted = Content.at(origin + end - 1);
                if (end > sentBytes || marks.byteAt(i) != wanted) {
                    throw new IllegalStateException(
                            "connection "
                                    + number
                                    + ": the server answers "
                                    + marks.byteAt(i)
                                    + " for byte "
                                    + (end - 1)
                                    + ", which is "
                                    + wanted);
                }
                window.add(Content.MARK_BYTES);
            }
        }

        @Override
        void after() {}

        @Override
        void sent() {
            send(request.chunkBytes());
        }
    }
}
