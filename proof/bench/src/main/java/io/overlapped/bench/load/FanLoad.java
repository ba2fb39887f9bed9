package io.overlapped.bench.load;

import io.overlapped.IoBuffer;
import io.overlapped.TcpStream;
import io.overlapped.bench.server.Mode;
import java.util.ArrayList;
import java.util.List;

/** Publishes, and waits until every subscriber has it before it publishes more. */
final class FanLoad extends Load {
    private final Member[] subscribers;
    private final List<Member> publisher = new ArrayList<>();
    private int named;
    private int arrived;
    private long batchStartNanos;
    private long publishedBytes;

    FanLoad(Request request) {
        super(request, request.connections() + 1);
        subscribers = new Member[request.connections()];
    }

    @Override
    void opened(int number, TcpStream stream) {
        Member member = new Member(number, stream);
        if (number < subscribers.length) {
            subscribers[number] = member;
        } else {
            publisher.add(member);
        }
    }

    @Override
    void begin() {
        for (Member subscriber : subscribers) {
            subscriber.listen();
            subscriber.sendLetter(Mode.SUBSCRIBER);
        }
    }

    private void oneMoreNamed() {
        named++;
        if (named == subscribers.length) {
            publisher.getFirst().listen();
            publisher.getFirst().sendLetter(Mode.PUBLISHER);
        } else {
            nextWhenOver();
        }
    }

    private void nextBatch() {
        arrived = 0;
        batchStartNanos = System.nanoTime();
        publishedBytes += request.chunkBytes();
        publisher.getFirst().send(request.chunkBytes());
    }

    /** The first batch follows the publisher's name, as if the one before had arrived. */
    private void nextWhenOver() {
        boolean over = publishedBytes == 0 || arrived == subscribers.length;
        if (over && named > subscribers.length && !publisher.getFirst().sending) {
            nextBatch();
        }
    }

    private final class Member extends Lane {
        private boolean hasName;

        Member(int number, TcpStream stream) {
            super(number, stream, FanLoad.this, 0);
        }

        @Override
        void received(IoBuffer bytes) {
            if (!hasName) {
                boolean subscribes = number < subscribers.length;
                byte name = subscribes ? Mode.SUBSCRIBER : Mode.PUBLISHER;
                if (bytes.readable() != 1 || bytes.byteAt(0) != name) {
                    throw new IllegalStateException("connection " + number + " got another's name");
                }
                return;
            }
            verify(bytes, receivedBytes);
            window.add(bytes.readable());
        }

        @Override
        void after() {
            if (!hasName) {
                hasName = true;
                receivedBytes = 0;
                oneMoreNamed();
            } else if (receivedBytes == publishedBytes) {
                arrived++;
                if (arrived == subscribers.length) {
                    window.record(System.nanoTime() - batchStartNanos);
                    nextWhenOver();
                }
            }
        }

        @Override
        void sent() {
            nextWhenOver();
        }
    }
}
