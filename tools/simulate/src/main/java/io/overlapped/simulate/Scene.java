package io.overlapped.simulate;

import io.overlapped.sim.Host;
import io.overlapped.sim.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One workload in one world: a server's host, and clients on hosts of their own.
 *
 * <p>Threads: the world's only one.
 */
public abstract class Scene {
    static final int PORT = 4000;

    private final World world;
    private final Verdict verdict;
    private final List<Guest> guests = new ArrayList<>();
    private final Host server;
    private final Steward steward;
    private Phase phase = Phase.BUSY;

    /**
     * @param open opens the server whenever its host boots, and says how it is closed
     */
    Scene(World world, Verdict verdict, Function<Host, Runnable> open) {
        this.world = world;
        this.verdict = verdict;
        steward = new Steward(this, open);
        server = world.host("server", steward);
    }

    final World world() {
        return world;
    }

    final Verdict verdict() {
        return verdict;
    }

    final Host server() {
        return server;
    }

    final Phase phase() {
        return phase;
    }

    final void add(Guest guest) {
        guests.add(guest);
        Host _ = world.host(guest.name(), guest);
    }

    /** Everybody sees it when they act next. */
    final void enter(Phase next) {
        phase = next;
        world.note("", "everybody is " + next);
    }

    /** Whether every client was served after the faults had ended. */
    boolean isSettled() {
        for (Guest guest : guests) {
            if (!guest.isSettled()) {
                return false;
            }
        }
        return true;
    }

    /** Whether everybody has left and the server is closed. */
    final boolean isEmpty() {
        for (Guest guest : guests) {
            if (!guest.isGone()) {
                return false;
            }
        }
        return steward.isClosed();
    }

    /** Who is where, for whoever looks for the reason. */
    final String state() {
        StringBuilder text = new StringBuilder();
        for (Guest guest : guests) {
            boolean done = phase == Phase.LEAVING ? guest.isGone() : guest.isSettled();
            if (!done) {
                text.append(text.isEmpty() ? "" : "; ").append(guest);
            }
        }
        if (phase == Phase.LEAVING && !steward.isClosed()) {
            text.append(text.isEmpty() ? "" : "; ").append("the server is not closed");
        }
        return text.toString();
    }

    /** How long until all are served, at most, once no fault strikes any more. */
    Duration settleMax() {
        return Duration.ofMinutes(5);
    }
}
