package io.overlapped.bench.load;

import io.overlapped.IoBuffer;
import io.overlapped.TcpStream;
import java.time.Duration;

/**
 * Open loop: messages are due at fixed times, in turn on the connections. A message's latency
 * counts from when it was due, so that a server that stalls is charged for all that had to wait.
 */
final class OpenLoad extends Load {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long DRAIN_NANOS = 2 * NANOS_PER_SECOND;
    private static final int AT_ONCE_MAX = 32;

    /** A message that leaves later than this, with nothing of its connection unsent, left late. */
    private static final long LATE_NANOS = 200_000;

    private final Line[] lines;
    private long firstDueNanos;
    private long measuredFrom = Long.MAX_VALUE;
    private long measuredTo = Long.MAX_VALUE;
    private boolean charged;

    OpenLoad(Request request) {
        super(request, request.connections());
        lines = new Line[request.connections()];
    }

    @Override
    void opened(int number, TcpStream stream) {
        lines[number] = new Line(number, stream);
    }

    @Override
    void begin() {
        firstDueNanos = System.nanoTime();
        for (Line line : lines) {
            line.listen();
        }
    }

    /** It does not wait: a message due must leave on time. */
    @Override
    Duration patience() {
        return Duration.ZERO;
    }

    @Override
    void measuring() {
        measuredFrom = window.startNanos();
        measuredTo = measuredFrom + request.millis() * 1_000_000;
    }

    @Override
    void turn(long now) {
        for (Line line : lines) {
            line.sendWhatIsDue(now);
        }
        if (window.isDone() && !charged && now - measuredTo > DRAIN_NANOS) {
            for (Line line : lines) {
                line.chargeUnanswered(now);
            }
            charged = true;
        }
    }

    /** After the window, the answers to what was due in it are waited for. */
    @Override
    boolean isOver() {
        if (!window.isDone() || charged) {
            return charged;
        }
        for (Line line : lines) {
            if (line.owesAnswers()) {
                return false;
            }
        }
        return true;
    }

    private long dueNanos(int number, long index) {
        long turn = index * lines.length + number;
        return firstDueNanos + turn * NANOS_PER_SECOND / request.perSecond();
    }

    private void record(long due, long now) {
        if (due >= measuredFrom && due < measuredTo) {
            window.record(now - due);
        }
    }

    private final class Line extends Lane {
        private long answered;
        private long sentNanos;

        Line(int number, TcpStream stream) {
            super(number, stream, OpenLoad.this);
        }

        void sendWhatIsDue(long now) {
            if (sending) {
                return;
            }
            int count = 0;
            long index = sentBytes / request.bytes();
            while (count < AT_ONCE_MAX) {
                long due = dueNanos(number, index + count);
                if (due > now || due >= measuredTo) {
                    break;
                }
                count++;
            }
            if (count > 0) {
                countLate(index, count, now);
                send(count * request.bytes());
            }
        }

        /**
         * What came due while a send was in flight waited for the server to take that; anything
         * else that is late was due while the load generator was elsewhere.
         */
        private void countLate(long index, int count, long now) {
            for (int i = 0; i < count; i++) {
                long due = dueNanos(number, index + i);
                if (due > sentNanos && now - due > LATE_NANOS) {
                    window.late(1);
                }
            }
        }

        @Override
        void received(IoBuffer bytes) {
            verify(bytes, origin + receivedBytes);
            window.add(bytes.readable());
        }

        @Override
        void after() {
            long now = System.nanoTime();
            for (; answered < receivedBytes / request.bytes(); answered++) {
                OpenLoad.this.record(dueNanos(number, answered), now);
            }
        }

        @Override
        void sent() {
            sentNanos = System.nanoTime();
        }

        boolean owesAnswers() {
            return dueNanos(number, answered) < measuredTo;
        }

        /** What never was answered has waited until now at least. */
        void chargeUnanswered(long now) {
            for (; owesAnswers(); answered++) {
                OpenLoad.this.record(dueNanos(number, answered), now);
            }
        }
    }
}
