package io.overlapped.conformance;

import io.overlapped.Options;
import io.overlapped.Proactor;
import io.overlapped.sim.Host;
import io.overlapped.sim.World;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A host of a simulated world. */
final class SimMachine implements Machine {
    private final World world;
    private final Host host;
    private @Nullable Proactor peers;

    SimMachine(World world) {
        this.world = world;
        host = world.host("host");
    }

    World world() {
        return world;
    }

    @Override
    public Proactor open(Options options) {
        return host.open(options);
    }

    @Override
    public Peer connect(InetSocketAddress address) {
        if (peers == null) {
            peers = host.openUndisturbed(Host.OPTIONS);
        }
        return new SimPeer(peers, address);
    }

    @Override
    public int descriptors() {
        return host.descriptors();
    }

    @Override
    public void close() {
        if (peers != null) {
            peers.close();
        }
    }
}
