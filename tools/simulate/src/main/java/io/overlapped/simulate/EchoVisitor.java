package io.overlapped.simulate;

import io.overlapped.IoBuffer;
import io.overlapped.Overlapped;
import io.overlapped.Status;
import io.overlapped.TcpStream;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Sends bytes of a pattern, compares what comes back, ends its side, and waits for the end. */
final class EchoVisitor extends Guest {
    /** Long enough that bytes which get lost or come twice are not where they should be. */
    private static final int PATTERN_BYTES = 1 << 16;

    private static final int WINDOW_BYTES = 32 * 1024;
    private static final int CHUNK_BYTES_MAX = 2048;
    private static final int ROUND_BYTES_MAX = 64 * 1024;
    private static final int NO_BUFFER_MILLIS = 5;
    private static final int PACE_MILLIS = 500;
    private static final long STALLED_NANOS = 20_000_000_000L;
    private static final MemorySegment PATTERN = pattern();

    private @Nullable Round round;
    private boolean connecting;
    private boolean askedInCalm;
    private boolean served;

    EchoVisitor(Scene scene, String name) {
        super(scene, name, PACE_MILLIS);
    }

    @Override
    void forget() {
        round = null;
        connecting = false;
    }

    @Override
    void connect() {
        connecting = true;
        // A fault may strike a connection between its request and its accept.
        askedInCalm = scene().phase() == Phase.SETTLING;
        proactor().connect(new Overlapped(this::connected), scene().server().address(Scene.PORT));
    }

    private void connected(Overlapped o) {
        connecting = false;
        if (o.status() == Status.OK) {
            round = new Round(o.stream());
            round.begin();
        } else {
            tryAgain();
        }
    }

    @Override
    void act() {
        Round now = round;
        if (now != null && (scene().phase() == Phase.LEAVING || now.isStalled())) {
            now.stream.close();
        }
    }

    @Override
    boolean isSettled() {
        return served;
    }

    @Override
    boolean isGone() {
        return round == null && !connecting;
    }

    @Override
    public String toString() {
        Round now = round;
        return now == null
                ? name() + (connecting ? " connects" : " is not connected")
                : "%s has sent %d of %d bytes and got %d back"
                        .formatted(name(), now.sent, now.bytes, now.back);
    }

    private static MemorySegment pattern() {
        byte[] once = new byte[PATTERN_BYTES];
        new SplittableRandom(1).nextBytes(once);
        byte[] more = java.util.Arrays.copyOf(once, 2 * PATTERN_BYTES);
        System.arraycopy(once, 0, more, PATTERN_BYTES, PATTERN_BYTES);
        return MemorySegment.ofArray(more);
    }

    /** One connection. */
    private final class Round {
        private final TcpStream stream;
        private final Overlapped send = new Overlapped(this::sent);
        private final Overlapped receive = new Overlapped(this::received);
        private final int start = random().nextInt(PATTERN_BYTES);
        private final long bytes = 1L + random().nextInt(ROUND_BYTES_MAX);
        private final boolean isCalm = askedInCalm;
        private long sent;
        private long back;
        private long heardNanos = proactor().nanoTime();
        private boolean shut;
        private boolean over;

        Round(TcpStream stream) {
            this.stream = stream;
        }

        void begin() {
            stream.receive(receive);
            sendNext();
        }

        /** Whether the server must be gone: a reset that gets lost is not sent again. */
        boolean isStalled() {
            return proactor().nanoTime() - heardNanos > STALLED_NANOS;
        }

        private void sendNext() {
            if (over || send.isPending()) {
                return;
            }
            if (sent == bytes) {
                if (!shut) {
                    shut = true;
                    stream.shutdownOutput(send);
                }
            } else if (sent - back < WINDOW_BYTES) {
                IoBuffer buffer = proactor().buffers().tryTake();
                if (buffer == null) {
                    later(NO_BUFFER_MILLIS, this::sendNext);
                    return;
                }
                int count = (int) Math.min(1 + random().nextInt(CHUNK_BYTES_MAX), bytes - sent);
                stream.send(send, buffer.append(pattern(sent, count)));
                sent += count;
            }
        }

        private MemorySegment pattern(long from, int count) {
            return PATTERN.asSlice((start + from) % PATTERN_BYTES, count);
        }

        private void sent(Overlapped o) {
            if (o.hasBuffer()) {
                o.buffer().close();
            }
            if (o.status() == Status.OK) {
                sendNext();
            } else {
                // The receive says so too, unless the other side has stopped reading only.
                stream.close();
            }
        }

        private void received(Overlapped o) {
            if (o.bytes() == 0) {
                end(o.status());
                return;
            }
            heardNanos = proactor().nanoTime();
            try (IoBuffer buffer = o.buffer()) {
                compare(buffer.bytes());
            }
            stream.receive(receive);
            sendNext();
            world().mayThrow("an echo client");
        }

        private void compare(MemorySegment came) {
            int count = (int) came.byteSize();
            if (back + count > sent) {
                violated("%d bytes came back of %d that were sent".formatted(back + count, sent));
                return;
            }
            long at = came.mismatch(pattern(back, count));
            if (at >= 0) {
                violated("byte " + (back + at) + " came back as another");
            }
            back += count;
        }

        private void end(Status status) {
            boolean whole = status == Status.OK && shut && back == bytes;
            if (!whole && isCalm && scene().phase() == Phase.SETTLING) {
                violated(
                        "the connection ended with %s after %d of %d bytes, and nothing was wrong"
                                .formatted(status, back, bytes));
            }
            over = true;
            round = null;
            stream.close();
            served |= whole && isCalm;
            if (served) {
                // What more it did would meet no fault.
                succeeded();
            } else if (whole) {
                comeAgain();
            } else {
                tryAgain();
            }
        }
    }
}
