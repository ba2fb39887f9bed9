package io.overlapped.conformance;

import io.overlapped.sim.InjectedException;
import io.overlapped.sim.SimulationException;
import io.overlapped.sim.SingleFault;
import io.overlapped.sim.World;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One test of the contract, to be run in a simulated world with one fault. */
record Scenario(Class<?> type, Method method) {
    private static final long EVENTS_MAX = 3_000_000;

    private static final List<Class<?>> CLASSES =
            List.of(
                    BudgetTest.class,
                    BuffersTest.class,
                    CancelTest.class,
                    CloseTest.class,
                    CompletionTest.class,
                    ConnectTest.class,
                    EventTest.class,
                    HalfCloseTest.class,
                    OptionsTest.class,
                    PortTest.class,
                    ProactorTest.class,
                    ReceiveTest.class,
                    RoutineTest.class,
                    SendTest.class,
                    TimerTest.class);

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        for (Class<?> type : CLASSES) {
            Stream.of(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Conformance.class))
                    .sorted(Comparator.comparing(Method::getName))
                    .forEach(method -> all.add(new Scenario(type, method)));
        }
        return all;
    }

    /** How a run went. */
    record Run(World world, @Nullable Throwable thrown, @Nullable Throwable left) {}

    Run run(@Nullable SingleFault fault) {
        World world = new World(1);
        world.limitEvents(EVENTS_MAX);
        if (fault != null) {
            world.inject(fault);
        }
        Bench bench;
        try {
            bench = new Bench(Configuration.SIM, new SimMachine(world));
        } catch (RuntimeException | Error e) {
            return new Run(world, e, null);
        }
        Throwable thrown = null;
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            method.setAccessible(true);
            method.invoke(constructor.newInstance(), bench);
        } catch (InvocationTargetException e) {
            thrown = e.getCause();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        Throwable left = null;
        try {
            bench.close(thrown != null);
        } catch (RuntimeException | Error e) {
            left = e;
        }
        world.abandon();
        return new Run(world, thrown, left);
    }

    /**
     * What is wrong with a run with a fault; null if nothing is. A scenario must not notice a short
     * transfer or a late completion. After any other fault it may end early, by an assertion of its
     * own or what it was told by an exception that is meant for it; but nothing may be left.
     */
    static @Nullable String verdict(SingleFault fault, Run run) {
        Throwable thrown = run.thrown();
        boolean invisible =
                fault.kind() == SingleFault.Kind.SHORT || fault.kind() == SingleFault.Kind.LATE;
        if (thrown != null && (invisible || !isMeantForPrograms(thrown))) {
            return "threw " + describe(thrown);
        }
        Throwable left = run.left();
        if (left != null && !(left instanceof InjectedException)) {
            return "left " + describe(left);
        }
        return null;
    }

    private static boolean isMeantForPrograms(Throwable thrown) {
        if (thrown instanceof SimulationException e) {
            return e.getMessage().contains("nothing will ever happen");
        }
        return thrown instanceof io.overlapped.OverlappedException
                || thrown instanceof InjectedException
                || thrown instanceof IllegalStateException
                || thrown instanceof org.opentest4j.AssertionFailedError
                || thrown.getClass().getName().startsWith("org.opentest4j.");
    }

    private static String describe(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        StringBuilder text = new StringBuilder(String.valueOf(thrown));
        for (int i = 0; i < Math.min(12, trace.length); i++) {
            text.append("\n        at ").append(trace[i]);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return type.getSimpleName() + "." + method.getName();
    }
}
