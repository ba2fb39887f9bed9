package io.overlapped.sim;

import io.overlapped.Options;
import io.overlapped.Overlapped;
import io.overlapped.Proactor;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A machine of a {@link World}: an address, a clock, descriptors, and a program on a proactor. A
 * host without a program is driven by whoever holds its proactor, as a test does.
 *
 * <p>Threads: the world's only one.
 */
public final class Host {
    /**
     * What its proactors are opened with: few and small buffers, so that they run out; and what a
     * routine throws ends the simulation, unless a fault made it throw.
     */
    public static final Options OPTIONS =
            Options.defaults()
                    .withDriver(SimDriver.NAME)
                    .withBuffers(1024, 4096, 16)
                    .withRoutineFailure(Options.RoutineFailure.RETHROW);

    private static final int DESCRIPTORS_MAX = 20_000;
    private static final int PORT_MIN = 32_768;
    private static final int PORT_MAX = 60_999;
    private static final long RUN_NANOS = 1_000;
    private static final InetAddress LOOPBACK = address(127, 0, 0, 1);

    private final World world;
    private final int number;
    private final String name;
    private final InetAddress address;
    private final @Nullable Program program;
    private final Map<Integer, List<SimListener>> listeners = new TreeMap<>();
    private final Map<SimDriver, Run> runs = new LinkedHashMap<>();
    private final DetachedStreams detached = new DetachedStreams();
    private final Event boot;
    private @Nullable Proactor proactor;
    private int nextPort = PORT_MIN;
    private long clockAheadNanos;
    private long pausedUntilNanos;
    private boolean up = true;
    private boolean disturbed = true;
    private int boots;

    Host(World world, int number, String name, @Nullable Program program) {
        this.world = world;
        this.number = number;
        this.name = name;
        this.program = program;
        address = address(10, 0, number >> 8, number);
        boot = new Task(Event.Type.BOOT, number, this::boot);
    }

    private static InetAddress address(int... bytes) {
        byte[] ip = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            ip[i] = (byte) bytes[i];
        }
        try {
            return InetAddress.getByAddress(ip);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    public World world() {
        return world;
    }

    public String name() {
        return name;
    }

    /** Its address: 10.0.0.1 for the first host of a world, and so on. */
    public InetAddress address() {
        return address;
    }

    /** A port of its address. */
    public InetSocketAddress address(int port) {
        return new InetSocketAddress(address, port);
    }

    /** Its proactor, opened with {@link #OPTIONS} when it is first asked for. */
    public Proactor proactor() {
        Proactor open = proactor;
        if (open == null) {
            open = open(OPTIONS);
            proactor = open;
        }
        return open;
    }

    /** Opens one more proactor on this host. */
    public Proactor open(Options options) {
        return open(options, disturbed);
    }

    /** Opens one more proactor, whose operations no fault touches. */
    public Proactor openUndisturbed(Options options) {
        return open(options, false);
    }

    private Proactor open(Options options, boolean disturbs) {
        if (!up) {
            throw new IllegalStateException(name + " is down");
        }
        SimDriver driver = new SimDriver(this, options.forDriver(), disturbs);
        Proactor opened = Proactor.open(driver, options);
        Run run = new Run(driver, opened);
        runs.put(driver, run);
        if (program != null) {
            world.schedule(run, world.nanoTime() + RUN_NANOS);
        }
        return opened;
    }

    /** Faults spare it from now on, at its end of each connection. */
    public Host undisturbed() {
        disturbed = false;
        return this;
    }

    /** Whether it has not crashed, or is up again. */
    public boolean isUp() {
        return up;
    }

    /** How many descriptors are open on it. */
    public int descriptors() {
        int count = detached.count();
        for (Run run : runs.values()) {
            count += run.driver.openDescriptors();
        }
        return count;
    }

    /** How often it has booted. */
    public int boots() {
        return boots;
    }

    /** Its clock, which a fault may set ahead: monotonic, in nanoseconds. */
    public long nanoTime() {
        return world.nanoTime() + clockAheadNanos;
    }

    /**
     * Nothing runs on it for so long; its kernel goes on. A host that is driven by its holder is
     * not held up.
     */
    public void pause(Duration duration) {
        pausedUntilNanos = Math.max(pausedUntilNanos, world.nanoTime() + duration.toNanos());
        world.trace().line(world.nanoTime(), name, "pauses for " + duration);
    }

    /** Sets its clock ahead. */
    public void jumpAhead(Duration duration) {
        clockAheadNanos += duration.toNanos();
        runAllSoon();
        world.trace().line(world.nanoTime(), name, "clock jumps ahead by " + duration);
    }

    /**
     * Its process dies: its connections end or are reset, its program's objects are not told. It is
     * started again after {@code downtime}.
     */
    public void crash(Duration downtime) {
        crash(downtime, false);
    }

    /** Its machine dies: peers hear nothing until it is back, and then that nobody knows them. */
    public void loseMachine(Duration downtime) {
        crash(downtime, true);
    }

    @Override
    public String toString() {
        return name + " " + address.getHostAddress();
    }

    // ---- for the world

    int number() {
        return number;
    }

    boolean isDisturbed() {
        return disturbed;
    }

    boolean hasProgram() {
        return program != null;
    }

    DetachedStreams detached() {
        return detached;
    }

    int descriptorsMax() {
        return DESCRIPTORS_MAX;
    }

    void bootSoon() {
        world.schedule(boot, world.nanoTime());
    }

    /** Lets its program's proactor run in {@code delayNanos}, or before if that is so already. */
    void runSoon(SimDriver driver, long delayNanos) {
        Run run = runs.get(driver);
        if (run == null || program == null) {
            return;
        }
        long at = Math.max(world.nanoTime() + delayNanos, run.notBeforeNanos);
        if (!run.isScheduled() || run.atNanos > at) {
            world.schedule(run, at);
        }
    }

    void runAllSoon() {
        for (Run run : runs.values()) {
            runSoon(run.driver, 0);
        }
    }

    void forget(SimDriver driver) {
        Run run = runs.remove(driver);
        if (run != null) {
            world.unschedule(run);
        }
    }

    /** Closes its proactors and checks that nothing is left. */
    void shutDown() {
        for (Run run : List.copyOf(runs.values())) {
            run.proactor.close();
            long inFlight = run.proactor.report().counters().getOrDefault("inFlight", 0L);
            int leased = run.proactor.buffers().leased();
            int descriptors = run.driver.openDescriptors();
            if (inFlight != 0 || leased != 0 || descriptors != 0) {
                throw world.failure(
                        "%s leaves %d operations, %d buffers, %d descriptors"
                                .formatted(name, inFlight, leased, descriptors),
                        null);
            }
        }
        if (detached.count() > 0) {
            throw world.failure(name + " leaves detached streams: " + detached.count(), null);
        }
        proactor = null;
    }

    void abandonAll() {
        for (Run run : List.copyOf(runs.values())) {
            run.proactor.abandon();
        }
        detached.discardAll(false);
        proactor = null;
    }

    // ---- its kernel's ports

    boolean owns(InetSocketAddress wanted) {
        InetAddress ip = wanted.getAddress();
        return ip.isLoopbackAddress() || ip.isAnyLocalAddress() || ip.equals(address);
    }

    /** The address with a port, if it can be bound. */
    @Nullable InetSocketAddress bindable(InetSocketAddress wanted, boolean shared) {
        if (!owns(wanted)) {
            return null;
        }
        if (wanted.getPort() == 0) {
            return new InetSocketAddress(wanted.getAddress(), freePort());
        }
        InetAddress ip = wanted.getAddress();
        for (SimListener other : listeners.getOrDefault(wanted.getPort(), List.of())) {
            InetAddress taken = other.localAddress().getAddress();
            boolean overlaps = covers(taken, ip) || covers(ip, taken);
            if (overlaps && !(shared && other.isShared())) {
                return null;
            }
        }
        return wanted;
    }

    void bind(SimListener listener) {
        listeners
                .computeIfAbsent(listener.localAddress().getPort(), _ -> new ArrayList<>())
                .add(listener);
    }

    void unbind(SimListener listener) {
        int port = listener.localAddress().getPort();
        List<SimListener> there = listeners.get(port);
        if (there != null && there.remove(listener) && there.isEmpty()) {
            listeners.remove(port);
        }
    }

    /** Whether a listener on {@code bound} listens on {@code ip} too. */
    private static boolean covers(InetAddress bound, InetAddress ip) {
        boolean bothFamilies = bound instanceof Inet6Address;
        return bound.equals(ip)
                || (bound.isAnyLocalAddress() && (bothFamilies || ip instanceof Inet4Address));
    }

    /**
     * Who listens there: on that very address rather than on all; one of them if several share it.
     */
    @Nullable SimListener listener(InetSocketAddress wanted) {
        InetAddress ip = wanted.getAddress();
        List<SimListener> matching = new ArrayList<>();
        for (SimListener listener : listeners.getOrDefault(wanted.getPort(), List.of())) {
            if (covers(listener.localAddress().getAddress(), ip)) {
                matching.add(listener);
            }
        }
        if (matching.stream().anyMatch(l -> l.localAddress().getAddress().equals(ip))) {
            matching.removeIf(l -> !l.localAddress().getAddress().equals(ip));
        }
        return matching.isEmpty() ? null : matching.get(world.below(matching.size()));
    }

    /** A local address for a connection; null if it cannot reach the peer from any. */
    @Nullable InetSocketAddress localFor(InetSocketAddress peer) {
        InetAddress to = peer.getAddress();
        InetAddress from = address;
        if (to.isLoopbackAddress()) {
            from = to instanceof Inet4Address ? LOOPBACK : to;
        }
        return new InetSocketAddress(from, freePort());
    }

    private int freePort() {
        do {
            nextPort = nextPort == PORT_MAX ? PORT_MIN : nextPort + 1;
        } while (listeners.containsKey(nextPort));
        return nextPort;
    }

    // ---- its life

    private void boot() {
        up = true;
        boots++;
        world.trace().line(world.nanoTime(), name, "boots");
        Objects.requireNonNull(program).start(this);
    }

    private void crash(Duration downtime, boolean machine) {
        if (program == null) {
            throw new IllegalStateException(name + " has no program to start again");
        }
        world.later(Event.Type.TASK, number, 0, () -> die(machine));
        world.schedule(boot, world.nanoTime() + downtime.toNanos());
    }

    private void die(boolean machine) {
        if (!up) {
            return;
        }
        up = false;
        world.trace().line(world.nanoTime(), name, machine ? "loses its machine" : "crashes");
        for (Run run : List.copyOf(runs.values())) {
            if (machine) {
                run.driver.vanish();
            }
            run.proactor.abandon();
            world.unschedule(run);
        }
        detached.discardAll(machine);
        runs.clear();
        listeners.clear();
        proactor = null;
    }

    /** A turn of one of its proactors. */
    private final class Run extends Event {
        private final SimDriver driver;
        private final Proactor proactor;
        private long notBeforeNanos;

        Run(SimDriver driver, Proactor proactor) {
            super(Type.RUN);
            this.driver = driver;
            this.proactor = proactor;
        }

        @Override
        int subject() {
            return number;
        }

        @Override
        void happen() {
            if (world.nanoTime() < pausedUntilNanos) {
                world.schedule(this, pausedUntilNanos);
                return;
            }
            world.running(driver);
            try {
                proactor.poll();
            } catch (InjectedException e) {
                Overlapped thrower = proactor.thrower();
                if (thrower != null && thrower.hasStream()) {
                    thrower.stream().close();
                }
            } finally {
                world.running(null);
            }
            notBeforeNanos = world.nanoTime() + RUN_NANOS;
            long next = driver.isClosed() ? Long.MAX_VALUE : proactor.nanosToNext();
            if (next != Long.MAX_VALUE) {
                runSoon(driver, next);
            }
        }
    }
}
