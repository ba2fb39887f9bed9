package io.overlapped.conformance;

import io.overlapped.Options;
import io.overlapped.OverlappedException;
import io.overlapped.Proactor;
import io.overlapped.sim.Host;
import io.overlapped.sim.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The driver and settings of one run of the suite; servers and clients may differ. */
record Configuration(String name, Options server, Options client) {
    private static final Options URING = Options.defaults().withDriver("uring").withChecked(true);
    private static final Options NIO = URING.withDriver("nio");

    /** The smallest queues the kernel makes, and the fewest buffers with which a ring works. */
    private static final Options URING_MIN =
            URING.withTuning(Map.of("uring.submissions", "8", "uring.completions", "8"))
                    .withBuffers(256, 4096, 2);

    private static final Options URING_PLAIN =
            URING.withTuning(Map.of("uring.bufferRing", "false"));

    /** Ends in less of its time what never ends by itself. */
    private static final Options SIMULATED =
            Host.OPTIONS.withShutdownTimeout(Duration.ofMillis(200)).withChecked(true);

    static final Configuration SIM = same("sim", SIMULATED);

    static final List<Configuration> SINGLE =
            List.of(
                    SIM,
                    same("uring", URING),
                    same("nio", NIO),
                    same("uring-min", URING_MIN),
                    same("uring-plain", URING_PLAIN),
                    same("uring-guard", URING.withDriver("uring" + GuardProvider.SUFFIX)),
                    same("nio-guard", NIO.withDriver("nio" + GuardProvider.SUFFIX)));

    static final List<Configuration> MIXED =
            List.of(
                    new Configuration("uring-serves-nio", URING, NIO),
                    new Configuration("nio-serves-uring", NIO, URING));

    boolean isMixed() {
        return !server.equals(client);
    }

    /** Where its tests run. */
    Machine machine() {
        return isSimulated() ? new SimMachine(new World(1)) : new Machine.Real();
    }

    boolean isSimulated() {
        return server.driver().equals(SIM.server.driver());
    }

    /** Why it cannot run here; null if it can. */
    @Nullable String obstacle() {
        if (isSimulated()) {
            return null;
        }
        try {
            Proactor.open(server).close();
            Proactor.open(client).close();
            return null;
        } catch (OverlappedException e) {
            return e.getMessage();
        }
    }

    private static Configuration same(String name, Options options) {
        return new Configuration(name, options, options);
    }
}
