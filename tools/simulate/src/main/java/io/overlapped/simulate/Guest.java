package io.overlapped.simulate;

import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import io.overlapped.Status;
import io.overlapped.sim.Host;
import io.overlapped.sim.Program;
import io.overlapped.sim.World;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A client with a host of its own. It connects when the host boots, and again, each time a bit
 * later, when its connection has ended. It acts at a pace, and from what it meets there it sees
 * when all are to settle and to leave.
 */
abstract class Guest implements Program {
    private static final int FIRST_MILLIS = 200;
    private static final int BACK_OFF_MILLIS_MIN = 100;
    private static final int BACK_OFF_DOUBLINGS_MAX = 6;

    private final Scene scene;
    private final String name;
    private final int paceMillis;
    private @Nullable Host host;
    private int attempts;
    private int failures;

    /**
     * @param paceMillis how long it waits between two acts, in the mean
     */
    Guest(Scene scene, String name, int paceMillis) {
        this.scene = scene;
        this.name = name;
        this.paceMillis = paceMillis;
    }

    final String name() {
        return name;
    }

    final Scene scene() {
        return scene;
    }

    final World world() {
        return scene.world();
    }

    final RandomGenerator random() {
        return scene.world().random();
    }

    /** The proactor of the present boot. */
    final Proactor proactor() {
        if (host == null) {
            throw new IllegalStateException(name + " has not booted");
        }
        return host.proactor();
    }

    @Override
    public final void start(Host booted) {
        host = booted;
        forget();
        later(random().nextInt(FIRST_MILLIS), this::come);
        Overlapped pace =
                new Overlapped(
                        o -> {
                            if (o.status() == Status.OK) {
                                proactor().timer(o, nextPace());
                                act();
                            }
                        });
        proactor().timer(pace, nextPace());
    }

    /** Runs {@code work} on this host, unless it goes down before. */
    final void later(int millis, Runnable work) {
        Overlapped timer =
                new Overlapped(
                        o -> {
                            if (o.status() == Status.OK) {
                                work.run();
                            }
                        });
        proactor().timer(timer, Duration.ofMillis(millis));
    }

    /** The connection has ended as was intended. */
    final void comeAgain() {
        failures = 0;
        comeLater();
    }

    /** The connection has ended or failed. */
    final void tryAgain() {
        failures = Math.min(failures + 1, BACK_OFF_DOUBLINGS_MAX);
        comeLater();
    }

    /** It has been served. */
    final void succeeded() {
        failures = 0;
    }

    /** A number that no other connection of this client has. */
    final int attempt() {
        return attempts;
    }

    private void comeLater() {
        int most = BACK_OFF_MILLIS_MIN << failures;
        later(most / 2 + random().nextInt(most), this::come);
    }

    private void come() {
        if (scene.phase() != Phase.LEAVING) {
            attempts++;
            connect();
        }
    }

    private Duration nextPace() {
        return Duration.ofMillis(1 + random().nextInt(2 * paceMillis));
    }

    final void violated(String what) {
        scene.verdict().violated(name + ", connection " + attempts + ": " + what);
    }

    /** Its host has booted: what it knew of a connection is of before. */
    abstract void forget();

    abstract void connect();

    /** Does what the scene's phase asks for. */
    abstract void act();

    /** Whether it has been served, from connect to end, since the faults have ended. */
    abstract boolean isSettled();

    /** Whether it has no connection and will not begin one while all leave. */
    abstract boolean isGone();
}
