package io.overlapped.session;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** What has been counted: written by the proactor's thread, read by any. */
final class Counters {
    /** What is counted besides the reasons of closes. */
    enum Count {
        ACCEPTED,
        ACCEPT_FAILURES,
        OPEN,
        ENDING,
        FRAMES_IN,
        BYTES_IN,
        OFFERS_ACCEPTED,
        BYTES_OUT,
        OFFERS_FULL,
        POOL_EMPTY,
        THROTTLED,
        HANDLER_FAILURES
    }

    private final Map<Count, AtomicLong> values = zeros(Count.class);
    private final Map<CloseReason, AtomicLong> reasons = zeros(CloseReason.class);

    void add(Count count, long more) {
        add(Objects.requireNonNull(values.get(count)), more);
    }

    void closed(CloseReason reason) {
        add(Objects.requireNonNull(reasons.get(reason)), 1);
    }

    SessionReport report() {
        Map<CloseReason, Long> closed = new EnumMap<>(CloseReason.class);
        reasons.forEach((reason, count) -> closed.put(reason, count.getOpaque()));
        return new SessionReport(
                get(Count.ACCEPTED),
                get(Count.OPEN),
                get(Count.ENDING),
                Collections.unmodifiableMap(closed),
                get(Count.FRAMES_IN),
                get(Count.BYTES_IN),
                get(Count.OFFERS_ACCEPTED),
                get(Count.BYTES_OUT),
                get(Count.OFFERS_FULL),
                get(Count.POOL_EMPTY),
                get(Count.THROTTLED),
                get(Count.HANDLER_FAILURES),
                get(Count.ACCEPT_FAILURES));
    }

    private long get(Count count) {
        return Objects.requireNonNull(values.get(count)).getOpaque();
    }

    /** One thread alone writes, so that no atomic addition is needed. */
    private static void add(AtomicLong value, long more) {
        value.setOpaque(value.getPlain() + more);
    }

    private static <E extends Enum<E>> Map<E, AtomicLong> zeros(Class<E> names) {
        Map<E, AtomicLong> zeros = new EnumMap<>(names);
        for (E name : EnumSet.allOf(names)) {
            zeros.put(name, new AtomicLong());
        }
        return zeros;
    }
}
