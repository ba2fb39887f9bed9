package io.overlapped.sim;

import java.time.Duration;
import java.util.List;

/** The faults that come by the hour: pauses, crashes, partitions, clocks that jump. */
@SuppressWarnings("EnumOrdinal") // an index into an array of this process
final class Weather {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final World world;
    private final SimRandom random;
    private final Faults faults;

    Weather(World world, SimRandom random, Faults faults) {
        this.world = world;
        this.random = random;
        this.faults = faults;
    }

    void begin() {
        for (Fault fault : Fault.values()) {
            if (fault.isTimed() && faults.rate(fault) > 0) {
                new Front(fault).next();
            }
        }
    }

    private void strike(Fault fault, Host host, List<Host> hosts) {
        switch (fault) {
            case PAUSE -> host.pause(upTo(10 * SECOND_NANOS));
            case CLOCK_JUMP -> host.jumpAhead(upTo(60 * SECOND_NANOS));
            case CRASH -> {
                if (random.nextInt(2) == 0) {
                    host.crash(upTo(60 * SECOND_NANOS));
                } else {
                    host.loseMachine(upTo(60 * SECOND_NANOS));
                }
            }
            case PARTITION -> part(host, hosts.get(random.nextInt(hosts.size())));
            default -> throw new AssertionError(fault);
        }
        world.happened(fault, host);
    }

    private void part(Host one, Host other) {
        boolean bothWays = random.nextInt(2) == 0;
        world.cut(one, other);
        if (bothWays) {
            world.cut(other, one);
        }
        world.after(
                upTo(60 * SECOND_NANOS),
                () -> {
                    world.mend(one, other);
                    world.mend(other, one);
                });
    }

    private Duration upTo(long mostNanos) {
        return Duration.ofNanos(1 + (random.nextLong() >>> 1) % mostNanos);
    }

    /** One kind of fault, from strike to strike. */
    private final class Front extends Event {
        private final Fault fault;

        Front(Fault fault) {
            super(Type.FAULT);
            this.fault = fault;
        }

        void next() {
            int hosts = Math.max(1, world.hosts().size());
            long mean = World.meanNanos(faults.rate(fault) * hosts);
            world.schedule(this, world.nanoTime() + 1 + random.exponentialNanos(mean));
        }

        @Override
        int subject() {
            return fault.ordinal();
        }

        @Override
        void happen() {
            if (world.isHealed()) {
                return;
            }
            List<Host> hosts = world.hosts();
            if (!hosts.isEmpty()) {
                Host host = hosts.get(random.nextInt(hosts.size()));
                if (host.hasProgram() && host.isDisturbed() && host.isUp()) {
                    strike(fault, host, hosts);
                }
            }
            next();
        }
    }
}
