package io.overlapped.sim;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.overlapped.spi.Errno;
import java.lang.foreign.MemorySegment;

/**
 * One direction of a connection: bytes that were taken from the sender, of which some have arrived
 * and some of those were read. They arrive in order, by segments; the end of the stream is one too.
 */
final class Pipe extends Event {
    private static final int INITIAL_BYTES = 1 << 10;
    private static final int INITIAL_SEGMENTS = 4;
    private static final long RESEND_NANOS_MIN = 200_000_000L;
    private static final long RESEND_NANOS_MAX = 8_000_000_000L;

    /** How long a sender's kernel goes on when nothing is acknowledged, if it was told nothing. */
    private static final long PATIENCE_NANOS = 900_000_000_000L;

    private final World world;
    private final SimStream from;
    private final SimStream to;

    private byte[] ring = new byte[INITIAL_BYTES];
    private long taken;
    private long arrived;
    private long read;

    // Where each segment ends; the end of the stream is the complement of where it is.
    private long[] ends = new long[INITIAL_SEGMENTS];
    private long[] dues = new long[INITIAL_SEGMENTS];
    private int first;
    private int count;

    private boolean ended;
    private boolean endArrived;
    private boolean halfClosed;
    private long clearNanos;
    private int resends;
    private long stuckSinceNanos;

    Pipe(World world, SimStream from, SimStream to) {
        super(Type.ARRIVAL);
        this.world = world;
        this.from = from;
        this.to = to;
    }

    @Override
    int subject() {
        return to.number();
    }

    SimStream receiver() {
        return to;
    }

    int readable() {
        return (int) (arrived - read);
    }

    boolean hasEndArrived() {
        return endArrived;
    }

    boolean isAtEnd() {
        return endArrived && arrived == read;
    }

    /** Whether nothing more can be taken. */
    boolean isEnded() {
        return ended;
    }

    int room() {
        return (int) Math.max(0, from.windowBytes() - (taken - read));
    }

    /** Takes bytes of the sender's, after {@link #room} was asked. */
    void take(MemorySegment source, long offset, int bytes) {
        reserve(bytes);
        int at = (int) taken & (ring.length - 1);
        int ahead = Math.min(bytes, ring.length - at);
        MemorySegment.copy(source, JAVA_BYTE, offset, ring, at, ahead);
        MemorySegment.copy(source, JAVA_BYTE, offset + ahead, ring, 0, bytes - ahead);
        taken += bytes;
    }

    /** What was taken since the last time goes out as one segment. */
    void push() {
        send(taken);
    }

    /** The stream ends after what was taken. */
    void end() {
        if (!ended) {
            ended = true;
            send(~taken);
        }
    }

    void read(MemorySegment target, long offset, int bytes) {
        int at = (int) read & (ring.length - 1);
        int ahead = Math.min(bytes, ring.length - at);
        MemorySegment.copy(ring, at, target, JAVA_BYTE, offset, ahead);
        MemorySegment.copy(ring, 0, target, JAVA_BYTE, offset + ahead, bytes - ahead);
        world.trace().fold(bytes == 0 ? 0 : ring[at] << 16 | bytes);
        read += bytes;
        from.windowOpened();
    }

    /** Nothing that is on its way arrives any more. */
    void drop() {
        count = 0;
        ended = true;
        world.unschedule(this);
    }

    @Override
    void happen() {
        Host sender = from.host();
        Host receiver = to.host();
        if (!world.network().reaches(sender, receiver)) {
            sendAgain();
        } else if (receiver.isDisturbed() && world.strikes(Fault.LOSS)) {
            world.happened(Fault.LOSS, receiver);
            sendAgain();
        } else if (to.isGone() && ends[first] < 0) {
            drop(); // Whoever has closed is not surprised that the other end does.
        } else if (to.isGone() || halfClosed) {
            drop();
            world.resetLater(from, to, Errno.ECONNRESET);
        } else {
            resends = 0;
            arrive(receiver.isDisturbed());
        }
    }

    private void arrive(boolean disturbed) {
        boolean more = true;
        while (more && count > 0) {
            long end = ends[first];
            if (end < 0) {
                endArrived = true;
                removeFirst();
            } else if (disturbed && end - arrived > 0 && world.strikes(Fault.RESET)) {
                arrived += world.below((int) (end - arrived) + 1);
                world.happened(Fault.RESET, to.host());
                from.fail(Errno.ECONNRESET);
                to.fail(Errno.ECONNRESET);
                return;
            } else if (disturbed && end - arrived > 0 && world.strikes(Fault.HALF_CLOSE)) {
                arrived += world.below((int) (end - arrived) + 1);
                world.happened(Fault.HALF_CLOSE, to.host());
                endArrived = true;
                halfClosed = true;
                break;
            } else if (disturbed && end - arrived > 1 && world.strikes(Fault.SPLIT)) {
                arrived += 1 + world.below((int) (end - arrived) - 1);
                world.happened(Fault.SPLIT, to.host());
                dues[first] = world.nanoTime() + 1 + world.below(1_000_000);
                break;
            } else {
                arrived = end;
                removeFirst();
            }
            more = count > 0 && (dues[first] <= world.nanoTime() || mergesNext(disturbed));
        }
        if (count > 0) {
            world.schedule(this, dues[first]);
        }
        to.arrived();
    }

    private boolean mergesNext(boolean disturbed) {
        if (disturbed && world.strikes(Fault.MERGE)) {
            world.happened(Fault.MERGE, to.host());
            return true;
        }
        return false;
    }

    private void sendAgain() {
        if (resends++ == 0) {
            stuckSinceNanos = world.nanoTime();
        }
        long patience = from.userTimeoutNanos() > 0 ? from.userTimeoutNanos() : PATIENCE_NANOS;
        if (world.nanoTime() - stuckSinceNanos >= patience) {
            drop();
            from.fail(Errno.ETIMEDOUT);
            return;
        }
        long pause = Math.min(RESEND_NANOS_MIN << Math.min(resends - 1, 10), RESEND_NANOS_MAX);
        world.schedule(this, world.nanoTime() + pause + world.below(10_000_000));
    }

    private void send(long end) {
        long latency = world.network().latencyNanos(from.host(), to.host());
        if (to.host().isDisturbed()) {
            if (world.strikes(Fault.DELAY)) {
                world.happened(Fault.DELAY, to.host());
                latency += world.below(50_000_000);
            }
            if (world.strikes(Fault.CLOG)) {
                world.happened(Fault.CLOG, to.host());
                latency += 10_000_000L + world.below(2_000_000_000) + world.below(2_000_000_000);
            }
        }
        clearNanos = Math.max(clearNanos, world.nanoTime() + latency);
        if (count == ends.length) {
            growSegments();
        }
        int last = (first + count++) & (ends.length - 1);
        ends[last] = end;
        dues[last] = clearNanos;
        if (!isScheduled()) {
            world.schedule(this, dues[first]);
        }
    }

    private void removeFirst() {
        first = (first + 1) & (ends.length - 1);
        count--;
    }

    private void growSegments() {
        long[] moreEnds = new long[2 * count];
        long[] moreDues = new long[2 * count];
        for (int i = 0; i < count; i++) {
            moreEnds[i] = ends[(first + i) & (count - 1)];
            moreDues[i] = dues[(first + i) & (count - 1)];
        }
        ends = moreEnds;
        dues = moreDues;
        first = 0;
    }

    private void reserve(int bytes) {
        long held = taken - read;
        if (held + bytes <= ring.length) {
            return;
        }
        byte[] larger = new byte[Integer.highestOneBit((int) held + bytes - 1) << 1];
        for (long at = read; at < taken; ) {
            int from0 = (int) at & (ring.length - 1);
            int to0 = (int) at & (larger.length - 1);
            int run =
                    (int) Math.min(taken - at, Math.min(ring.length - from0, larger.length - to0));
            System.arraycopy(ring, from0, larger, to0, run);
            at += run;
        }
        ring = larger;
    }

    @Override
    String describe() {
        return "%s has %d bytes on the way, %d to read"
                .formatted(to.host().name(), taken - arrived, arrived - read);
    }
}
