package io.overlapped.simulate;

import io.overlapped.Overlapped;
import io.overlapped.Status;
import io.overlapped.sim.Host;
import io.overlapped.sim.Program;
import java.time.Duration;
import java.util.function.Function;

/** Opens the server when its host boots, and closes it on its own thread when everybody leaves. */
final class Steward implements Program {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Scene scene;
    private final Function<Host, Runnable> open;
    private boolean closed;

    Steward(Scene scene, Function<Host, Runnable> open) {
        this.scene = scene;
        this.open = open;
    }

    @Override
    public void start(Host host) {
        closed = false;
        Runnable close = open.apply(host);
        Overlapped look =
                new Overlapped(
                        o -> {
                            if (scene.phase() == Phase.LEAVING) {
                                close.run();
                                closed = true;
                            } else if (o.status() == Status.OK) {
                                host.proactor().timer(o, LOOK);
                            }
                        });
        host.proactor().timer(look, LOOK);
    }

    boolean isClosed() {
        return closed;
    }
}
