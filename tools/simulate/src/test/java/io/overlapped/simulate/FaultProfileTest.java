package io.overlapped.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overlapped.sim.Fault;
import io.overlapped.sim.Faults;
import org.junit.jupiter.api.Test;

class FaultProfileTest {
    @Test
    void namesStandForFaults() {
        assertEquals(Faults.swarm(), FaultProfile.of("swarm"));
        assertEquals(Faults.none(), FaultProfile.of("none"));
        Faults some = FaultProfile.of("reset,SHORT_SEND=0.5,clock-jump");
        assertEquals(0.001, some.rate(Fault.RESET));
        assertEquals(0.5, some.rate(Fault.SHORT_SEND));
        assertTrue(some.rate(Fault.CLOCK_JUMP) >= 1);
        assertEquals(0, some.rate(Fault.SPLIT));
    }

    @Test
    void everyFaultCanBeNamed() {
        for (Fault fault : Fault.values()) {
            assertTrue(FaultProfile.of(fault.name()).rate(fault) > 0);
        }
    }

    @Test
    void whatIsNoFaultIsRefusedWithTheNames() {
        for (String wrong : new String[] {"", "rest", "reset=", "reset=2", "pause=-1", "swarm,"}) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> FaultProfile.of(wrong));
            assertTrue(String.valueOf(refused.getMessage()).length() > 10);
        }
    }
}
