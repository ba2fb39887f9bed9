package io.overlapped.session;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many sessions each address has, and has begun lately. An address is an IPv4 address or an
 * IPv6 /64, as whoever has one has all of it. What is known of an address is forgotten when it has
 * no session and its window is over.
 *
 * <p>Threads: one.
 */
final class Addresses {
    /**
     * As many addresses as are remembered, or twice the sessions if those are more; beyond it
     * newcomers are turned away.
     */
    static final int ADDRESSES_MAX = 1 << 17;

    private static final int PREFIX_BYTES = 8;

    /** One address. */
    private static final class Count {
        int open;
        int begun;
        long windowNanos;
    }

    private final Limits.Admission limits;
    private final long windowNanos;
    private final long addressesMax;
    private final Map<ByteBuffer, Count> counts = new LinkedHashMap<>();
    private long sweptNanos;

    Addresses(Limits.Admission limits, long nowNanos) {
        this.limits = limits;
        windowNanos = limits.newWindow().toNanos();
        addressesMax = Math.max(ADDRESSES_MAX, 2L * limits.sessionsMax());
        sweptNanos = nowNanos;
    }

    /** Takes a session of this address, or says that it has too many. */
    boolean admit(InetAddress address, long nowNanos) {
        if (counts.size() >= addressesMax) {
            forgetOld(nowNanos);
        }
        ByteBuffer prefix = prefix(address);
        Count count = counts.get(prefix);
        if (count == null) {
            if (counts.size() >= addressesMax) {
                return false;
            }
            count = new Count();
            count.windowNanos = nowNanos;
            counts.put(prefix, count);
        }
        if (nowNanos - count.windowNanos >= windowNanos) {
            count.windowNanos = nowNanos;
            count.begun = 0;
        }
        if (count.open >= limits.perAddressMax() || count.begun >= limits.newPerAddressMax()) {
            return false;
        }
        count.open++;
        count.begun++;
        return true;
    }

    /** A session that was admitted is gone. */
    void release(InetAddress address, long nowNanos) {
        Count count = counts.get(prefix(address));
        if (count == null || --count.open < 0) {
            throw new AssertionError("no session of " + address);
        }
        if (nowNanos - sweptNanos >= windowNanos) {
            forgetOld(nowNanos);
        }
    }

    int size() {
        return counts.size();
    }

    /** The bytes of an address that count. */
    private static ByteBuffer prefix(InetAddress address) {
        ByteBuffer all = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet6Address ? all.limit(PREFIX_BYTES) : all;
    }

    private void forgetOld(long nowNanos) {
        sweptNanos = nowNanos;
        counts.values()
                .removeIf(count -> count.open == 0 && nowNanos - count.windowNanos >= windowNanos);
    }
}
