package io.overlapped.sim;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which host has which address, which can reach which, and how long that takes. */
final class Network {
    private static final long LOOPBACK_NANOS = 5_000;
    private static final long LATENCY_NANOS_MIN = 50_000;
    private static final int LATENCY_NANOS_RANGE = 450_000;

    private final World world;
    private final Map<InetAddress, Host> hosts = new HashMap<>();
    private final Set<Long> cuts = new LinkedHashSet<>();

    Network(World world) {
        this.world = world;
    }

    void add(Host host) {
        hosts.put(host.address(), host);
    }

    /** The host an address means to {@code from}; null if there is none. */
    @Nullable Host host(InetAddress address, Host from) {
        return address.isLoopbackAddress() || address.isAnyLocalAddress()
                ? from
                : hosts.get(address);
    }

    boolean reaches(Host from, Host to) {
        return to.isUp() && (cuts.isEmpty() || !cuts.contains(path(from, to)));
    }

    /** Nothing goes from here to there until it is mended. */
    void cut(Host from, Host to) {
        cuts.add(path(from, to));
    }

    void mend(Host from, Host to) {
        cuts.remove(path(from, to));
    }

    void mendAll() {
        cuts.clear();
    }

    long latencyNanos(Host from, Host to) {
        return from == to ? LOOPBACK_NANOS : LATENCY_NANOS_MIN + world.below(LATENCY_NANOS_RANGE);
    }

    private static long path(Host from, Host to) {
        return (long) from.number() << 32 | to.number();
    }
}
