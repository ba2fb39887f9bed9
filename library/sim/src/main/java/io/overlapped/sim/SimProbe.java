package io.overlapped.sim;

import io.overlapped.sim.SingleFault.Opportunity;
import io.overlapped.spi.Probe;
import java.lang.foreign.MemorySegment;

/** Refuses buffers and makes routines fail. */
final class SimProbe implements Probe {
    private final Host host;
    private final World world;

    SimProbe(Host host) {
        this.host = host;
        world = host.world();
    }

    @Override
    public boolean taking(MemorySegment buffer) {
        if (world.opportunity(Opportunity.BUFFER) != null) {
            return false;
        }
        boolean refused = world.strikes(Fault.BUFFER_REFUSED);
        if (refused) {
            world.happened(Fault.BUFFER_REFUSED, host);
        }
        return !refused;
    }

    @Override
    public void routine() {
        if (world.opportunity(Opportunity.ROUTINE) != null) {
            throw new InjectedException("a routine");
        }
    }
}
