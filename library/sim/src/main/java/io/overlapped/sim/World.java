package io.overlapped.sim;

import io.overlapped.sim.SingleFault.Opportunity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Hosts, a network and a clock in one thread, where everything that happens follows from a seed.
 *
 * <p>Time stands still while programs run, and jumps to the next event when none does. Faults
 * strike until {@link #heal}; from then on everything works, and what a program promises to reach
 * must be reached in bounded time. The same seed with the same programs gives the same {@link
 * #hash}, in any process: programs must not ask for the time, for random numbers or for threads
 * anywhere else, nor depend on the order of a hash table.
 *
 * <p>Threads: the one that made it.
 */
@SuppressWarnings("EnumOrdinal") // an index into an array of this process
public final class World implements AutoCloseable {
    private static final long POLL_NANOS = 10_000;
    private static final long NANOS_PER_HOUR = 3_600_000_000_000L;

    private final long seed;
    private final SimRandom random;
    private final SimRandom programsRandom;
    private final Agenda agenda = new Agenda();
    private final Chaos chaos;
    private final Trace trace;
    private final Network network = new Network(this);
    private final List<Host> hosts = new ArrayList<>();
    private long nowNanos;
    private long events;
    private long eventsMax = Long.MAX_VALUE;
    private int numbers;
    private @Nullable SimDriver running;

    /** A world without faults. */
    public World(long seed) {
        this(seed, Faults.none());
    }

    public World(long seed, Faults faults) {
        this.seed = seed;
        random = new SimRandom(SimRandom.mixed(seed));
        programsRandom = random.split();
        trace = new Trace(seed);
        chaos = new Chaos(random, faults);
        new Weather(this, random.split(), chaos.faults()).begin();
    }

    /** A host whose program starts now, and whenever the host comes back. */
    public Host host(String name, Program program) {
        Host host = add(name, program);
        host.bootSoon();
        return host;
    }

    /** A host whose proactors are driven by whoever opens them. */
    public Host host(String name) {
        return add(name, null);
    }

    /** All hosts, in the order they were made. */
    public List<Host> hosts() {
        return List.copyOf(hosts);
    }

    /** Lets this much time pass. */
    public void run(Duration duration) {
        long until = nowNanos + duration.toNanos();
        while (agenda.nextNanos() <= until) {
            step();
        }
        nowNanos = Math.max(nowNanos, until);
    }

    /**
     * Lets time pass until {@code condition} holds, which is asked after each event.
     *
     * @return whether it came to hold within {@code most}
     */
    public boolean runUntil(BooleanSupplier condition, Duration most) {
        long until = nowNanos + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (agenda.nextNanos() > until) {
                nowNanos = until;
                return condition.getAsBoolean();
            }
            step();
        }
        return true;
    }

    /** Ends all faults: from the part where nothing wrong may happen to that where things must. */
    public void heal() {
        chaos.heal();
        network.mendAll();
        trace.line(nowNanos, "", "all faults end");
    }

    /** Nothing goes from one host to the other until {@link #mend}. */
    public void cut(Host from, Host to) {
        network.cut(from, to);
        trace.line(nowNanos, from.name(), "cannot reach " + to.name());
    }

    public void mend(Host from, Host to) {
        network.mend(from, to);
        trace.line(nowNanos, from.name(), "can reach " + to.name());
    }

    /**
     * Throws where handlers fail, by {@link Fault#HANDLER}.
     *
     * @throws InjectedException now and then
     */
    public void mayThrow(String where) {
        if (chaos.strikes(Fault.HANDLER)) {
            chaos.count(Fault.HANDLER);
            trace.line(nowNanos, "", "a handler throws in " + where);
            throw new InjectedException(where);
        }
    }

    /**
     * Runs {@code work} after {@code delay}, on no host. It may start operations on any: a test
     * brings work to a host in this way.
     */
    public void after(Duration delay, Runnable work) {
        later(
                Event.Type.TASK,
                0,
                delay.toNanos(),
                () -> {
                    work.run();
                    // It may have started something, which nobody would look at.
                    hosts.forEach(Host::runAllSoon);
                });
    }

    /** Numbers for programs, which follow from the seed and from what was drawn before. */
    public RandomGenerator random() {
        return programsRandom;
    }

    public long seed() {
        return seed;
    }

    /** How much time has passed in it. */
    public Duration now() {
        return Duration.ofNanos(nowNanos);
    }

    /** How likely each fault is in it; a swarm has been drawn. */
    public Faults faults() {
        return chaos.faults();
    }

    /** How often each fault has struck. */
    public Map<Fault, Long> faultCounts() {
        return chaos.counts();
    }

    /** How many faults have struck. */
    public long faultCount() {
        return chaos.total();
    }

    /** How many events have happened. */
    public long events() {
        return events;
    }

    /** A number of all that has happened, in its order. */
    public long hash() {
        return trace.hash();
    }

    /** Tells {@code lines} what happens from now on, a line for each. */
    public void trace(Consumer<String> lines) {
        trace.readBy(lines);
    }

    /** Adds something of a program's to the trace and to the hash. */
    public void note(String who, String what) {
        trace.fold(what.hashCode());
        trace.line(nowNanos, who, what);
    }

    /** Lets one thing go wrong; for a world that has no other faults. */
    public void inject(SingleFault fault) {
        chaos.inject(fault);
    }

    /**
     * Fails when more than so many events have happened, for a world that must come to an end. A
     * poll by whoever drives a host counts as an event.
     */
    public void limitEvents(long most) {
        eventsMax = most;
    }

    /** Whether {@link #inject}'s fault has happened. */
    public boolean injected() {
        return chaos.singleHappened();
    }

    /** How many things could have gone wrong so far. */
    public long opportunities(Opportunity what) {
        return chaos.opportunities(what);
    }

    /** Something that must never happen has happened; to be thrown. */
    public SimulationException failure(String what, @Nullable Throwable cause) {
        return new SimulationException(seed, what + ", after " + now(), cause);
    }

    /**
     * Ends every host and checks that none leaves an operation, a buffer or a descriptor behind.
     *
     * @throws SimulationException if one does
     */
    @Override
    public void close() {
        heal();
        try {
            for (Host host : hosts) {
                host.shutDown();
            }
        } catch (RuntimeException | Error e) {
            abandon();
            throw e;
        }
    }

    /** Frees what its hosts hold, and checks nothing: for a world in which something went wrong. */
    public void abandon() {
        for (Host host : hosts) {
            host.abandonAll();
        }
    }

    // ---- for this package

    long nanoTime() {
        return nowNanos;
    }

    Network network() {
        return network;
    }

    Trace trace() {
        return trace;
    }

    int nextNumber() {
        return ++numbers;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean strikes(Fault fault) {
        return chaos.strikes(fault);
    }

    boolean isHealed() {
        return chaos.isHealed();
    }

    @Nullable SingleFault opportunity(Opportunity what) {
        SingleFault fault = chaos.opportunity(what);
        if (fault != null) {
            trace.line(nowNanos, "", "injected: " + fault);
        }
        return fault;
    }

    void happened(Fault fault, Host host) {
        chaos.count(fault);
        trace.fold(fault.ordinal());
        if (trace.isRead()) {
            trace.line(nowNanos, host.name(), "fault " + fault);
        }
    }

    void schedule(Event event, long atNanos) {
        agenda.schedule(event, atNanos);
    }

    void unschedule(Event event) {
        agenda.remove(event);
    }

    void later(Event.Type type, int subject, long delayNanos, Runnable work) {
        schedule(new Task(type, subject, work), nowNanos + delayNanos);
    }

    /** A reset is on its way from one end to the other; it may get lost. */
    void resetLater(SimStream to, SimStream from, int errno) {
        later(
                Event.Type.RESET,
                to.number(),
                network.latencyNanos(from.host(), to.host()),
                () -> {
                    if (network.reaches(from.host(), to.host())) {
                        to.fail(errno);
                    }
                });
    }

    void running(@Nullable SimDriver driver) {
        running = driver;
    }

    /** Whether the world lets this driver's proactor poll at this moment. */
    @SuppressWarnings("ReferenceEquality") // a driver is itself alone
    boolean isRunning(SimDriver driver) {
        return running == driver;
    }

    /** Lets time pass for a proactor that waits. */
    void await(SimDriver driver, long timeoutNanos) {
        count();
        long most = timeoutNanos == 0 ? POLL_NANOS : timeoutNanos;
        long until = most > Long.MAX_VALUE - nowNanos ? Long.MAX_VALUE : nowNanos + most;
        boolean polls = timeoutNanos == 0;
        while (polls || !driver.hasSomething()) {
            long next = agenda.nextNanos();
            if (next > until || next == Long.MAX_VALUE) {
                if (until == Long.MAX_VALUE) {
                    throw failure(
                            driver.host().name() + " waits, and nothing will ever happen", null);
                }
                nowNanos = Math.max(nowNanos, until);
                return;
            }
            step();
        }
    }

    private void step() {
        Event event = agenda.poll();
        nowNanos = Math.max(nowNanos, event.atNanos);
        count();
        trace.fold(nowNanos << 12 ^ (long) event.subject() << 4 ^ event.type().ordinal());
        if (trace.isRead()) {
            String what = event.describe();
            if (!what.isEmpty()) {
                trace.line(nowNanos, "#" + event.subject(), what);
            }
        }
        try {
            event.happen();
        } catch (SimulationException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw failure("a program failed in " + event.type() + ": " + e, e);
        }
    }

    private void count() {
        if (++events > eventsMax) {
            eventsMax = Long.MAX_VALUE;
            throw failure("it does not end", null);
        }
    }

    private Host add(String name, @Nullable Program program) {
        Host host = new Host(this, hosts.size() + 1, name, program);
        hosts.add(host);
        network.add(host);
        return host;
    }

    /** What mean time between strikes a rate of so many an hour has. */
    static long meanNanos(double perHour) {
        return (long) (NANOS_PER_HOUR / perHour);
    }
}
