package io.overlapped.simulate;

import io.overlapped.sim.World;
import java.util.List;

/**
 * Something to simulate: servers and clients, and what must hold of them.
 *
 * <p>Threads: a value; a scene belongs to its world's thread.
 */
public interface Workload {
    String name();

    /**
     * Puts its hosts into a world.
     *
     * @param verdict is told what must never happen
     * @param clients how many come and go
     */
    Scene open(World world, Verdict verdict, int clients);

    /** All there are. */
    static List<Workload> all() {
        return List.of(new EchoWorkload(), new ChatWorkload(), new BoardWorkload());
    }
}
