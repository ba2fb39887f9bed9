package io.overlapped.simulate;

import io.overlapped.sim.SimulationException;
import io.overlapped.sim.World;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one workload in one world: a time in which faults strike and nothing wrong may happen, a
 * time without in which all must be served, and an end that leaves nothing behind.
 *
 * <p>Threads: the one that calls it; it starts none.
 */
public final class Simulation {
    private static final int WATCH_EVENTS = 1 << 16;
    private static final Duration LEAVE_MAX = Duration.ofMinutes(1);

    private final Workload workload;
    private final Plan plan;
    private final long seed;
    private final World world;
    private final Verdict verdict = new Verdict();
    private Consumer<World> watcher = _ -> {};

    private Simulation(Workload workload, Plan plan, long seed) {
        this.workload = workload;
        this.plan = plan;
        this.seed = seed;
        world = new World(seed, plan.faults());
    }

    /** Runs it and says what came of it; the same seed and the same plan give the same. */
    public static Outcome run(Workload workload, Plan plan, long seed) {
        return run(workload, plan, seed, _ -> {});
    }

    /** The same, and shows the world to {@code watcher} now and then. */
    static Outcome run(Workload workload, Plan plan, long seed, Consumer<World> watcher) {
        Simulation simulation = new Simulation(workload, plan, seed);
        simulation.watcher = watcher;
        return simulation.run();
    }

    /** Runs it and tells {@code lines} all that happens, a line for each event. */
    public static Outcome traced(Workload workload, Plan plan, long seed, Consumer<String> lines) {
        Simulation simulation = new Simulation(workload, plan, seed);
        simulation.world.trace(lines);
        return simulation.run();
    }

    private Outcome run() {
        Throwable cause = null;
        String violation;
        try {
            violation = act(workload.open(world, verdict, plan.clients()));
            if (violation == null) {
                world.close();
            } else {
                world.abandon();
            }
        } catch (SimulationException e) {
            cause = e;
            violation = String.valueOf(e.getMessage());
            world.abandon();
        }
        return new Outcome(
                workload.name(),
                seed,
                world.events(),
                world.faultCounts(),
                world.now().toNanos(),
                world.hash(),
                violation,
                cause);
    }

    private @Nullable String act(Scene scene) {
        boolean _ = world.runUntil(this::isViolated, plan.faultTime());
        if (verdict.isViolated()) {
            return verdict.violation();
        }
        world.heal();
        scene.enter(Phase.SETTLING);
        reach(scene::isSettled, scene.settleMax(), "after the faults ended, not served", scene);
        // Half of the worlds end as a power cut does not: in order.
        if (!verdict.isViolated() && seed % 2 == 0) {
            scene.enter(Phase.LEAVING);
            reach(scene::isEmpty, LEAVE_MAX, "not ended", scene);
        }
        return verdict.violation();
    }

    /** Asked after each event, so that there is a moment to show the world. */
    private boolean isViolated() {
        if (world.events() % WATCH_EVENTS == 0) {
            watcher.accept(world);
        }
        return verdict.isViolated();
    }

    private void reach(BooleanSupplier goal, Duration most, String failure, Scene scene) {
        boolean reached = world.runUntil(() -> verdict.isViolated() || goal.getAsBoolean(), most);
        if (!reached) {
            verdict.violated(failure + " within " + most.toSeconds() + " s: " + scene.state());
        }
    }
}
